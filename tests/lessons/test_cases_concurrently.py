"""Two cases that are published into the same place at once: one of them is public, whichever was first."""

from collections.abc import Callable

import pytest
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.models import Revision

from lessons.models import CasePage, CasesPage
from openmuseums.editorial.gate import NotFitToPublish
from tests.factories import FixtureCourse, block, publish
from tests.lessons.test_local_cases import SLOT, add_place
from tests.together import after, meeting, run_together

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


def test_one_of_two_cases_published_at_once_is_public(course: FixtureCourse) -> None:
    add_place(course)
    above = publish(course.home, CasesPage(title="Cases", slug="cases"))
    revisions = []
    for slug in ("alpha", "beta"):
        case = CasePage(
            title=slug,
            slug=slug,
            slot=SLOT,
            summary="What was done.",
            country="GB",
            sources=[block("source", {"title": "The report of the year", "address": ""})],
            live=False,
            locale=above.locale,
        )
        above.add_child(instance=case)
        revisions.append(case.save_revision().pk)
    meet = meeting(len(revisions))

    def act_on(key: int) -> Callable[[], str]:
        def act() -> str:
            # Here it has been seen that the place is free, and nothing is written yet.
            with after('"lessons_casepage"."slot" = ', meet):
                try:
                    PublishPageRevisionAction(Revision.objects.get(pk=key)).execute(skip_permission_checks=True)
                except NotFitToPublish as refusal:
                    return refusal.findings[0].code
            return "public"

        return act

    assert sorted(run_together([act_on(key) for key in revisions])) == ["public", "slot-taken"]
    assert CasePage.objects.live().count() == 1
