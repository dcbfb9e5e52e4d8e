"""The page in Wagtail's admin where questions are copied to another quiz or bank."""

from typing import cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods
from wagtail.models import Page

from openmuseums.delivery.languages import source_language
from openmuseums.people.admin_pages import in_language, titled
from openmuseums.people.models import User
from quizzes.copying.copies import NotCopiedError, copy_questions, targets_for
from quizzes.copying.forms import CopyForm
from quizzes.models import QuestionsPage


@require_http_methods(["GET", "HEAD", "POST"])
def copy(request: HttpRequest, page_id: int) -> HttpResponse:
    """Let an editor choose questions of a quiz or bank, and where they are copied to; copy them as a draft."""
    source = _source(request, page_id)
    user = cast("User", request.user)
    targets = targets_for(user, besides=source)
    form = CopyForm(request.POST or None, questions=source.get_latest_revision_as_object().questions, targets=targets)
    if request.method == "POST" and form.is_valid():
        target = form.cleaned_data["target"]
        ids = form.cleaned_data["questions"]
        try:
            copy_questions(source=source, ids=ids, target=target, user=user)
        except NotCopiedError as error:
            messages.error(request, str(error))
        else:
            count = len(ids)
            told = ngettext(
                "%(count)d question is copied. It stands at the end of this draft.",
                "%(count)d questions are copied. They stand at the end of this draft.",
                count,
            )
            messages.success(request, told % {"count": count})
            return HttpResponseRedirect(reverse("wagtailadmin_pages:edit", args=[target.pk]))
    context = {"source": source, "form": form, "targets": targets}
    title = in_language(source.get_admin_display_title(), source_language())
    below = (title, reverse("wagtailadmin_pages:edit", args=[source.pk]))
    status = 422 if form.errors else 200
    heading = titled(_("Copy questions"), icon="copy", below=below, of=title)
    return render(request, "quizzes/copy.html", context | heading, status=status)


def _source(request: HttpRequest, page_id: int) -> QuestionsPage:
    page = get_object_or_404(Page.objects.type(QuestionsPage), pk=page_id).specific
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    if page.locale.language_code != source_language() or page.alias_of_id is not None:
        raise Http404
    return cast("QuestionsPage", page)
