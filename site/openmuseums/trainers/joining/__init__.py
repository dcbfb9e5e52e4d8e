"""Joining a cohort by one's own act, what is shared with it, and leaving it."""
