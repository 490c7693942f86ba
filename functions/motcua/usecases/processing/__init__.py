"""What the processing agency does with a dossier."""
