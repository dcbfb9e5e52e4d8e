"""What tests do to the translations of a pack, and ask about them once it is loaded."""

from pathlib import Path

import pytest
from wagtail.models import Page
from wagtail_localize.models import (
    StringTranslation,
)

from lessons.models import UnitPage
from lessons.pack.problems import PackError
from tests.packs import (
    load,
    rows_of_everything,
)

LEAD = "Choose before you act."
STRATEGY_ID = "14f980d3-c16d-4de1-818c-115cda5098ef"
ADDRESS = "https://example.org/guide"
STEP = "c2ee19a9-f197-4147-b730-e2c5e3446b23"


def pages(language: str) -> list[tuple[str, str, bool]]:
    rows = Page.objects.filter(locale__language_code=language, depth__gt=1).order_by("path")
    return list(rows.values_list("url_path", "title", "live"))


def unit(language: str, key: str = "digital-strategy") -> UnitPage:
    return UnitPage.objects.get(key=key, locale__language_code=language)


def text_of(source: str, language: str = "nl") -> StringTranslation:
    return StringTranslation.objects.get(translation_of__data=source, locale__language_code=language)


def edit_in_cms(source: str, text: str) -> None:
    """Change a translation as wagtail-localize's editor does."""
    row = text_of(source)
    row.data, row.tool_name = text, ""
    row.save()


def problems(pack: Path) -> list[tuple[str, int, str]]:
    before = rows_of_everything()
    with pytest.raises(PackError) as caught:
        load(pack)
    assert rows_of_everything() == before
    return [(problem.place.file, problem.place.line, problem.message) for problem in caught.value.problems]
