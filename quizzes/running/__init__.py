"""How an attempt runs: what it asks, in which order, by which rules, on which terms. Nothing here knows Django."""
