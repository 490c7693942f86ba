"""Import and export of the registry: its tables as CSV and JSON Lines, checked whole, written with their history."""
