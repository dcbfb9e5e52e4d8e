"""What helps authors: the style sheet, how a text reads, and which topics are taught and asked."""
