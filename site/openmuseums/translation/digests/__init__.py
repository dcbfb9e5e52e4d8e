"""Letters to a team when something fell behind, or waits for it."""
