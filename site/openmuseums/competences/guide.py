"""The competence guide, read once from guide.yaml into objects that nobody can change."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

GUIDE_FILE = Path(__file__).with_name("guide.yaml")


@dataclass(frozen=True)
class Topic:
    """Something a unit teaches."""

    key: str
    label: str


@dataclass(frozen=True)
class GuideUnit:
    """A unit of a lesson or part, with its topics in the guide's order."""

    key: str
    title: str
    topics: tuple[Topic, ...]


@dataclass(frozen=True)
class GuideLesson:
    """A numbered lesson, or one of the two parts around the lessons (number is None)."""

    key: str
    title: str
    number: int | None
    units: tuple[GuideUnit, ...]


@dataclass(frozen=True)
class Skill:
    """A skill of the self-assessment and the units that train it."""

    key: str
    text: str
    trained_by: tuple[str, ...]


@dataclass(frozen=True)
class SkillGroup:
    """A group of skills, from basic to advanced."""

    key: str
    title: str
    skills: tuple[Skill, ...]


@dataclass(frozen=True)
class Guide:
    """The whole guide. `lessons` holds the numbered lessons; `parts_before` and `parts_after` stand around them."""

    course_key: str
    lessons: tuple[GuideLesson, ...]
    parts_before: tuple[GuideLesson, ...]
    parts_after: tuple[GuideLesson, ...]
    skill_groups: tuple[SkillGroup, ...]

    @property
    def chapters(self) -> tuple[GuideLesson, ...]:
        """Return parts and lessons in the order in which they are taught."""
        return self.parts_before + self.lessons + self.parts_after

    @property
    def units(self) -> dict[str, GuideUnit]:
        """Return every unit by its key."""
        return {unit.key: unit for chapter in self.chapters for unit in chapter.units}

    @property
    def topics(self) -> dict[str, Topic]:
        """Return every topic by its key."""
        return {topic.key: topic for unit in self.units.values() for topic in unit.topics}


@cache
def get_guide() -> Guide:
    """Return the guide of the project."""
    return read_guide(GUIDE_FILE)


def read_guide(path: Path) -> Guide:
    """Read a guide from a YAML file.

    Raises KeyError or TypeError where the file lacks what a guide needs; `checks.check_guide` says so in words.
    """
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    parts = [(part["place"], _chapter(part)) for part in data["parts"]]
    return Guide(
        course_key=data["course"],
        lessons=tuple(_chapter(lesson) for lesson in data["lessons"]),
        parts_before=tuple(part for place, part in parts if place == "before"),
        parts_after=tuple(part for place, part in parts if place == "after"),
        skill_groups=tuple(
            SkillGroup(
                group["key"],
                group["title"],
                tuple(Skill(s["key"], s["text"], tuple(s.get("trained_by", ()))) for s in group["skills"]),
            )
            for group in data["skill_groups"]
        ),
    )


def _chapter(data: dict[str, Any]) -> GuideLesson:
    units = tuple(
        GuideUnit(unit["key"], unit["title"], tuple(Topic(key, label) for key, label in unit["topics"].items()))
        for unit in data["units"]
    )
    return GuideLesson(data["key"], data["title"], data.get("number"), units)


def unit_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the units as choices grouped by lesson or part, for editors' forms."""
    return [(chapter.title, [(unit.key, unit.title) for unit in chapter.units]) for chapter in get_guide().chapters]


def topic_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the topics as choices grouped by unit, for editors' forms."""
    return [(unit.title, [(topic.key, topic.label) for topic in unit.topics]) for unit in get_guide().units.values()]
