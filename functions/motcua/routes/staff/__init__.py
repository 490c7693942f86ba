"""Routes for staff: the counter of the one-stop unit and the processing agency."""
