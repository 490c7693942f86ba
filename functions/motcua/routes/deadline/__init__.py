"""Calendars: the routes, one module for each use case."""
