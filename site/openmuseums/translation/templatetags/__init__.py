"""What templates of the desks ask for."""
