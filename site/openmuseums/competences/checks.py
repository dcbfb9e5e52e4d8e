"""The system check of the competence guide."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error

from openmuseums.competences.guide import GUIDE_FILE, Guide, read_guide

_KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def check_guide(app_configs: Sequence[AppConfig] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """Report whatever keeps the guide from being the one source of keys."""
    try:
        guide = read_guide(GUIDE_FILE)
    except Exception as error:  # noqa: BLE001 - whatever is wrong with the file, the start must say so in words
        return [
            Error(
                f"The competence guide cannot be read: {error!r}",
                hint=f"Mend {GUIDE_FILE.name}.",
                id="competences.E001",
            )
        ]
    return [Error(message, hint=f"Mend {GUIDE_FILE.name}.", id="competences.E002") for message in faults(guide)]


def faults(guide: Guide) -> list[str]:
    """Return what is wrong with the guide's keys, a sentence a fault; empty when nothing is."""
    keys = {
        "lesson or part": [chapter.key for chapter in guide.chapters],
        "unit": [unit.key for chapter in guide.chapters for unit in chapter.units],
        "topic": [topic.key for chapter in guide.chapters for unit in chapter.units for topic in unit.topics],
        "skill": [skill.key for group in guide.skill_groups for skill in group.skills],
    }
    found = []
    for kind, named in keys.items():
        found += [f"The {kind} key “{key}” stands twice." for key, count in Counter(named).items() if count > 1]
        found += [f"“{key}” is no {kind} key: use a-z, 0-9 and hyphens." for key in named if not _KEY.fullmatch(key)]
    known = set(keys["unit"])
    found += [
        f"The skill “{skill.key}” is trained by “{unit}”, which is no unit."
        for group in guide.skill_groups
        for skill in group.skills
        for unit in skill.trained_by
        if unit not in known
    ]
    if [lesson.number for lesson in guide.lessons] != list(range(1, len(guide.lessons) + 1)):
        found.append("The lessons are not numbered from 1 without a gap.")
    return found
