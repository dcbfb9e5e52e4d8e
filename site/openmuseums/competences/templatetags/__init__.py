"""Template tags of the competence guide."""
