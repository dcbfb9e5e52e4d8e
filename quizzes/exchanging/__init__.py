"""Questions to and from files: what a file would change in a quiz, said before anything is, and what gets lost."""
