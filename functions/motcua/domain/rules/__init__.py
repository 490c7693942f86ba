"""Dated rules: their kinds, which one applies, and what may replace what."""
