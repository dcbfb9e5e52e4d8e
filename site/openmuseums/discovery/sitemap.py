"""The sitemap as XML: each page with the addresses of its translations."""

from collections import defaultdict
from uuid import UUID
from xml.etree import ElementTree as ET

from openmuseums.delivery.languages import source_language
from openmuseums.discovery.pages import KnownPage

SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
XHTML = "http://www.w3.org/1999/xhtml"


def sitemap_of(pages: list[KnownPage], *, site: str) -> bytes:
    """Return the sitemap of pages; `site` is what their addresses begin with, such as `https://example.org`."""
    translations: dict[UUID | str, list[KnownPage]] = defaultdict(list)
    for page in pages:
        translations[page.key].append(page)
    root = ET.Element("urlset", {"xmlns": SITEMAP, "xmlns:xhtml": XHTML})
    for page in pages:
        entry = ET.SubElement(root, "url")
        ET.SubElement(entry, "loc").text = f"{site}{page.path}"
        if page.since:
            ET.SubElement(entry, "lastmod").text = page.since.isoformat(timespec="seconds")
        same = translations[page.key]
        if len(same) > 1:
            for other in same:
                _alternate(entry, other.language, f"{site}{other.path}")
            for other in same:
                if other.language == source_language():
                    _alternate(entry, "x-default", f"{site}{other.path}")
    return ET.tostring(root, encoding="utf-8", xml_declaration=True)


def _alternate(entry: ET.Element, language: str, address: str) -> None:
    ET.SubElement(entry, "xhtml:link", {"rel": "alternate", "hreflang": language, "href": address})
