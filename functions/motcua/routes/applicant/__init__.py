"""Routes for applicants: the portal in a citizen's name, tracking, signed links."""
