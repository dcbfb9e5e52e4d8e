"""What templates say of sessions."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from openmuseums.delivery.languages import own_name

register = template.Library()


@register.simple_tag
def language_name(code: str) -> SafeString:
    """Return a language’s name for itself, marked as being in it."""
    return format_html('<span lang="{}">{}</span>', code, own_name(code))
