"""The page that a letter's link leads to, where one press stops such letters."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from openmuseums.mail.stopping import StopLinkError, read_stop, stop_letters


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
    return render(request, "mail/stop.html", {"is_stopped": request.method == "POST"})
