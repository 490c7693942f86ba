"""Facts, figures and targets: the numbers by which heads of agencies are judged."""
