"""Finding an organisation by part of a name, for who belongs to it."""

from openmuseums.formats.collation import in_order
from openmuseums.organisations.folding import folded
from openmuseums.organisations.models import Organisation

SHOWN = 20


def found(*, words: str, language: str) -> tuple[list[Organisation], bool]:
    """Return the organisations of the list whose name, or former name, has all of these words in it.

    In a language's order, at most SHOWN of them, and whether there are more. Without words, the first of all.
    """
    rows = Organisation.objects.filter(is_confirmed=True)
    for word in folded(words).split():
        rows = rows.filter(names__folded__contains=word)
    ordered = in_order(rows.distinct(), language, by=lambda row: row.name)
    return ordered[:SHOWN], len(ordered) > SHOWN
