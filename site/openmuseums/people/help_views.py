"""How administrators let people in, in Wagtail's admin: by a slip to print, or by taking away a lost second factor."""

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages
from wagtail.log_actions import log

from openmuseums.people.admin_pages import titled
from openmuseums.people.factors import reset_second_factor, second_factors
from openmuseums.people.language import language_for
from openmuseums.people.models import User
from openmuseums.people.slips import LASTS, MADE, make_slip, may_help, slip_state


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def slip(request: HttpRequest, account_id: int) -> HttpResponse:
    """Ask whether to make a slip, and answer with the sheet to print; the code is shown this once."""
    helper, account = _helper_and_account(request, account_id)
    now = timezone.now()
    edit = reverse("wagtailusers_users:edit", args=[account.pk])
    if not account.is_active:
        messages.error(request, _("This account is closed. Open it first."))
        return redirect(edit)
    if request.method != "POST":
        context = {
            "account": account,
            "edit_url": edit,
            "state": slip_state(account, now),
            "days": LASTS.days,
            **titled(_("Make a slip"), icon="key", below=(account.get_full_name(), edit)),
        }
        return render(request, "people/admin/make_slip.html", context)
    code = make_slip(account=account, made_by=helper, now=now)
    log(instance=account, action=MADE, user=helper)
    context = {
        "account": account,
        "code": code,
        "expires_at": now + LASTS,
        "back_url": edit,
        "back_label": _("Back to the account"),
        "print_hint": _("Print this page with your browser. The code is not shown again."),
        "desk_language": translation.get_language(),
        "is_kept": True,
    }
    with translation.override(language_for(account)):
        context["address"] = f"{settings.WAGTAILADMIN_BASE_URL}{reverse('people:slip')}"
        return render(request, "people/slip_sheet.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def second_factor(request: HttpRequest, account_id: int) -> HttpResponse:
    """Ask whether to take away a second factor that somebody has lost, and do it."""
    helper, account = _helper_and_account(request, account_id)
    edit = reverse("wagtailusers_users:edit", args=[account.pk])
    if request.method == "POST":
        count = reset_second_factor(account=account, by=helper, now=timezone.now())
        text = ngettext(
            "%(count)s passkey or app was taken away, and the account is signed out everywhere.",
            "%(count)s passkeys and apps were taken away, and the account is signed out everywhere.",
            count,
        )
        messages.success(request, text % {"count": count})
        return redirect(edit)
    context = {
        "account": account,
        "edit_url": edit,
        "has_factor": bool(second_factors(account)),
        **titled(_("Take away a lost second factor"), icon="key", below=(account.get_full_name(), edit)),
    }
    return render(request, "people/admin/reset_second_factor.html", context)


def _helper_and_account(request: HttpRequest, account_id: int) -> tuple[User, User]:
    """Return who is signed in and the account; raises PermissionDenied where they may not let its owner in."""
    helper = request.user
    account = get_object_or_404(User, pk=account_id)
    if not isinstance(helper, User) or not may_help(helper, account):
        raise PermissionDenied
    return helper, account
