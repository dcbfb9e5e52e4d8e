"""What administrators do with other people's data, in Wagtail's admin. The person sees each look."""

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from openmuseums.privacy.exporting import export, sections_of
from openmuseums.privacy.looks import looks_at, note_look
from openmuseums.privacy.models import Look
from openmuseums.privacy.registry import may_look_after, subject_of_account
from openmuseums.privacy.views import zip_answer

MAY_LOOK = "people.change_user"


@never_cache
@require_safe
def account_data(request: HttpRequest, account_id: int) -> HttpResponse:
    """Show what the site keeps of somebody: how much of what, never the rows themselves; and who looked."""
    actor, account = _actor_and_account(request, account_id)
    note_look(actor, account.pk, Look.What.DATA, timezone.now())
    context = {
        "account": account,
        "sections": sections_of(subject_of_account(account)),
        "looks": looks_at(account),
        "page_title": _("Personal data"),
        "header_icon": "user",
    }
    return render(request, "privacy/admin/account_data.html", context)


@never_cache
@require_POST
def account_download(request: HttpRequest, account_id: int) -> HttpResponse:
    """Give an administrator a copy to pass on to the person, in the person's language."""
    actor, account = _actor_and_account(request, account_id)
    now = timezone.now()
    note_look(actor, account.pk, Look.What.EXPORT, now)
    language = getattr(account, "language", "") or get_language() or settings.LANGUAGE_CODE
    return zip_answer(export(subject=subject_of_account(account), language=language, now=now))


def _actor_and_account(request: HttpRequest, account_id: int) -> tuple[AbstractBaseUser, AbstractBaseUser]:
    """Return who is signed in and the account; raises PermissionDenied where they may not look after it."""
    actor = request.user
    if not isinstance(actor, AbstractBaseUser) or not request.user.has_perm(MAY_LOOK):
        raise PermissionDenied
    account = get_object_or_404(get_user_model(), pk=account_id)
    if not may_look_after(actor, account):
        raise PermissionDenied
    return actor, account
