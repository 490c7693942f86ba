"""What a request about a dossier takes and what the dossier looks like in an answer."""
