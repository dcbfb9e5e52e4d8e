"""What editors see while they write: previews of their questions, and what those cover."""
