"""How a person's name or number is made comparable, so that it can be found."""
