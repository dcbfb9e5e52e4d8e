"""Trainers and their groups: cohorts, sessions, following, and completion lists that can be checked."""
