"""Formats in Dutch."""
