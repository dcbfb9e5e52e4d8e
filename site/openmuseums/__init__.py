"""Open Museums: the site around the lessons."""
