"""Jobs over many dossiers, and bulk commands."""
