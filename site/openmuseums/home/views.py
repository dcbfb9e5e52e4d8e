"""Pages that bring several apps together."""

from django.http import HttpRequest, HttpResponse


def my_learning(request: HttpRequest) -> HttpResponse:
    """Show a learner where they stand."""
    return HttpResponse("")
