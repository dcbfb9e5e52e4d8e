"""What Wagtail's form asks the server before it is sent."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST
from wagtail.models import Page

from openmuseums.editorial.asking import is_asked_about, question_about


@require_POST
def ask_for_kind(request: HttpRequest, page_id: int) -> HttpResponse:
    """Answer the form of a page, as it would be published, with the question what kind of change it is; save nothing.

    Without content where there is nothing to ask: nothing changed, or the form has mistakes, which sending it tells.
    """
    page = get_object_or_404(Page, pk=page_id).get_latest_revision_as_object()
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    if not is_asked_about(page):
        raise Http404
    form_class = page.get_edit_handler().get_form_class()
    form = form_class(request.POST, instance=page, parent_page=page.get_parent().specific, for_user=request.user)
    question = question_about(form.save(commit=False)) if form.is_valid() else None
    if question is None:
        return HttpResponse(status=204)
    return render(request, "editorial/kinds.html", {"question": question})
