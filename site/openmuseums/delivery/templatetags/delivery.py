"""Template tags that keep rendered bodies of pages."""

from django import template
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.template.context import Context
from django.utils.safestring import mark_safe

from openmuseums.delivery.pages import body_key, remember_body, remembered_body
from openmuseums.delivery.states import State

register = template.Library()


class BodyNode(template.Node):
    """Renders its contents once for each page, revision, language, release and state."""

    def __init__(self, nodelist: NodeList, page: FilterExpression, part: FilterExpression) -> None:
        self.nodelist, self.page, self.part = nodelist, page, part

    def render(self, context: Context) -> str:
        """Return the kept body, or render it and keep it; a preview is never kept."""
        request = context.get("request")
        if request is None or getattr(request, "is_preview", False):
            return self.nodelist.render(context)
        state = getattr(request, "state", State.KEPT)
        key = body_key(self.page.resolve(context), state, str(self.part.resolve(context)))
        body = remembered_body(key)
        if body is None:
            body = self.nodelist.render(context)
            remember_body(key, body)
        return mark_safe(body)  # noqa: S308 - it was rendered, and escaped, by the template engine


@register.tag
def bodycache(parser: Parser, token: Token) -> BodyNode:
    """Keep what stands between `{% bodycache page "part" %}` and `{% endbodycache %}`: nothing personal."""
    _, page, part = token.split_contents()
    nodelist = parser.parse(("endbodycache",))
    parser.delete_first_token()
    return BodyNode(nodelist, parser.compile_filter(page), parser.compile_filter(part))
