"""Formats in Italian."""
