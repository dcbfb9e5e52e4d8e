"""The clock: duties that fall due, and who has done them."""
