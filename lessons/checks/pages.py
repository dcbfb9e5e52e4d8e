"""What may be wrong with a page of the course as a whole: its key, its outcomes, its topics."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from lessons.models import KeyedPage, UnitPage
from openmuseums.competences.guide import get_guide
from openmuseums.editorial.checks import Finding, Place

MOST_OUTCOMES = 4


def check_keys(page: KeyedPage) -> Iterator[Finding]:
    """A page's key is the guide's, and its address says the same."""
    if page.key not in page.known_keys():
        yield Place("key").error(
            "unknown-key", _("The competence guide has no key “%(key)s” here.") % {"key": page.key}
        )
    elif page.slug != page.key and not page.alias_of_id:
        # An alias may stand beside its original, so its address is its own.
        yield Place("slug").error(
            "slug-is-not-key",
            _("The address of this page ends in “%(slug)s”. It has to be its key, “%(key)s”.")
            % {"slug": page.slug, "key": page.key},
        )


def check_unit(page: UnitPage) -> Iterator[Finding]:
    """A unit says what one can do after it, and teaches its own topics."""
    yield from check_outcomes(page)
    yield from check_topics(page)


def check_outcomes(page: UnitPage) -> Iterator[Finding]:
    """A unit has one to four outcomes, in words."""
    place = Place("outcomes")
    outcomes = list(page.outcomes.all())
    if not outcomes:
        yield place.error("no-outcomes", _("The unit has no outcomes. Say what can be seen of who has done it."))
    if len(outcomes) > MOST_OUTCOMES:
        yield place.error(
            "too-many-outcomes",
            _("The unit has %(count)s outcomes. Keep the %(most)s that matter most.")
            % {"count": len(outcomes), "most": MOST_OUTCOMES},
        )
    if any(not outcome.text.strip() for outcome in outcomes):
        yield place.error("required", _("An outcome is empty. Write it, or take it out."))


def check_topics(page: UnitPage) -> Iterator[Finding]:
    """A block teaches topics of the guide, and as a rule those of its own unit."""
    guide = get_guide()
    own = {topic.key for topic in guide.units[page.key].topics} if page.key in guide.units else set()
    for child in page.body:
        place = Place("body", child.id or "")
        for topic in topics_of(child.value):
            if topic not in guide.topics:
                yield place.error(
                    "unknown-topic", _("The competence guide has no topic “%(topic)s”.") % {"topic": topic}
                )
            elif topic not in own:
                yield place.remark(
                    "foreign-topic",
                    _("“%(topic)s” is a topic of another unit.") % {"topic": guide.topics[topic].label},
                )


def topics_of(value: Any) -> list[str]:
    """Return the topics that a block says it teaches, or the one that a question asks about."""
    topics = [*value.get("topics", []), value.get("topic", "")]
    return [topic for topic in topics if topic]
