"""Dates in Dutch as our other languages have them: with a comma before the time."""

DATETIME_FORMAT = "j F Y, H:i"
SHORT_DATE_FORMAT = "j-n-Y"
SHORT_DATETIME_FORMAT = "j-n-Y, H:i"
