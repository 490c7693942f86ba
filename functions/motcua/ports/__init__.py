"""What the use cases need from outside, as Protocols, and the errors of a write that came too late."""
