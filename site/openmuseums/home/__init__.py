"""The home page and the "my learning" page."""
