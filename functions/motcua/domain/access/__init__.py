"""Who asks: a signed-in person and the roles that the person holds at units."""
