"""Attendance: who was there, and how that is known."""
