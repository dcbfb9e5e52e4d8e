"""What becomes of a field in other languages, besides what wagtail-localize knows."""

from wagtail_localize.fields import BaseTranslatableField


class OwnField(BaseTranslatableField):
    """A field that each language keeps for itself: it is neither translated nor taken over from the source."""
