"""The rooms of `functions/`, read from the code: which module stands where, and which room knows which."""
