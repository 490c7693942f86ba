"""The postal partner: its callbacks as they came, its orders over HTTPS."""
