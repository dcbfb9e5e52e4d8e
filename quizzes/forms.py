"""What the form of an attempt sends."""

from django.http import QueryDict

_CHOSEN = "question-"
_BEFORE = "before-"


def changed_answers(data: QueryDict) -> dict[str, list[str]]:
    """Return the ids of the choices that were made, by question id, for the questions that were answered anew.

    Beside each question the form says what was chosen when it was shown. What nobody touched is not sent on, so that a
    tab which has stood open for long does not undo what was answered in another. Unknown ids are returned too:
    `save_answers` refuses them.
    """
    names = [name for name in data if name.startswith((_CHOSEN, _BEFORE))]
    changed = {}
    for question_id in dict.fromkeys(name.removeprefix(_CHOSEN).removeprefix(_BEFORE) for name in names):
        chosen = data.getlist(f"{_CHOSEN}{question_id}")
        before = {choice_id for choice_id in data.get(f"{_BEFORE}{question_id}", "").split(",") if choice_id}
        if set(chosen) != before:
            changed[question_id] = chosen
    return changed
