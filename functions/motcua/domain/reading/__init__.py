"""What staff and applicants read: inbox, timeline, and reminders of what is due."""
