"""Formats in Greek."""
