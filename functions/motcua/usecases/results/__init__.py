"""Results on their way out: the return channel, the return, its reversal and re-issue."""
