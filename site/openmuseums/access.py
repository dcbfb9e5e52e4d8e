"""Who may ask for which address: one table for the whole site."""
