"""Template tags that show pictures."""

from django import template

from openmuseums.uploads.models import Picture
from openmuseums.uploads.renditions import ShownPicture, shown_picture

register = template.Library()


@register.simple_tag
def picture_sources(picture: Picture) -> ShownPicture:
    """Return `url`, `srcset`, `width` and `height` of a picture: `{% picture_sources value.image as sources %}`."""
    return shown_picture(picture)
