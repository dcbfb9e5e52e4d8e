"""Pages that bring several apps together."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from openmuseums.delivery.pages import as_kept
from openmuseums.home.results import results_by_quiz
from openmuseums.learners.outline import get_outline
from openmuseums.learners.standing import standing_of
from openmuseums.learners.views import to_begin
from openmuseums.learners.visiting import record_in, rows_of


@require_safe
def my_learning(request: HttpRequest) -> HttpResponse:
    """Show a learner where they stand: what comes next, progress, the grid of facets, and results of quizzes."""
    own = rows_of(request)
    record = record_in(request)
    if own is None or record is None:
        return as_kept(to_begin(request.path))
    outline = get_outline()
    standing = standing_of(outline, record) if outline else None
    context = {
        "outline": outline,
        "standing": standing,
        "quiz_results": results_by_quiz(own=own, standing=standing) if standing else [],
    }
    return as_kept(render(request, "home/my_learning.html", context))
