"""A link by which somebody without an account may read a draft."""
