"""What surrounds the functions: the embedded run and the project's own checks of the template."""
