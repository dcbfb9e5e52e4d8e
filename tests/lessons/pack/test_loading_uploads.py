"""Pictures and documents of a pack: taken, exchanged, given back."""

from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.images import ImageFile

from lessons.pack.reports import Kept
from openmuseums.uploads.models import Attachment, Picture
from tests.files import picture_bytes
from tests.lessons.pack.editing import strategy
from tests.packs import change, have_loaded, load


@pytest.mark.django_db
def test_load_takes_pictures_and_documents_with_maker_and_licence(pack: Path) -> None:
    have_loaded(pack)
    picture = Picture.objects.get()
    assert (picture.title, picture.credit, picture.licence, picture.source, picture.width, picture.height) == (
        "A coin", "The museum", "CC0-1.0", "https://example.org/coin", 64, 48,
    )  # fmt: skip
    assert Path(picture.file.path).read_bytes() == (pack / "media/pictures/coin.png").read_bytes()
    assert sorted(picture.renditions.values_list("filter_spec", flat=True)) != []
    assert {block.value["image"] for block in strategy().body if block.block_type == "image"} == {picture}
    assert sorted(Attachment.objects.values_list("pack_key", "title")) == [
        ("captions", "Captions of a talk"),
        ("plan", "A plan: four weeks"),
    ]


@pytest.mark.django_db(transaction=True)
def test_changed_picture_replaces_the_file_and_its_smaller_sizes(pack: Path) -> None:
    load(pack)
    old = Picture.objects.get()
    renditions = list(old.renditions.values_list("pk", flat=True))
    (pack / "media/pictures/coin.png").write_bytes(picture_bytes(80, 60))
    change(pack, "media/pictures.yaml", "title: A coin", "title: Another coin")
    assert load(pack).updated == ["coin"]
    new = Picture.objects.get()
    assert (new.pk, new.title, new.width, new.height) == (old.pk, "Another coin", 80, 60)
    assert not old.file.storage.exists(old.file.name) or old.file.name == new.file.name
    assert renditions
    assert not new.renditions.filter(pk__in=renditions).exists()
    assert new.renditions.exists()
    assert load(pack).changed is False


@pytest.mark.django_db
def test_picture_exchanged_in_the_cms_is_kept(pack: Path) -> None:
    have_loaded(pack)
    picture = Picture.objects.get()
    picture.file = ImageFile(BytesIO(picture_bytes(90, 60)), "better.png")
    picture._set_image_file_metadata()
    picture.save()
    assert load(pack).kept == [Kept("coin", "file", differs=False)]
    assert Picture.objects.get().width == 90


@pytest.mark.django_db
def test_picture_removed_in_the_cms_is_reported(pack: Path) -> None:
    have_loaded(pack)
    Picture.objects.all().delete()
    report = load(pack)
    assert report.removed == ["coin"]
    assert Picture.objects.count() == 0


@pytest.mark.django_db
def test_upload_whose_file_is_gone_gets_it_back(pack: Path) -> None:
    have_loaded(pack)
    picture = Picture.objects.get()
    picture.file.storage.delete(picture.file.name)
    assert load(pack).updated == ["coin"]
    assert Path(Picture.objects.get().file.path).read_bytes() == (pack / "media/pictures/coin.png").read_bytes()
