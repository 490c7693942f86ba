"""Routes for the postal partner."""
