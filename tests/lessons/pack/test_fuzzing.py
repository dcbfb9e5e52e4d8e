"""Packs broken at random: whatever is wrong with a file, the answer is a message and never a crash."""

import random
from pathlib import Path

import pytest

from lessons.pack.checking import check_pack
from lessons.pack.problems import PackError
from lessons.pack.reading import read_pack

PIECES = [
    *("", ":", "- ", "[", "]", "{", "}", "&a ", "*a", "!!python/object:x ", "|-", "#"),
    *("\t", "\n", "'", '"', "null", "id", "\x00", "é"),
]
BROKEN_PER_SEED = 60


def break_somewhere(pack: Path, chance: random.Random) -> None:
    """Replace up to 12 characters of one file by a piece of YAML."""
    file = chance.choice(sorted(pack.rglob("*.yaml")))
    text = file.read_text(encoding="utf-8")
    place = chance.randrange(len(text))
    broken = text[:place] + chance.choice(PIECES) + text[place + chance.randrange(12) :]
    file.write_bytes(broken.encode("utf-8"))


def read_and_check(pack: Path) -> str:
    """Return what is said of a pack; empty where nothing is wrong with it."""
    try:
        check_pack(read_pack(pack))
    except PackError as error:
        return str(error)
    return ""


@pytest.mark.django_db
@pytest.mark.parametrize("seed", [0, *(pytest.param(seed, marks=pytest.mark.nightly) for seed in range(1, 40))])
def test_pack_broken_at_random_is_told_or_read(pack: Path, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - the same faults at every run
    files = {file: file.read_bytes() for file in pack.rglob("*.yaml")}
    said = []
    for _ in range(BROKEN_PER_SEED):
        break_somewhere(pack, chance)
        said.append(read_and_check(pack))
        for file, before in files.items():
            file.write_bytes(before)
    assert read_and_check(pack) == ""
    told = [message for message in said if message]
    assert len(told) > BROKEN_PER_SEED // 4
    assert [message for message in told if ".yaml" not in message and "pack" not in message] == []
