"""The admin speaks the language of whoever edits or translates: no English is left on its screens.

Each screen is rendered in English and in the language. A text that is the same in both is English that nobody
translated, or it stands below with its reason.
"""

import json
import re
import zoneinfo

import pytest
from django.conf.locale import LANG_INFO
from django.test import Client
from django.urls import reverse
from wagtail.users.models import UserProfile

from openmuseums.people.roles import ROLES
from tests.catalogues.screens import prepare, screens
from tests.factories import with_second_factor
from tests.reading import read_texts

# The same in every language.
NAMES = re.compile(
    r"(Open Museums|Wagtail v[\d.]+|CC BY(-SA)? 4\.0|coin\.png|plan\.csv|nothing-like-it"  # names
    r"|\d{1,2} [A-Z][a-z]+ \d{4}"  # the day of a translation, which localize writes in English alone
    r"|\{\w+\}|Esc|Ctrl( \+ \S+)+|img\[alt\]|\\\.\(avif.*|w-kbd w-action"  # keys and codes
    r"|(Africa|America|Antarctica|Arctic|Asia|Atlantic|Australia|Europe|Indian|Pacific|Etc|US|Brazil|Canada|Chile"
    r"|Mexico)/.*|[A-Z][A-Z0-9+-]*|\d+ bytes)"  # time zones, abbreviations, measures
)
# What Wagtail and its kin do not mark for translation, or ask for once a process: no catalogue can reach it.
NOT_MARKED = {
    "Actions",
    "Body",
    "Comment",
    "Email address",
    "Link text",
    "None",
    "Phone number",
    "Search",
    "Slug",
    "Source locale",
    "Subject",
    "Target locale",
    "Translations",
    "What's new in Wagtail 7.4",
    "4 translations",
    # Names of what Wagtail's own migrations make, and of groups, which are rows that whoever runs a site may rename.
    "Editors",
    *(role.group for role in ROLES),
    "Welcome to your new Wagtail site!",
}
# Words that a language has in common with English, or has taken from it.
COUNTRIES = {
    "Australia",
    "Austria",
    "Canada",
    "Cyprus",
    "Estonia",
    "Finland",
    "Malta",
    "Portugal",
    "Romania",
    "Slovenia",
}
COMMON = {
    "nl": COUNTRIES
    | {
        "Account",
        "Code",
        "Contrast",
        "Document",
        "Facet",
        "Factor",
        "Feedback",
        "Help",
        "Hint",
        "Home",
        "Item",
        "Items",
        "Label",
        "Opening",
        "Partners",
        "Professionals",
        "Rubric",
        "Scenario",
    }
    | {
        "Site",
        "Sites",
        "Status",
        "Status:",
        "Subscript",
        "Superscript",
        "Tag",
        "Tags",
        "Term",
        "Transcript",
        "Video",
        "Workflow",
        "Workflows",
    }
    | {"1 Document", "1 document", "Account - Open Museums", "Alias", "Workflows - Open Museums"},
    "el": set(),
    "it": COUNTRIES
    | {"Account", "Account - Open Museums", "Alias", "Area", "File", "Layout", "Password", "Scenario", "Tag", "Video"},
    "es": COUNTRIES | {"Alias", "Factor"},
}


def texts_of(client: Client, address: str) -> list[str]:
    """Return what a person reads on a screen of the admin, or in a dialogue that it opens."""
    response = client.get(address, follow=True)
    assert response.status_code == 200, address
    if response["Content-Type"].startswith("application/json"):
        return read_texts(response.json().get("html") or "")
    return read_texts(response.content.decode())


# wagtail-localize's report asks for translations in no order, and says so on every page of it.
@pytest.mark.filterwarnings("ignore:Pagination may yield inconsistent results")
def test_admin_has_no_english_in_another_language(db: None) -> None:
    desk = prepare()
    # Languages call themselves by their own names; time zones have one name everywhere.
    own_names = {info["name_local"] for info in LANG_INFO.values() if "name_local" in info}
    own_names |= {name.capitalize() for name in own_names}
    own_names |= zoneinfo.available_timezones()
    found: dict[str, dict[str, list[str]]] = {}
    for language in ("en", *COMMON):
        UserProfile.objects.update_or_create(user=desk.editor, defaults={"preferred_language": language})
        found[language] = {name: texts_of(desk.client, address) for name, address in screens(desk)}
    left = {
        language: {
            text: name
            for name, texts in found[language].items()
            for text in texts
            if text in found["en"][name]
            and text not in NOT_MARKED | COMMON[language]
            and not NAMES.fullmatch(text)
            and text.removeprefix("– ") not in own_names
            and not desk.is_content(text.removesuffix(" - Open Museums"))
        }
        for language in COMMON
    }
    assert left == {language: {} for language in COMMON}


@pytest.mark.parametrize(
    ("language", "words"),
    [("nl", "Alles uitvouwen"), ("el", "Ανάπτυξη όλων"), ("it", "Espandi tutto"), ("es", "Expandir todo")],
)
def test_scripts_of_the_admin_speak_the_language(language: str, words: str, admin_client: Client) -> None:
    with_second_factor(admin_client)
    user = admin_client.get(reverse("wagtailadmin_home")).wsgi_request.user
    UserProfile.objects.update_or_create(user=user, defaults={"preferred_language": language})
    catalogue = admin_client.get(reverse("wagtailadmin_javascript_catalog")).content.decode()
    assert f'"Expand all": {json.dumps(words)}' in catalogue
