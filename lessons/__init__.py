"""The course: its pages, the blocks they are made of, and the pack that holds it outside the database."""
