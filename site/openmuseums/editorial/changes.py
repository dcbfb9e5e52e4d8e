"""What a change of a page counts as at least, and what it touches: apps above say it for the pages they know."""

from collections.abc import Callable, Iterable

from wagtail.models import Page

from openmuseums.editorial.comparing import Aspect, differences
from openmuseums.editorial.contents import parts_of
from openmuseums.editorial.kinds import ChangeKind, gravest

Floor = Callable[[Page | None, Page], ChangeKind | None]
Touched = Callable[[Page], Iterable[str]]
_floors: list[tuple[type[Page], Floor]] = []
_touched: list[tuple[type[Page], Touched]] = []
_WEIGHTY = {Aspect.NUMBERS, Aspect.LINKS, Aspect.STRUCTURE}


def register_floor(model: type[Page], floor: Floor) -> None:
    """Have an app say what a change of a page of a model (or of one derived from it) counts as at least.

    floor: called with the page as it was published last, None where it never was, and as it is to be published; returns
    None where it has nothing to say.
    """
    if (model, floor) not in _floors:
        _floors.append((model, floor))


def register_touched(model: type[Page], touched: Touched) -> None:
    """Have an app say, in sentences, what a change of the answer key of a page touches.

    Pages of models that nobody registers have no answer key.
    """
    if (model, touched) not in _touched:
        _touched.append((model, touched))


def floor_of(old: Page | None, new: Page) -> ChangeKind | None:
    """Return what a change counts as at least, whatever was chosen; None where words may be all that changed."""
    return gravest(floor(old, new) for model, floor in _floors if isinstance(new, model))


def has_answer_key(page: Page) -> bool:
    """Return whether a page may hold questions."""
    return any(isinstance(page, model) for model, _function in _touched)


def touched_by(page: Page) -> list[str]:
    """Return what a change of the page's answer key touches, in sentences."""
    return [sentence for model, touched in _touched if isinstance(page, model) for sentence in touched(page)]


def says_the_same(old: Page, new: Page) -> bool:
    """Return whether two versions of a page are the same in all that readers and translators are given."""
    return parts_of(old) == parts_of(new)


def floor_of_content(old: Page | None, new: Page) -> ChangeKind | None:
    """Return MEANING where numbers, links or the structure of a page changed: a floor for pages of every model."""
    if old is None:
        return None
    return ChangeKind.MEANING if differences(parts_of(old), parts_of(new)) & _WEIGHTY else None
