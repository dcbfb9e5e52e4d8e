"""Commands that operators and developers run."""
