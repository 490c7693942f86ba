"""What the processing agency sends: one module for each command."""
