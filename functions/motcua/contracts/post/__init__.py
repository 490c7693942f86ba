"""What the postal partner sends."""
