"""What ages in the course: as of when it is known, and who found that it is still right."""
