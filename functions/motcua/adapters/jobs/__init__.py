"""Jobs and their results, in the Dossier table."""
