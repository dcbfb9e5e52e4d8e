"""Reports: what readers say is wrong on a page, and the editors' queue of it."""
