"""What a trainer asks for of those who are to complete the course."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from openmuseums.learners.outline import Outline
from openmuseums.trainers.completing.drafting import (
    SELF_CHECKS,
    SESSIONS,
    UNITS,
    chapters_with_quiz,
    quiz_asked,
    quiz_key,
    self_checks_asked,
    self_checks_in,
    sessions_asked,
    units_asked,
)
from openmuseums.trainers.completing.explaining import about_lesson
from openmuseums.trainers.completing.ruling import Asked

NOT_ASKED = ""
MARKS = (60, 70, 80, 90, 100)
MOST_SESSIONS = 60


class RuleForm(forms.Form):
    """Takes what a rule asks for: units, the quiz of each lesson, self-checks, sessions."""

    units = forms.IntegerField(label=_("Units to be read"), min_value=0)
    self_checks = forms.IntegerField(label=_("Self-check questions to be answered right"), min_value=0)
    sessions = forms.IntegerField(
        label=_("Sessions to be attended"),
        min_value=0,
        max_value=MOST_SESSIONS,
        help_text=_("0 asks for none."),
    )

    def __init__(self, *args: Any, outline: Outline, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.outline = outline
        fields: dict[str, Any] = {}
        for chapter in chapters_with_quiz(outline):
            fields[quiz_key(chapter)] = forms.ChoiceField(
                label=about_lesson(gettext("Quiz of “%(lesson)s”"), chapter.title, chapter.language),
                choices=[
                    (NOT_ASKED, _("Not asked for")),
                    ("0", _("Passed, as the quiz says")),
                    *((str(mark), _("At least %(mark)s %%") % {"mark": mark}) for mark in MARKS),
                ],
                required=False,
            )
        self.quiz_fields = list(fields)
        most = {"units": len(outline.units), "self_checks": self_checks_in(outline)}
        for name, number in most.items():
            field: Any = self.fields[name]
            field.max_value = number
            field.validators.append(forms.fields.validators.MaxValueValidator(number))  # type: ignore[attr-defined]
            field.widget.attrs["max"] = number
            field.help_text = gettext("There are %(number)s. 0 asks for none.") % {"number": number}
        self.fields = {"units": self.fields["units"], **fields, **self.fields}

    @staticmethod
    def initial_of(asked: Sequence[Asked]) -> dict[str, Any]:
        """Return what the form shows of a rule."""
        values: dict[str, Any] = {"units": 0, "self_checks": 0, "sessions": 0}
        named = {UNITS: "units", SELF_CHECKS: "self_checks", SESSIONS: "sessions"}
        for each in asked:
            values[named.get(each.key, each.key)] = each.needed
        return values

    def clean(self) -> dict[str, Any]:
        """Refuse a rule that asks for nothing: nobody could complete the course by it."""
        cleaned = super().clean() or {}
        if not self.errors and not self._asked(cleaned):
            self.add_error(None, _("Ask for something at least: nobody could complete the course by this."))
        return cleaned

    @property
    def asked(self) -> list[Asked]:
        """Return what is asked for, of a form that is valid."""
        return self._asked(self.cleaned_data)

    def _asked(self, data: dict[str, Any]) -> list[Asked]:
        found = [units_asked(self.outline, data["units"])] if data["units"] else []
        found += [
            quiz_asked(chapter, int(data[quiz_key(chapter)]))
            for chapter in chapters_with_quiz(self.outline)
            if data.get(quiz_key(chapter), NOT_ASKED) != NOT_ASKED
        ]
        if data["self_checks"]:
            found.append(self_checks_asked(self.outline, data["self_checks"]))
        if data["sessions"]:
            found.append(sessions_asked(data["sessions"]))
        return found
