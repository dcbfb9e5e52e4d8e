"""Countries that a museum can be in: those of Europe, a few that take part from elsewhere, and one for all others.

A list of our own, because a reader of the course has no use for 249 names, and each has to be translated: a package
of countries would bring all of them with catalogues that nobody here has read.
"""

from django.utils.translation import gettext_lazy as _

from openmuseums.formats.collation import in_order

# “ZZ” is kept free by ISO 3166 for a country that is not said or not in the list.
ELSEWHERE = "ZZ"
COUNTRIES = [
    ("AD", _("Andorra")), ("AL", _("Albania")), ("AM", _("Armenia")), ("AT", _("Austria")), ("AU", _("Australia")),
    ("AZ", _("Azerbaijan")), ("BA", _("Bosnia and Herzegovina")), ("BE", _("Belgium")), ("BG", _("Bulgaria")),
    ("BY", _("Belarus")), ("CA", _("Canada")), ("CH", _("Switzerland")), ("CY", _("Cyprus")), ("CZ", _("Czechia")),
    ("DE", _("Germany")), ("DK", _("Denmark")), ("EE", _("Estonia")), ("ES", _("Spain")), ("FI", _("Finland")),
    ("FR", _("France")), ("GB", _("United Kingdom")), ("GE", _("Georgia")), ("GR", _("Greece")), ("HR", _("Croatia")),
    ("HU", _("Hungary")), ("IE", _("Ireland")), ("IS", _("Iceland")), ("IT", _("Italy")), ("LI", _("Liechtenstein")),
    ("LT", _("Lithuania")), ("LU", _("Luxembourg")), ("LV", _("Latvia")), ("MC", _("Monaco")), ("MD", _("Moldova")),
    ("ME", _("Montenegro")), ("MK", _("North Macedonia")), ("MT", _("Malta")), ("NL", _("Netherlands")),
    ("NO", _("Norway")), ("PL", _("Poland")), ("PT", _("Portugal")), ("RO", _("Romania")), ("RS", _("Serbia")),
    ("SE", _("Sweden")), ("SI", _("Slovenia")), ("SK", _("Slovakia")), ("SM", _("San Marino")), ("TR", _("Türkiye")),
    ("UA", _("Ukraine")), ("US", _("United States")), ("VA", _("Vatican City")), ("XK", _("Kosovo")),
    (ELSEWHERE, _("Another country")),
]  # fmt: skip


def countries_in(language: str) -> list[tuple[str, str]]:
    """Return code and name of each country in the order of a language, which must be active; the others come last."""
    named = [(code, str(name)) for code, name in COUNTRIES]
    ordered = in_order((pair for pair in named if pair[0] != ELSEWHERE), language, by=lambda pair: pair[1])
    return [*ordered, *(pair for pair in named if pair[0] == ELSEWHERE)]
