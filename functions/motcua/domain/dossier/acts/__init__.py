"""The acts on a dossier: each checks its rules and returns its event."""
