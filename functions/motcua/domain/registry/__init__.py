"""Units, procedures and carriers: dated entries, and what must hold between them."""
