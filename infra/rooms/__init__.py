"""The rooms of `functions/`, read from the code: the place of each module, and which room imports which."""
