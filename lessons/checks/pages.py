"""What may be wrong with a page of the course as a whole: its key, its outcomes, its topics."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale

from lessons.models import CONTINUATION, KeyedPage, UnitPage
from openmuseums.competences.guide import get_guide
from openmuseums.editorial.checks import Finding, Place

MOST_OUTCOMES = 4


def check_keys(page: KeyedPage) -> Iterator[Finding]:
    """A page's key is the guide's, and its address says the same."""
    if page.key not in page.known_keys():
        yield Place("key").error(
            "unknown-key", _("The competence guide has no key “%(key)s” here.") % {"key": page.key}
        )
    elif page.slug != page.key and not page.alias_of_id and not (isinstance(page, UnitPage) and page.continued):
        # An alias may stand beside its original, so its address is its own; so is that of a unit's second page.
        yield Place("slug").error(
            "slug-is-not-key",
            _("The address of this page ends in “%(slug)s”. It has to be its key, “%(key)s”.")
            % {"slug": page.slug, "key": page.key},
        )


def check_unit(page: UnitPage) -> Iterator[Finding]:
    """A unit says what one can do after it, and teaches its own topics; its second page goes with the first."""
    unit = page.continued
    if unit is None:
        yield from check_outcomes(page)
    else:
        yield from check_continuation(page, unit)
    yield from check_topics(page)


def check_continuation(page: UnitPage, unit: UnitPage) -> Iterator[Finding]:
    """The second page of a unit has its key, an address and a title of its own, and nothing that the first one says.

    There is one, below a unit that is no second page itself.
    """
    if unit.continued is not None or page.rival() is not None:
        yield Place("title").error(
            "third-page",
            _("A unit has two pages at most: “%(unit)s” has its second page already. Write in that one.")
            % {"unit": (unit.continued or unit).title},
        )
    if page.title.strip().casefold() == unit.title.strip().casefold():
        yield Place("title").error(
            "called-as-its-unit",
            _("The second page of a unit has a title of its own, such as “%(title)s, part 2”.") % {"title": unit.title},
        )
    if page.key != unit.key:
        yield Place("key").error(
            "key-of-another-unit", _("The second page of a unit has the unit’s key, “%(key)s”.") % {"key": unit.key}
        )
    if page.slug != CONTINUATION and not page.alias_of_id:
        yield Place("slug").error(
            "slug-of-second-page",
            _("The address of this page ends in “%(slug)s”. That of the second page of a unit ends in “%(right)s”.")
            % {"slug": page.slug, "right": CONTINUATION},
        )
    # In a translation they come with the source.
    if page.facets != unit.facets and page.locale_id == Locale.get_default().pk:
        yield Place("facets").error(
            "facets-of-another-unit", _("The second page of a unit has the unit’s facets. Tick the same ones here.")
        )
    if page.outcomes.all():
        yield Place("outcomes").error(
            "outcomes-on-second-page", _("Outcomes stand on the first page of the unit, for both. Take them out here.")
        )


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
