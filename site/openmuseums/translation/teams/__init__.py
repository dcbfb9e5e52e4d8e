"""The partners' teams: what each is given to work with, and who is in it."""
