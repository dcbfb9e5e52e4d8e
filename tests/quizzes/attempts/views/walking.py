"""What tests of the pages of attempts do: take steps by now, read what a page says, send what its form sends."""

import re
import uuid
from html import unescape
from typing import Any

from django.urls import reverse
from django.utils import timezone

from openmuseums.learners.models import Learner
from quizzes.attempts.taking import save_answers, start_attempt, submit_attempt
from quizzes.models import Attempt, QuizPage
from quizzes.scoring import Parts


def at(name: str, attempt: Attempt, query: str = "") -> str:
    """Return the address of a page of an attempt."""
    return reverse(f"quizzes:{name}", args=[attempt.pk]) + query


def text_of(response: Any) -> str:
    """Return what a page says in its main part."""
    html = response.content.decode().split("<main")[1]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def form_of(html: str) -> dict[str, list[str]]:
    """Return what a browser would send from the form if nothing were changed: hidden fields and what is checked."""
    fields: dict[str, list[str]] = {}
    for tag in re.findall(r"<input[^>]*>", html):
        attributes = {name: unescape(value) for name, value in re.findall(r'([\w-]+)="([^"]*)"', tag)}
        if attributes["type"] == "hidden" or " checked" in tag:
            fields.setdefault(attributes["name"], []).append(attributes.get("value", ""))
    return fields


def begin(quiz: QuizPage, learner: Learner, *, is_practice: bool = False) -> Attempt:
    """Begin an attempt now."""
    return start_attempt(learner=learner, quiz_key=quiz.quiz_key, now=timezone.now(), is_practice=is_practice)


def save(attempt: Attempt, responses: dict[str, Parts], *settles: str) -> None:
    """Save answers now; those to `settles` are explained."""
    save_answers(attempt=attempt, responses=responses, language="en", now=timezone.now(), settles=settles)


def submit(attempt: Attempt, key: uuid.UUID | None = None) -> Attempt:
    """Hand an attempt in now."""
    return submit_attempt(attempt_id=attempt.pk, learner=attempt.learner, now=timezone.now(), key=key)
