"""Mail: letters in the language of those they are for, sent in the background."""
