"""What staff and applicants read of dossiers."""
