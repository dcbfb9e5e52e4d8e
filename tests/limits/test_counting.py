"""Tries are counted over all processes, and nobody can read whose they were."""

import pickle
import subprocess
import sys
import threading
import zlib
from pathlib import Path

import pytest
from django.core.cache import cache, caches
from django.test import RequestFactory

from openmuseums.limits.counting import allow
from openmuseums.limits.hiding import client_of, hidden, today
from openmuseums.limits.stores import SharedFileCache

ADDRESS = "203.0.113.7"


def kept(store: SharedFileCache) -> str:
    """Return all that a store has written, as text."""
    files = [Path(name) for name in store._list_cache_files()]
    values = []
    for file in files:
        with file.open("rb") as opened:
            pickle.load(opened)  # noqa: S301 - what the test itself has written
            values.append(pickle.loads(zlib.decompress(opened.read())))  # noqa: S301
    return repr(sorted((file.name, value) for file, value in zip(files, values, strict=True)))


def test_allow_counts_up_to_the_amount() -> None:
    tries = [allow("report", who=ADDRESS, amount=3, seconds=60) for _ in range(5)]
    assert tries == [True, True, True, False, False]


def test_allow_counts_each_person_and_each_thing_apart() -> None:
    assert allow("report", who=ADDRESS, amount=1, seconds=60)
    assert allow("report", who="203.0.113.8", amount=1, seconds=60)
    assert allow("slip", who=ADDRESS, amount=1, seconds=60)
    assert not allow("report", who=ADDRESS, amount=1, seconds=60)


def test_allow_lets_a_try_through_once_the_time_is_over(monkeypatch: pytest.MonkeyPatch) -> None:
    assert allow("report", who=ADDRESS, amount=1, seconds=60)
    now = 4_000_000_000.0
    monkeypatch.setattr("openmuseums.limits.stores.time.time", lambda: now)
    assert allow("report", who=ADDRESS, amount=1, seconds=60)


def test_allow_by_many_threads_lets_through_the_amount_alone() -> None:
    gate, found = threading.Barrier(64), []

    def run() -> None:
        gate.wait()
        found.append(allow("slip", who=ADDRESS, amount=5, seconds=60))

    threads = [threading.Thread(target=run) for _ in range(64)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found) == [False] * 59 + [True] * 5


RACER = """
import sys, time
from django.conf import settings
settings.configure()
from openmuseums.limits.stores import SharedFileCache
store = SharedFileCache(sys.argv[1], {})
won = 0
for number in range(200):
    won += store.add(f"place-{number}", 1, timeout=60)
print(won)
"""


def test_add_by_several_processes_succeeds_for_one_of_them(tmp_path: Path) -> None:
    command = [sys.executable, "-c", RACER, str(tmp_path)]
    racers = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(3)]
    assert sum(int(racer.communicate()[0]) for racer in racers) == 200


def test_sweep_deletes_what_is_over_and_nothing_else(tmp_path: Path) -> None:
    store = SharedFileCache(str(tmp_path), {})
    store.set("over", 1, timeout=-1)
    store.set("standing", 1, timeout=60)
    assert store.sweep() == 1
    assert (store.get("over"), store.get("standing")) == (None, 1)


def test_room_is_made_while_values_are_added(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("openmuseums.limits.stores.random.random", lambda: 0.0)
    store = SharedFileCache(str(tmp_path), {"OPTIONS": {"MAX_ENTRIES": 8}})
    assert all(store.add(f"place-{number}", 1, timeout=60) for number in range(20))
    assert len(store._list_cache_files()) <= 8


def test_what_is_kept_names_no_address() -> None:
    allow("report", who=ADDRESS, amount=1, seconds=60)
    cache.set(f"allauth:rl:allauth.account:login:30/60/ip:ip:{ADDRESS}", [1.0], 60)
    store = caches["limits"]
    assert isinstance(store, SharedFileCache)
    assert len(store._list_cache_files()) == 2
    assert ADDRESS not in kept(store)


def test_address_is_hidden_otherwise_each_day() -> None:
    assert hidden(ADDRESS, day=today()) == hidden(ADDRESS, day=today())
    assert hidden(ADDRESS, day=today()) != hidden(ADDRESS, day=today().replace(year=2001))


def test_what_allauth_counts_is_shared_and_the_rest_stays_in_the_process() -> None:
    cache.add("allauth.mfa.totp.used?user=1&code=123456", "y", timeout=30)
    cache.set("wagtail_site_root_paths", [1])
    store = caches["limits"]
    assert isinstance(store, SharedFileCache)
    assert len(store._list_cache_files()) == 1
    assert cache.add("allauth.mfa.totp.used?user=1&code=123456", "y", timeout=30) is False
    assert cache.get("wagtail_site_root_paths") == [1]
    assert cache.delete("allauth.mfa.totp.used?user=1&code=123456")
    assert not cache.has_key("allauth.mfa.totp.used?user=1&code=123456")


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("2001:db8:1:2::9", "2001:db8:1:2::"),
    ],
)
def test_client_is_an_address_or_a_households_network(rf: RequestFactory, address: str, counted: str) -> None:
    assert client_of(rf.get("/", REMOTE_ADDR=address)) == counted


def test_client_is_who_the_proxy_says_and_not_who_the_client_says(rf: RequestFactory, settings) -> None:
    request = rf.get("/", REMOTE_ADDR="127.0.0.1", HTTP_X_FORWARDED_FOR="198.51.100.1, 203.0.113.7")
    assert client_of(request) == "127.0.0.1"
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    assert client_of(request) == "203.0.113.7"
