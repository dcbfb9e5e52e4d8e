"""The desk: one page in one language, its texts beside those of the source."""
