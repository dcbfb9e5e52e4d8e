"""What keeps content fit to publish: checks, the gate at publish, and the cleaning of rich text."""
