"""Facts, figures and targets: the numbers by which a head is judged."""
