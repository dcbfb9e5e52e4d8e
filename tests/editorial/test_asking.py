"""The question what kind of change it is: asked before the form is sent, about the form as it stands."""

import re

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from wagtail.models import Revision

from lessons.models import UnitPage
from openmuseums.editorial import changes
from openmuseums.editorial.asking import question_about
from openmuseums.editorial.kinds import ChangeKind
from tests.editing import unit_form
from tests.factories import make_administrator, make_editor, make_translation, make_user, signed_in


@pytest.fixture
def unit(course):
    unit = course.units["digital-strategy"]
    UnitPage.objects.filter(pk=unit.pk).update(body=unit.body.get_prep_value()[:1], facets=["use"])
    return UnitPage.objects.get(pk=unit.pk)


@pytest.fixture
def editor(course):
    return signed_in(make_editor())


def form(unit, **fields):
    [heading] = unit.body.get_prep_value()
    [outcome] = unit.outcomes.all()
    data = unit_form([("heading", heading["value"])], **{"lead": unit.lead, **fields})
    return data | {"body-0-id": heading["id"], "outcomes-0-id": str(outcome.pk), "outcomes-INITIAL_FORMS": "1"}


def asked(browser, page, data):
    address = reverse("editorial_admin:kind", args=[page.pk])
    return browser.post(address, data, headers={"x-requested-with": "XMLHttpRequest"})


def words(response):
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def offers(response):
    """Return the kinds that are offered, each with whether it is chosen beforehand and whether it is closed."""
    radios = re.findall(r'<input type="radio" name="kind" value="([\w-]+)"([^>]*)>', response.content.decode())
    return {kind: ("checked" in rest, "disabled" in rest) for kind, rest in radios}


def test_changed_words_may_be_any_kind(editor, unit):
    response = asked(editor, unit, form(unit, lead="What you get out of it."))
    assert offers(response) == {"editorial": (False, False), "meaning": (True, False), "answer-key": (False, False)}
    assert "counts as" not in words(response)


def test_changed_numbers_are_no_editorial_change(editor, unit):
    response = asked(editor, unit, form(unit, lead="The 3 things you get."))
    assert offers(response) == {"editorial": (False, True), "meaning": (True, False), "answer-key": (False, False)}
    assert "Numbers, links or the structure changed. It counts as a change of meaning." in words(response)


def test_changed_key_is_said_to_be_one_with_what_it_touches(editor, unit, monkeypatch):
    make_translation(unit, "nl")
    monkeypatch.setattr(changes, "_floors", [(UnitPage, lambda *_versions: ChangeKind.ANSWER_KEY)])
    monkeypatch.setattr(changes, "_touched", [(UnitPage, lambda _page: ["3 open attempts."])])
    response = asked(editor, unit, form(unit, lead="What you get out of it."))
    assert offers(response) == {"editorial": (False, True), "meaning": (False, True), "answer-key": (True, False)}
    assert "This changes right answers or points. It counts as a change of the answer key." in words(response)
    assert words(response).endswith("What it touches Translations: Dutch. 3 open attempts.")


def test_page_without_questions_has_no_answer_key(course):
    lesson = course.lessons[0]
    lesson.message = "Another one."
    assert [offer.kind for offer in question_about(lesson).offers] == ["editorial", "meaning"]


def test_form_that_changes_nothing_is_asked_nothing(editor, unit):
    assert asked(editor, unit, form(unit)).status_code == 204


def test_form_with_a_mistake_is_asked_nothing(editor, unit):
    assert asked(editor, unit, form(unit, title="", lead="New.")).status_code == 204


def test_asking_saves_nothing(editor, unit):
    before = (Revision.objects.count(), UnitPage.objects.filter(pk=unit.pk).values().get())
    asked(editor, unit, form(unit, lead="The 3 things you get."))
    assert (Revision.objects.count(), UnitPage.objects.filter(pk=unit.pk).values().get()) == before


def test_translation_is_not_asked_about(unit):
    translation = make_translation(unit, "nl")
    assert asked(signed_in(make_administrator()), translation, {}).status_code == 404


def test_who_may_open_the_admin_and_not_edit_the_page_is_refused(unit):
    user = make_user()
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    assert asked(signed_in(user), unit, form(unit)).status_code == 403


def test_edit_form_of_a_published_source_has_the_dialog(editor, unit):
    html = editor.get(reverse("wagtailadmin_pages:edit", args=[unit.pk])).content.decode()
    assert f'data-address="{reverse("editorial_admin:kind", args=[unit.pk])}"' in html
    assert 'data-field="kind-of-change"' in html


def test_edit_form_of_what_was_never_published_has_no_dialog(editor, unit):
    UnitPage.objects.filter(pk=unit.pk).update(first_published_at=None, live=False)
    html = editor.get(reverse("wagtailadmin_pages:edit", args=[unit.pk])).content.decode()
    assert 'data-field="kind-of-change"' not in html


def test_editor_of_wagtail_localize_asks_nothing_and_publishes(unit):
    administrator = signed_in(make_administrator())
    translation = make_translation(unit, "nl", publish=False)
    address = reverse("wagtailadmin_pages:edit", args=[translation.pk])
    assert 'data-field="kind-of-change"' not in administrator.get(address).content.decode()
