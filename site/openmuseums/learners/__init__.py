"""Learners: enrolment, what they have read and answered, and where they stand. Knows keys, not pages."""
