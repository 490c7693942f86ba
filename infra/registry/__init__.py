"""Import and export of the registry: CSV and JSON Lines, checked as a whole and written with history."""
