"""The course pack: a whole course in files. It is read, checked, loaded into the site, and written from it again."""
