"""Translating pages: what goes to translators, what stays the same in every language, and that it can be published."""

import datetime as dt

import pytest
from django.test import override_settings
from django.urls import reverse
from wagtail.models import Locale
from wagtail_localize.models import StringTranslation, Translation, TranslationSource
from wagtail_localize.operations import translate_object
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments

from lessons.drawings import lettering
from lessons.models import UnitPage
from openmuseums.uploads.models import Picture
from quizzes.models import QuizPage
from tests.factories import block, item, make_course, make_user, multiple_choice, single_choice, with_second_factor
from tests.files import make_document, make_picture

LANGUAGES = [("en", "English"), ("nl", "Dutch")]


def full_body() -> list:
    """Return a block of each kind, with everything in it that a block may hold."""
    picture, film, captions = make_picture(), make_document("coin.mp4"), make_document("coin.vtt")
    rows = [block("row", [block("cell", "Newsletter"), block("cell", "An afternoon")])]
    columns = [block("column", "Way"), block("column", "Costs")]
    topics = [item("swot")]
    labels = [item({"key": key, "text": words}) for key, words in lettering("swot", {}).items()]
    recording = {"file": film.pk, "address": "", "captions": captions.pk, "transcript": "<p>Grey paper.</p>"}
    return [
        block("heading", {"text": "Where to begin", "level": "h2"}),
        block("rich_text", {"text": "<p>Read <b>this</b> first.</p>", "topics": topics}),
        block(
            "image",
            {"image": picture.pk, "alt_text": "A coin", "decorative": False, "caption": "A penny", "topics": topics},
        ),
        block(
            "diagram",
            {"diagram": "swot", "title": "SWOT", "description": "Four fields.", "labels": labels, "topics": topics},
        ),
        block("video", {"title": "A film", **recording, "topics": topics}),
        block(
            "quotation",
            {
                "text": "A museum is an institution.",
                "person": "ICOM",
                "source_title": "Definition",
                "source_address": "https://icom.museum/",
                "topics": topics,
            },
        ),
        block("callout", {"kind": "tip", "text": "<p>Ask a visitor.</p>", "known_on": "2025-06-30", "topics": topics}),
        block(
            "steps",
            {
                "title": "In two steps",
                "items": [item({"title": "Look", "text": "<p>Long.</p>"}), item({"title": "Write", "text": ""})],
                "topics": topics,
            },
        ),
        block("term", {"term": "Owned media", "definition": "One's own channels.", "topics": topics}),
        block("comparison_table", {"caption": "Two ways", "columns": columns, "rows": rows, "topics": topics}),
        block(
            "chart",
            {
                "title": "Strategies",
                "unit": "per cent",
                "bars": [item({"label": "With", "value": 45.0}), item({"label": "Without", "value": 55.0})],
                "source_title": "NEMO",
                "source_address": "",
                "year": 2020,
                "note": "",
                "topics": topics,
            },
        ),
        block(
            "case_study",
            {
                "title": "Free pictures",
                "museum": "Rijksmuseum",
                "country": "NL",
                "what_they_did": "<p>It opened a studio.</p>",
                "what_came_of_it": "<p>People came.</p>",
                "source_title": "Its site",
                "source_address": "https://www.rijksmuseum.nl/",
                "topics": topics,
            },
        ),
        block(
            "expert_talk",
            {
                "title": "What can wait",
                **recording,
                "person": "A. Curator",
                "role": "Curator",
                "chapters": [item({"seconds": 5, "title": "What people ask"})],
                "topics": topics,
            },
        ),
        block(
            "activity",
            {
                "title": "A first look",
                "for_roles": [item("volunteer")],
                "minutes": 20,
                "task": "<p>List every place.</p>",
                "result": "A list.",
                "sheet": [item({"prompt": "Where do we speak?", "lines": 4})],
                "topics": topics,
            },
        ),
        block(
            "resources",
            {
                "items": [
                    item(
                        {
                            "title": "NEMO",
                            "address": "https://www.ne-mo.org/",
                            "language": "en",
                            "kind": "article",
                            "note": "A network",
                            "known_on": "2025-07-01",
                        }
                    )
                ],
                "topics": topics,
            },
        ),
        single_choice("Which first?", topic="swot"),
        multiple_choice("Which ones?", topic="swot"),
    ]


@pytest.fixture
def dutch(db):
    with override_settings(LANGUAGES=LANGUAGES, WAGTAIL_CONTENT_LANGUAGES=LANGUAGES):
        yield Locale.objects.get_or_create(language_code="nl")[0]


@pytest.fixture
def pages(db):
    """Return the unit with every block in it, and its lesson's quiz."""
    made = make_course()
    unit = made.units["digital-strategy"]
    unit.body = full_body()
    unit.save_revision().publish()
    return UnitPage.objects.get(pk=unit.pk), QuizPage.objects.get(pk=made.quizzes["marketing"].pk)


def strings_of(page) -> dict[str, str]:
    """Return what translators are given of a page: the text by its path."""
    return {
        segment.path: segment.string.data
        for segment in extract_segments(page)
        if isinstance(segment, StringSegmentValue)
    }


def ids_of(value) -> list[str]:
    """Return every block and item id in stored stream data, in order."""
    if isinstance(value, list):
        return [found for part in value for found in ids_of(part)]
    if isinstance(value, dict):
        return ([value["id"]] if "id" in value else []) + [found for part in value.values() for found in ids_of(part)]
    return []


def translate(page, locale, captured):
    """Translate every string of a page, marked as Dutch, and publish it in Dutch."""
    source, _created = TranslationSource.update_or_create_from_instance(page)
    translate_object(page, [locale], user=None)
    translation = Translation.objects.get(source=source, target_locale=locale)
    for segment in source.stringsegment_set.select_related("string", "context"):
        StringTranslation.objects.update_or_create(
            translation_of=segment.string,
            context=segment.context,
            locale=locale,
            defaults={"data": segment.string.data.replace("e", "é"), "translation_type": "manual"},
        )
    with captured(execute=True):
        translation.save_target(user=make_user(), publish=True)
    return type(page).objects.get(translation_key=page.translation_key, locale=locale)


def test_every_text_of_every_block_goes_to_translators(pages):
    unit, _quiz = pages
    texts = list(strings_of(unit).values())
    assert [
        text for text in texts if text in {"volunteer", "swot", "h2", "tip", "NL", "article", "True", "False"}
    ] == []
    expected = {
        "Where to begin", "Read <b>this</b> first.", "A coin", "A penny", "SWOT", "Four fields.", "A film",
        "Grey paper.", "A museum is an institution.", "ICOM", "Definition", "Ask a visitor.", "In two steps", "Look",
        "Long.", "Write", "Owned media", "One's own channels.", "Two ways", "Way", "Costs", "Newsletter",
        "An afternoon", "Strategies", "per cent", "With", "Without", "NEMO", "Free pictures", "Rijksmuseum",
        "It opened a studio.", "People came.", "Its site", "What can wait", "A. Curator", "Curator",
        "What people ask", "A first look", "List every place.", "A list.", "Where do we speak?", "A network",
        "Which first?", "The right one", "A wrong one", "Another", "Which ones?", "One of them", "Not this",
        "The other", "General.", "Because of what the unit says.", "Say what it is about.",
    }  # fmt: skip
    assert expected - set(texts) == set()


def test_keys_codes_and_numbers_go_to_no_translator(pages):
    fields = {path.split(".")[0] for page in pages for path in strings_of(page)}
    assert fields == {"title", "lead", "outcomes", "body", "questions"}


def test_translated_unit_is_published_with_the_same_ids_and_codes(pages, dutch, django_capture_on_commit_callbacks):
    unit, _quiz = pages
    parents = unit.get_ancestors().filter(depth__gt=1).specific()
    for parent in parents:
        translate(parent, dutch, django_capture_on_commit_callbacks)
    translated = translate(unit, dutch, django_capture_on_commit_callbacks)
    assert (translated.live, translated.slug, translated.key) == (True, "digital-strategy", "digital-strategy")
    assert (translated.facets, translated.minutes_to_read) == (unit.facets, unit.minutes_to_read)
    source, target = list(unit.body.raw_data), list(translated.body.raw_data)
    assert ids_of(target) == ids_of(source)
    assert [translated.body[2].value["image"], translated.body[4].value["captions"]] == [
        unit.body[2].value["image"],
        unit.body[4].value["captions"],
    ]
    assert translated.body[0].value["text"] == "Whéré to bégin"
    assert translated.body[1].value["text"].source == "<p>Réad <b>this</b> first.</p>"
    assert [list(child.value.get("topics", [])) for child in translated.body] == [
        list(child.value.get("topics", [])) for child in unit.body
    ]
    days = [child.value.get("known_on") for child in translated.body if child.block_type == "callout"]
    resources = next(child.value for child in translated.body if child.block_type == "resources")
    days += [resource["known_on"] for resource in resources["items"]]
    assert days == [dt.date(2025, 6, 30), dt.date(2025, 7, 1)]
    assert [outcome.text for outcome in translated.outcomes.all()] == ["Say what it is about.".replace("e", "é")]
    assert translated.full_url.endswith("/nl/open-museums/marketing/digital-strategy/")


def test_publishing_a_translation_of_a_picture_that_lost_its_licence_is_told_why_not(
    pages, dutch, client, django_capture_on_commit_callbacks
):
    unit, _quiz = pages
    for parent in unit.get_ancestors().filter(depth__gt=1).specific():
        translate(parent, dutch, django_capture_on_commit_callbacks)
    translated = translate(unit, dutch, django_capture_on_commit_callbacks)
    Picture.objects.update(licence="")
    client.force_login(make_user(is_superuser=True))
    with_second_factor(client)
    translated.save_revision()
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    client.post(f"{address}?id={translated.pk}&next=/admin/")
    [message] = client.get(reverse("wagtailadmin_home")).context["messages"]
    assert "“A coin” has no licence: say on what terms it may be used." in str(message)
    assert not StringTranslation.objects.filter(has_error=True).exists()


def test_translated_quiz_keeps_its_right_answers(pages, dutch, django_capture_on_commit_callbacks):
    _unit, quiz = pages
    for parent in quiz.get_ancestors().filter(depth__gt=1).specific():
        translate(parent, dutch, django_capture_on_commit_callbacks)
    translated = translate(quiz, dutch, django_capture_on_commit_callbacks)
    assert (translated.live, translated.slug, translated.key, translated.pass_mark) == (True, "quiz", "marketing", 60)
    assert ids_of(list(translated.questions.raw_data)) == ids_of(list(quiz.questions.raw_data))
    right = [[choice["right"] for choice in child.value["choices"]] for child in quiz.questions]
    assert [[choice["right"] for choice in child.value["choices"]] for child in translated.questions] == right
    assert [child.value["topic"] for child in translated.questions] == ["swot"] * 3
    assert translated.questions[0].value["prompt"] == "What do you usé first?"
