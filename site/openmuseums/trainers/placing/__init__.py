"""Places kept for people whom a trainer adds by name: they claim theirs with a code, on a slip of paper."""
