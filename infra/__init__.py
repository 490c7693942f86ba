"""Everything around the functions: the embedded run, the operator's commands and the project's own checks."""
