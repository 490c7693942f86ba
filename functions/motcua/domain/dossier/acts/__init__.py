"""What may be done with a dossier: each act checks its rules and answers with the event."""
