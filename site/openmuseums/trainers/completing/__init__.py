"""Rules of completion, and what follows from them for everybody in a cohort."""
