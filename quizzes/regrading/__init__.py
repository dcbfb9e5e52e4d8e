"""Grading again after right answers changed: seen first, then done."""
