"""The public page that says how much of the course each language has."""
