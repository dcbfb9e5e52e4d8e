"""Nothing about people is kept undeclared: every model of the site is walked."""

from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import models
from django.utils import translation

from openmuseums.learners.models import Learner
from openmuseums.privacy import registry
from openmuseums.privacy.registry import Basis, declarations, register_titles, titles_of

# What links nobody by a key, and yet holds words about people, or the number of an account.
HOLDS_WORDS = {
    "sessions.Session",
    "django_tasks_database.DBTaskResult",
    "wagtailcore.PageLogEntry",
    "wagtailcore.ModelLogEntry",
    "wagtailcore.Revision",
    "wagtailcore.ReferenceIndex",
    "mail.Letter",
}
# Fields that are about people wherever they stand.
TELLING_NAMES = {"email", "ip", "ip_address", "user_agent", "user_id", "account_id", "learner_id", "session_key"}
ABOUT_NOBODY = {
    "home.Operator": "the organisation that runs the site, not a person",
    "translation.PartnerPage": "the organisation that translates, as it tells of itself in public",
}


def declared() -> set[str]:
    return {label for found in declarations() for label in (found.model, *found.parts)}


def personal() -> set[type[models.Model]]:
    """Return the models whose rows are about people, and whose children therefore are."""
    labels = {label for found in declarations() if not found.is_mention for label in (found.model, *found.parts)}
    return {apps.get_model(label) for label in labels} | {get_user_model(), Learner}


def why(model: type[models.Model]) -> str:
    """Return why a model must be declared, or "" where nothing says so."""
    about = personal()
    for field in model._meta.local_fields:
        if field.remote_field and field.remote_field.model in about:
            return f"{field.name} links {field.remote_field.model._meta.label}"
        if isinstance(field, models.EmailField | models.GenericIPAddressField) or field.name in TELLING_NAMES:
            return f"{field.name} says something about a person"
    return "it holds words about people" if model._meta.label in HOLDS_WORDS else ""


def test_every_model_that_is_about_people_is_declared() -> None:
    known = declared() | set(ABOUT_NOBODY)
    missing = [
        f"{model._meta.label}: {reason}. Call openmuseums.privacy.registry.declare() for it in its app's ready(), or "
        f"name it among the parts of the declaration that it belongs to."
        for model in apps.get_models(include_auto_created=True)
        if (reason := why(model)) and model._meta.label not in known
    ]
    assert missing == []


def test_a_model_with_a_link_to_a_learner_is_noticed() -> None:
    field = models.ForeignKey(Learner, on_delete=models.CASCADE, name="of")
    planted = type("Planted", (), {"_meta": type("Meta", (), {"local_fields": [field], "label": "x.Planted"})})
    field.name = "of"
    field.remote_field.model = Learner
    assert why(planted) == "of links learners.Learner"  # type: ignore[arg-type]


def test_what_is_said_to_be_about_nobody_is_not_declared_besides() -> None:
    assert sorted(set(ABOUT_NOBODY) & declared()) == []
    assert [label for label in ABOUT_NOBODY if why(apps.get_model(label)) == ""] == []


def test_every_declared_model_exists() -> None:
    assert [label for label in sorted(declared()) if apps.get_model(label)._meta.label != label] == []


def test_every_model_is_declared_once() -> None:
    labels = [label for found in declarations() for label in (found.model, *found.parts)]
    assert sorted(labels) == sorted(set(labels))


def test_every_declaration_says_what_for_and_how_long() -> None:
    mute = [found.model for found in declarations() if not (str(found.purpose) and str(found.retention))]
    assert mute == []
    # Sentences: the privacy notice shows them as they are.
    assert [found.model for found in declarations() if str(found.purpose)[-1] + str(found.retention)[-1] != ".."] == []


def test_every_basis_has_words() -> None:
    with translation.override("en"):
        assert [str(basis.words)[-1] for basis in Basis] == ["."] * len(Basis)


def test_titles_of_nothing_ask_nobody() -> None:
    before = list(registry._title_finders)
    try:
        register_titles(lambda _keys: 1 / 0)  # type: ignore[arg-type,return-value]
        assert titles_of([]) == {}
    finally:
        registry._title_finders[:] = before
