"""Everything up to the receipt: submit, check, number, receive, refuse, correct."""
