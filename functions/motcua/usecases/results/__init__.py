"""The way out: how the result comes back, its return, its reversal and re-issue."""
