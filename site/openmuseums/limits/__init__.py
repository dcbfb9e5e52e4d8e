"""Limits: how often somebody may try, counted over all processes without keeping who it was."""
