"""English, as written in Europe."""
