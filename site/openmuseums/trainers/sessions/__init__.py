"""Sessions: when people meet, where, and for whom."""
