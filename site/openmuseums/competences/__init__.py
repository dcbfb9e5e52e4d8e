"""The competence guide: lessons, facets, units, topics and skills, as keys the whole site shares."""
