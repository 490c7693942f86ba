"""Working calendars as they are read and changed."""
