"""The dossier, its parts, and how an event changes it."""
