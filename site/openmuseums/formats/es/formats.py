"""Dates and numbers in Spanish: thousands are set apart by a space that does not break."""

DATE_FORMAT = r"j \d\e F \d\e Y"
DATETIME_FORMAT = r"j \d\e F \d\e Y, H:i"
MONTH_DAY_FORMAT = r"j \d\e F"
YEAR_MONTH_FORMAT = r"F \d\e Y"
SHORT_DATE_FORMAT = "j/n/Y"
SHORT_DATETIME_FORMAT = "j/n/Y, H:i"
THOUSAND_SEPARATOR = "\N{NO-BREAK SPACE}"
FIRST_DAY_OF_WEEK = 1
