"""What is sent from the pages of the course: answers to self-checks."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from lessons.outline import check_anchor, current_outline
from lessons.self_checks import TYPED, NoAnswerError, SelfCheck, answer_check, find_check
from openmuseums.delivery.languages import reader_language
from openmuseums.learners.outline import OutlineItem
from openmuseums.learners.views import to_begin
from openmuseums.learners.visiting import learner_for
from quizzes.answered import answers_in


@never_cache
@require_POST
def self_check(request: HttpRequest, page_key: UUID, block_id: str) -> HttpResponse:
    """Take an answer to a question of a unit, and go back to the question, where the result stands.

    It may stand on the unit's other page by now: where a unit was split since somebody opened it.
    """
    outline = current_outline()
    unit = outline.step(page_key) if outline else None
    if unit is None:
        raise Http404
    page, check = _found(unit, page_key, block_id)
    question = check.question
    place = f"#{check_anchor(question.id)}"
    now = timezone.now()
    learner = learner_for(request, now)
    if learner is None:
        return to_begin(f"{page.url}{place}")
    try:
        answer_check(
            learner=learner,
            unit_key=unit.page_key,
            check=check,
            parts=answers_in(request.POST).get(question.id, {}),
            now=now,
        )
    except NoAnswerError as error:
        query = {"unanswered": question.id, "fault": error.code, TYPED: error.typed}
        return _see(f"{page.url}?{urlencode({name: value for name, value in query.items() if value})}{place}")
    return _see(f"{page.url}{place}")


def _found(unit: OutlineItem, page_key: UUID, block_id: str) -> tuple[OutlineItem, SelfCheck]:
    """Return a question with the page of the unit that asks it; the page that was named is looked into first."""
    for page in sorted(unit.pages, key=lambda page: page.page_key != page_key):
        check = find_check(page_key=page.page_key, block_id=block_id, language=reader_language())
        if check is not None:
            return page, check
    raise Http404


def _see(address: str) -> HttpResponseRedirect:
    response = HttpResponseRedirect(address)
    response.status_code = 303
    return response
