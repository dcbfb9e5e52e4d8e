"""What the dashboard is asked for."""

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from openmuseums.delivery.languages import own_name
from openmuseums.segments.states import State
from openmuseums.translation.dashboard.rows import Row

ALL = "all"
TO_DO, MINE = "to-do", "mine"


class FilterForm(forms.Form):
    """Which rows are shown. What is not understood is left out, so that any address shows something."""

    language = forms.ChoiceField(label=_("Language"), required=False)
    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", _("All")), *[(str(state), state.label) for state in State]]
    )
    lesson = forms.ChoiceField(label=_("Lesson"), required=False)
    only = forms.ChoiceField(
        label=_("Which pages"),
        required=False,
        choices=[("", _("All pages")), (TO_DO, _("Pages with something to do")), (MINE, _("Pages I work on"))],
    )

    def __init__(self, data: Any, *, languages: Iterable[str], default: str) -> None:
        super().__init__(data)
        self.default = default
        self.languages = list(languages)
        self._offer(
            "language",
            [
                (ALL, _("All languages")),
                *[(language, own_name(language)) for language in self.languages],
            ],
        )

    @property
    def chosen_language(self) -> str:
        """Return the code of one language, or ALL."""
        asked = self.data.get("language", "")
        return asked if asked in {ALL, *self.languages} else self.default

    def offer_lessons(self, chapters: Iterable[str]) -> None:
        """Offer the chapters of the course to choose from."""
        self._offer("lesson", [("", _("All")), *[(chapter, chapter) for chapter in chapters]])
        self.data = {**{name: self.data.get(name, "") for name in self.fields}, "language": self.chosen_language}
        self.full_clean()

    def _offer(self, name: str, choices: list[tuple[str, Any]]) -> None:
        cast("forms.ChoiceField", self.fields[name]).choices = choices

    def chosen(self, rows: Iterable[Row]) -> list[Row]:
        """Return the rows that were asked for; `offer_lessons` comes before."""
        asked = self.cleaned_data
        return [row for row in rows if _is_asked(row, asked)]

    def query(self) -> dict[str, str]:
        """Return what an address of the same list says."""
        return {name: value for name, value in self.cleaned_data.items() if value}


def _is_asked(row: Row, asked: dict[str, str]) -> bool:
    if asked.get("state") and row.state.state != asked["state"]:
        return False
    if asked.get("lesson") and row.chapter != asked["lesson"]:
        return False
    only = asked.get("only")
    return row.is_to_do if only == TO_DO else row.is_mine if only == MINE else True
