"""Routes of the target report and the facts under it."""
