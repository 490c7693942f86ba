"""Counting facts, closing months, entering opening figures."""
