"""Working calendars, time limits, suspensions and closures: when something is due, and why."""
