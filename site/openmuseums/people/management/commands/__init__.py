"""Commands, one a module."""
