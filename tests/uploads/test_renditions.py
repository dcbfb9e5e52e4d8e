"""Sizes of pictures: made when a page is published, never when it is shown."""

import pytest

from lessons.models import CoursePage
from openmuseums.uploads.models import Picture, Rendition
from openmuseums.uploads.renditions import LARGE, SMALL, make_renditions, pictures_in, shown_picture
from tests.factories import block, make_home, make_lesson, make_unit, publish
from tests.files import make_picture, picture_bytes

pytestmark = pytest.mark.django_db


def image(picture):
    value = {"image": picture.pk, "alt_text": "A coin", "decorative": False, "caption": "", "topics": []}
    return block("image", value)


def test_publish_makes_the_sizes_that_pages_show():
    picture = make_picture(content=picture_bytes(1200, 900))
    course = publish(make_home(), CoursePage(title="The course", slug="open-museums", key="open-museums"))
    make_unit(make_lesson(course, "marketing"), "digital-strategy", body=[image(picture)])
    assert list(picture.renditions.order_by("width").values_list("filter_spec", "width")) == [
        (SMALL, 480),
        (LARGE, 960),
    ]


def test_shown_picture_offers_both_sizes():
    picture = make_picture(content=picture_bytes(1200, 900))
    make_renditions([picture])
    shown = shown_picture(picture)
    small, large = picture.renditions.order_by("width")
    assert shown.srcset == f"{small.url} 480w, {large.url} 960w"
    assert (shown.url, shown.width, shown.height) == (large.url, 960, 720)


def test_shown_picture_without_sizes_is_the_original_and_nothing_is_written(django_assert_num_queries):
    picture = Picture.objects.get(pk=make_picture(content=picture_bytes(1200, 900)).pk)
    with django_assert_num_queries(1):
        shown = shown_picture(picture)
    assert (shown.url, shown.srcset, shown.width, shown.height) == (picture.file.url, "", 1200, 900)
    assert not Rendition.objects.exists()


def test_picture_whose_file_is_gone_is_logged_and_the_others_are_made(caplog):
    gone, there = make_picture(), make_picture()
    gone.file.storage.delete(gone.file.name)
    make_renditions([Picture.objects.get(pk=gone.pk), there])
    assert (gone.renditions.count(), there.renditions.count()) == (0, 2)
    assert [record.levelname for record in caplog.records] == ["WARNING"]


def test_pictures_are_found_once_in_a_page_that_shows_one_twice():
    picture = make_picture()
    course = publish(make_home(), CoursePage(title="The course", slug="open-museums", key="open-museums"))
    unit = make_unit(make_lesson(course, "marketing"), "digital-strategy", body=[image(picture), image(picture)])
    assert pictures_in(unit) == [picture]
    assert pictures_in(course) == []
