"""Commands of the engine of texts."""
