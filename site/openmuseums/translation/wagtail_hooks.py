"""What the desks of translation add to Wagtail's admin."""

from django.urls import include, path
from django.urls.resolvers import URLResolver
from wagtail import hooks


@hooks.register("register_admin_urls")
def register_addresses() -> list[URLResolver]:
    """Give the desks their addresses."""
    return [path("translation/", include("openmuseums.translation.admin_urls"))]
