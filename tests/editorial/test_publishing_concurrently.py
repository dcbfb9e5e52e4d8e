"""Publications of one page at once: each is compared with what is public when its turn comes."""

from collections.abc import Callable

import pytest
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.models import Revision

from lessons.models import UnitPage
from openmuseums.editorial.kinds import ChangeKind
from openmuseums.editorial.models import Publication
from openmuseums.editorial.recording import choose_kind
from tests.factories import NOW, FixtureCourse
from tests.together import after, meeting, run_together

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


def test_only_the_first_of_many_brings_a_number(course: FixtureCourse) -> None:
    unit = course.units["digital-strategy"]
    keys = []
    for word in ("get", "take", "keep"):
        page = UnitPage.objects.get(pk=unit.pk)
        page.lead = f"The 3 things that you {word}."
        revision = page.save_revision()
        choose_kind(revision=revision, kind=ChangeKind.EDITORIAL, user=None, now=NOW)
        keys.append(revision.pk)

    meet = meeting(len(keys))

    def publish(key: int) -> Callable[[], None]:
        def act() -> None:
            # Here what is public has been read, and nothing is written yet.
            with after('FROM "editorial_kindchoice"', meet):
                # As the edit form does; other ways hold the locks of the revisions as well.
                PublishPageRevisionAction(Revision.objects.get(pk=key)).execute(skip_permission_checks=True)

        return act

    run_together([publish(key) for key in keys])
    kinds = Publication.objects.filter(page_key=unit.translation_key).order_by("id").values_list("kind", flat=True)
    assert list(kinds) == ["", "meaning", "editorial", "editorial"]
