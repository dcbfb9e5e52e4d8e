"""Following a group: who is in it, how far each is, who is stuck; and finding those whom a filter names."""
