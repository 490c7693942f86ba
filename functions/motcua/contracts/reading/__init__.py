"""Inbox, search, timelines and the explained deadline, as staff and applicants read them."""
