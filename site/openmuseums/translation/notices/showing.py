"""The notice on a translated page whose original says something else by now: what changed, and since when."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.text import Truncator

from openmuseums.delivery.languages import address_in, languages_of, source_language
from openmuseums.delivery.pages import DeliveredPage
from openmuseums.formats.lists import in_words
from openmuseums.segments.lagging import lag_of
from openmuseums.translation.notices.changes import changes_between

# A page that was written anew is better read as a whole: the notice links it.
MOST_PARAGRAPHS = 8
LONGEST = 600


@dataclass(frozen=True)
class BehindNotice:
    """What a learner is told of a translation that is behind.

    what: in words of the reader's language. language: code of the source's, which `now` and `gone` are in, paragraphs
    as they are by now and those that were taken out. is_cut: whether there are more of them. url: of the source's page.
    """

    since: dt.datetime
    what: str
    now: tuple[str, ...]
    gone: tuple[str, ...]
    is_cut: bool
    language: str
    url: str


def notice_context(page: DeliveredPage, request: HttpRequest) -> dict[str, Any]:
    """Give every page's template the notice, None where there is nothing to tell."""
    return {"behind": _notice(page, request)}


def _notice(page: DeliveredPage, request: HttpRequest) -> BehindNotice | None:
    source = source_language()
    if getattr(request, "is_preview", False) or page.content_language == source:
        return None
    lag = lag_of(page)
    if lag is None or not lag.is_behind or source not in languages_of(page):
        return None
    since = lag.behind_since()
    if since is None:
        return None  # taken back meanwhile
    old, new = lag.texts()
    changes = changes_between(old, new, questions={*lag.made.answer_keys, *lag.newest.answer_keys})
    now, gone = changes.now[:MOST_PARAGRAPHS], changes.gone[:MOST_PARAGRAPHS]
    return BehindNotice(
        since=since,
        what=in_words([str(aspect.label) for aspect in changes.aspects]),
        now=_cut(now),
        gone=_cut(gone),
        is_cut=len(now) < len(changes.now) or len(gone) < len(changes.gone),
        language=source,
        url=address_in(request.path, source),
    )


def _cut(paragraphs: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(Truncator(paragraph).chars(LONGEST) for paragraph in paragraphs)
