"""Dated rules: their kinds, which of them applies, and which may replace which."""
