"""Announcements: what a trainer tells a cohort, or those in it whom a filter found, in the language of each."""
