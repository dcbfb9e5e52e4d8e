"""Every drawing with its words in the shipped course: axe finds nothing, and it fits a phone, in light and in dark."""

from typing import Any

import pytest
import yaml
from playwright.sync_api import Page

from lessons.drawings import NAMES, labels_of
from tests.browser.examining import SHOWINGS, faults_of
from tests.browser.fitting import too_wide
from tests.browser.harness import WIDTHS
from tests.factories import FixtureCourse
from tests.packs import SHIPPED

SMALLEST = 11
# Labels outside their drawing, and labels that are set too small.
_CRAMPED = """(smallest) => [...document.querySelectorAll(".diagram-drawing")].flatMap((drawing) => {
  const frame = drawing.getBoundingClientRect();
  const scale = frame.width / drawing.viewBox.baseVal.width;
  return [...drawing.querySelectorAll("text")].filter((label) => {
    const box = label.getBoundingClientRect();
    const size = parseFloat(getComputedStyle(label).fontSize) * scale;
    return box.left < frame.left - 1 || box.right > frame.right + 1 || box.top < frame.top - 1
      || box.bottom > frame.bottom + 1 || size < smallest - 0.5;
  }).map((label) => label.textContent);
})"""


def drawings() -> dict[str, dict[str, Any]]:
    """Return a block for each drawing: as the course shows it first, or with the labels it was drawn with."""
    found: dict[str, dict[str, Any]] = {}
    for file in sorted((SHIPPED / "home").rglob("page.yaml")):
        for block in yaml.safe_load(file.read_text(encoding="utf-8")).get("body", []):
            if block["type"] == "diagram":
                labels = [{name: label[name] for name in ("key", "text")} for label in block.get("labels", [])]
                shown = {name: block[name] for name in ("diagram", "title", "description")}
                found.setdefault(block["diagram"], {**shown, "labels": labels})
    return {name: found.get(name) or _as_drawn(name) for name in NAMES}


def _as_drawn(name: str) -> dict[str, Any]:
    labels = [{"key": label.key, "text": label.text} for label in labels_of(name)]
    return {"diagram": name, "title": name, "description": f"The drawing {name}.", "labels": labels}


@pytest.mark.parametrize(("width", "theme"), SHOWINGS, ids=["-".join(showing) for showing in SHOWINGS])
def test_axe_finds_nothing_on_any_drawing(course: FixtureCourse, page: Page, width: str, theme: str) -> None:
    unit = course.units["digital-strategy"]
    block = unit.body.stream_block.child_blocks["diagram"]
    blocks = drawings()
    unit.body = [("diagram", block.normalize(each)) for each in blocks.values()]
    unit.save_revision().publish()
    page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
    page.set_viewport_size({"width": WIDTHS[width]["width"], "height": 2400})
    page.goto(unit.url)
    assert page.locator(".diagram-drawing").count() == len(blocks)
    assert faults_of(page) == []
    assert too_wide(page) == []
    assert page.evaluate(_CRAMPED, SMALLEST) == []
