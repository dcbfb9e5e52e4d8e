"""Questions copied from one quiz or bank to another."""
