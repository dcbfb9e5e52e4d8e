"""Translations follow their source: where it is moved, when it leaves the public, and when it is deleted."""
