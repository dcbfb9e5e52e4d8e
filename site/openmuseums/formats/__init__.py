"""How dates and numbers are written, where the site differs from Django."""
