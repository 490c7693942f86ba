"""What the use cases need from outside, as Protocols, and the ways in which a write can find that somebody was first."""
