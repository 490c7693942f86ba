"""Jobs and the results that they leave, in the Dossier table."""
