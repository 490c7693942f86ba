"""Search: how names and numbers are made comparable, so that a person's dossiers can be found."""
