"""Routes of the registry: public reading, and the commands of those who keep it."""
