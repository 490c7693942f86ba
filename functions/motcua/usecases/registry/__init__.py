"""Units and procedures: find them, change them, read their history."""
