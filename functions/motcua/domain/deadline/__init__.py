"""Working calendars, suspensions, closures and deadlines: when something is due, and why."""
