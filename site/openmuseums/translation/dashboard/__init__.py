"""What is to be translated and by whom: the first page of the partners."""
