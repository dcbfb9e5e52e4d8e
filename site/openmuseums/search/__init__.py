"""Search in the reader's language: the same on every database, and at once when a page is published."""
