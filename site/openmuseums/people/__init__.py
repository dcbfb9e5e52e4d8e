"""People: accounts and how they sign in."""
