"""The page that a letter's link leads to, where one press stops such letters; and the letters that the demo keeps."""

from uuid import UUID

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from openmuseums.mail.models import Letter
from openmuseums.mail.stopping import StopLinkError, read_stop, stop_letters

# A letter is shown as a mail program would: its own styles, and nothing that runs, loads or looks around.
LETTER_POLICY = "sandbox; default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
SHOWN = 100


# Without a token: a mail program presses the button for its user (RFC 8058), with no page, session or cookie. What is
# signed in the address is all that may be done here, and nobody but those with the letter knows it.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Ask whether letters of a kind are to stop; at one press, stop them."""
    try:
        found = read_stop(token)
    except StopLinkError:
        return render(request, "mail/stop.html", {"is_broken": True}, status=404)
    if request.method == "POST":
        stop_letters(stop=found, now=timezone.now())
    context = {"is_stopped": request.method == "POST", "is_invitation": found.account is None}
    return render(request, "mail/stop.html", context)


@never_cache
@require_safe
def kept_letters(request: HttpRequest) -> HttpResponse:
    """List the letters of the demo, the latest first."""
    _for_administrators_of_the_demo(request)
    return render(request, "mail/kept_letters.html", {"letters": Letter.objects.all()[:SHOWN]})


@never_cache
@require_safe
def kept_letter(request: HttpRequest, letter_id: UUID) -> HttpResponse:
    """Show a letter of the demo as plain text."""
    _for_administrators_of_the_demo(request)
    return render(request, "mail/kept_letter.html", {"letter": get_object_or_404(Letter, pk=letter_id)})


@never_cache
@require_safe
def kept_html(request: HttpRequest, letter_id: UUID) -> HttpResponse:
    """Show a letter of the demo as HTML, as it was sent and shut in."""
    _for_administrators_of_the_demo(request)
    letter = get_object_or_404(Letter, pk=letter_id)
    return HttpResponse(letter.html, headers={"Content-Security-Policy": LETTER_POLICY})


def _for_administrators_of_the_demo(request: HttpRequest) -> None:
    """Refuse everybody else.

    Raises Http404 where letters are not kept, PermissionDenied.
    """
    if not settings.KEEP_SENT_LETTERS:
        raise Http404
    if not request.user.has_perm("mail.view_letter"):
        raise PermissionDenied
