"""Who runs the site, as the settings say it: asked of the database once after each change."""

from django.conf import settings
from django.core.cache import caches

from openmuseums.delivery.versions import renew, version_of
from openmuseums.home.models import Operator

_OPERATOR = "operator"


def current_operator() -> Operator | None:
    """Return who runs the site, or None as long as nobody has said so."""
    key = f"operator:{settings.RELEASE}:{version_of(_OPERATOR)}"
    kept: tuple[Operator | None] | None = caches["bodies"].get(key)
    if kept is None:
        kept = (Operator.objects.first(),)
        caches["bodies"].set(key, kept)
    return kept[0]


def operator_email() -> str:
    """Return the e-mail address of who runs the site, or "" where nobody has said it."""
    operator = current_operator()
    return operator.email if operator else ""


def forget_operator() -> None:
    """Have the next page ask again."""
    renew(_OPERATOR)
