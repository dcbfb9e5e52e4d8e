"""Submitting a translation, reading it beside its source, and what becomes of it."""
