"""A link as a picture that telephones read."""

import qrcode
from django.utils.safestring import SafeString, mark_safe
from qrcode.image.svg import SvgPathImage


def qr_of(address: str) -> SafeString:
    """Return an address as a QR code: an inline SVG without styles."""
    picture = qrcode.make(address, image_factory=SvgPathImage, border=4)
    # Written by the library out of squares; the address itself stands nowhere in it.
    return mark_safe(picture.to_string(encoding="unicode"))  # noqa: S308
