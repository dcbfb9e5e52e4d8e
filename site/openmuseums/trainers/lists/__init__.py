"""Completion lists: read as of a time, written to files that anybody can verify, and logged."""
