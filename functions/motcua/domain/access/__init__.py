"""Who makes a request: a signed-in person and the roles that this person holds at units."""
