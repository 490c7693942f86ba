"""Enter rules, and find the ones that apply."""
