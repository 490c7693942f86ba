"""Keys and secrets that Secrets Manager holds, and what is signed or hashed with them."""
