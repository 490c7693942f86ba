"""Units, procedures, carriers: dated entries, and what must hold between them."""
