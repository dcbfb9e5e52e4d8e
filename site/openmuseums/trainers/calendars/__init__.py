"""Calendars: what is on, as pages and as feeds that calendar programs read."""
