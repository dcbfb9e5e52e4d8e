"""A source text that is written anew: what its translations show until somebody has looked at them."""

from pathlib import Path

import pytest
from django.test import Client

from lessons.pack.stamping import stamp_course
from tests.factories import in_language
from tests.packs import STRATEGY, change, have_loaded, load, translate
from tests.translations import LEAD, unit

pytestmark = pytest.mark.django_db
ADDRESS = "/nl/open-museums/marketing/digital-strategy/"
ANEW = "Think, choose, then act."


def rewrite(pack: Path) -> None:
    """Write a text of the source anew and bring the PO files in line, as authors do."""
    change(pack, STRATEGY, LEAD, ANEW)
    stamp_course(pack)


def test_where_a_pack_was_loaded_before_the_old_translation_stays_live_and_is_marked_behind(
    pack: Path, client: Client
) -> None:
    translate(pack, "nl")
    have_loaded(pack)
    assert client.get(ADDRESS).context["behind"] is None
    rewrite(pack)
    load(pack)
    response = client.get(ADDRESS)
    assert unit("nl").live
    assert (response.context["is_fallback"], response.context["content_language"]) == (False, "nl")
    assert in_language(LEAD, "nl") in response.content.decode()
    assert response.context["behind"].now == (ANEW,)


def test_in_a_fresh_database_the_source_stands_in_its_place_and_says_so(pack: Path, client: Client) -> None:
    translate(pack, "nl")
    rewrite(pack)
    load(pack)
    response = client.get(ADDRESS)
    assert not unit("nl").live
    assert (response.context["is_fallback"], response.context["content_language"]) == (True, "en")
    html = response.content.decode()
    assert ANEW in html
    assert in_language(LEAD, "nl") not in html
