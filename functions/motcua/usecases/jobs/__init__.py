"""Jobs on many dossiers: calendar changes, reorganisations, bulk commands."""
