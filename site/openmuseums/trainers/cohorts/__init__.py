"""Cohorts: making, changing, archiving and copying them, and who runs them."""
