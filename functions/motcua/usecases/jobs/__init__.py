"""What is carried to many dossiers: calendar changes, reorganisations, bulk commands."""
