"""Inviting people to a cohort by letter: one at a time or by a file, each address once."""
