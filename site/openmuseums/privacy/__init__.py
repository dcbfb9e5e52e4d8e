"""Privacy: what the site knows of people, why, for how long, and how it is told and erased."""
