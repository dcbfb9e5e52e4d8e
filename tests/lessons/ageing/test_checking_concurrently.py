"""Two who say at once that a source is right: it is said once, and neither is refused."""

from collections.abc import Callable

import pytest

from lessons.ageing.checking import check_source
from lessons.models import SourceCheck, UnitPage
from tests.factories import NOW, FixtureCourse, make_editor
from tests.lessons.ageing.making import parts_of, text, unit_with
from tests.together import run_together

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


def test_check_that_several_enter_at_once_is_there_once(course: FixtureCourse) -> None:
    unit = unit_with(course, text("It cost ten euros.", "2025-06-30"))
    part = parts_of(unit)["It cost ten euros."]
    editors = [make_editor() for _number in range(4)]

    def act_of(number: int) -> Callable[[], str]:
        def act() -> str:
            page = UnitPage.objects.get(pk=unit.pk)
            return check_source(page=page, place=part.place, digest=part.digest, by=editors[number], now=NOW).name

        return act

    assert run_together([act_of(number) for number in range(4)]) == ["It cost ten euros."] * 4
    assert SourceCheck.objects.count() == 1
