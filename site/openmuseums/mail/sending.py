"""Letters are written in the language of those they are for, queued, and sent by somebody else."""

import datetime as dt
import unicodedata
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.validators import validate_email
from django.db import transaction
from django.template import Context, loader
from django.utils import translation

from openmuseums.mail.delivering import deliver_letter
from openmuseums.mail.kinds import Kind, kind_of
from openmuseums.mail.models import Letter
from openmuseums.mail.refusing import refuses
from openmuseums.mail.stopping import refusal_url, stop_url


class NoAddressError(ValueError):
    """Raised where a letter has nobody to go to."""


def send_letter(  # noqa: PLR0913 - these are the parts of a letter
    *,
    kind: str,
    context: Mapping[str, Any],
    language: str,
    now: dt.datetime,
    to: AbstractBaseUser | None = None,
    address: str = "",
    template: str = "",
) -> None:
    """Write a letter and queue it; it is sent once the transaction is committed.

    to: the account it is for, if there is one; it goes to `address`, else to the account's own. template: what the
    names of its templates begin with, where that is not what its kind says. The templates extend `mail/letter.txt` and
    `mail/letter.html`, and may use `base_url`, what whole addresses begin with. An invitation goes to an address, with
    or without an account, and not at all to one that refused them.

    Raises UnknownKindError, NoAddressError, ValidationError where the address is none, and ValueError where people
    could stop the kind by their account, but it is for none.
    """
    what = kind_of(kind)
    address = address or getattr(to, "email", None) or ""
    if not address:
        raise NoAddressError(kind)
    validate_email(address)
    if to is None and what.purpose:
        raise ValueError(f"Letters of the kind {kind} go to accounts, whose owners can stop them.")
    if what.is_invitation and refuses(kind=kind, address=address):
        return
    link = _stop_link(what, to=to, address=address, language=language)
    subject, text, html = _written(template or what.template, context, language=language, link=link)
    letter = Letter.objects.create(
        account_id=to.pk if to else None,
        address=address,
        kind=kind,
        language=language,
        subject=subject,
        text=text,
        html=html,
        stop_url=link,
        queued_at=now,
        next_try_at=now,
    )
    # Robust: a letter that is queued and not announced is found by the clock.
    transaction.on_commit(lambda: deliver_letter.enqueue(str(letter.pk)), robust=True)


def _stop_link(kind: Kind, *, to: AbstractBaseUser | None, address: str, language: str) -> str:
    if kind.is_invitation:
        return refusal_url(address=address, kind=kind, language=language)
    return stop_url(account=to, kind=kind, language=language) if to and kind.purpose else ""


def _written(template: str, context: Mapping[str, Any], *, language: str, link: str) -> tuple[str, str, str]:
    """Return subject, text and HTML of a letter."""
    values = {**context, "language": language, "base_url": settings.WAGTAILADMIN_BASE_URL, "stop_url": link}
    with translation.override(language):
        subject = _one_line(_plain(f"{template}.subject.txt", values))
        values["subject"] = subject
        parts = (_plain(f"{template}.txt", values), loader.render_to_string(f"{template}.html", values))
    # PostgreSQL takes no NUL, and no letter needs one.
    text, html = (part.replace("\0", "").strip() + "\n" for part in parts)
    return subject, text, html


def _plain(name: str, values: Mapping[str, Any]) -> str:
    """Return a template of plain text with its values as they are, for nothing in it is markup."""
    return loader.get_template(name).template.render(Context(values, autoescape=False))  # type: ignore[attr-defined]


def _one_line(text: str) -> str:
    """Return a text as a header can hold it: in one line, without characters that steer, and not too long."""
    kept = "".join(" " if unicodedata.category(each) in {"Cc", "Zl", "Zp"} else each for each in text)
    return " ".join(kept.split())[:200]
