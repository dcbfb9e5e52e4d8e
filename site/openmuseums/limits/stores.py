"""Where counts are kept: one place for all processes, whichever of them is asked."""

import contextlib
import datetime as dt
import pickle
import random
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

from django.core.cache import BaseCache, caches
from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.filebased import FileBasedCache
from django.core.cache.backends.locmem import LocMemCache
from django.core.files import locks

from openmuseums.limits.hiding import hidden, today

# What allauth keeps in Django's cache: its limits, by addresses of people, and the app codes that were used.
_ALLAUTH = "allauth"
_ALLAUTH_LIMITS = "allauth:rl:"


class SharedFileCache(FileBasedCache):
    """Files that all processes of a machine share, where `add` succeeds for one of them only.

    Django's own looks and then writes, so that two may both succeed. What is over goes first when room is made.
    """

    # Django's, without types.
    _dir: str
    _key_to_file: Callable[[str, int | None], str]
    _list_cache_files: Callable[[], list[str]]
    _delete: Callable[[str], bool]
    _createdir: Callable[[], None]

    def add(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """Keep a value where there is none; return whether it was kept."""
        self._make_room()
        with self._alone(self._key_to_file(key, version)):
            if self.has_key(key, version):
                return False
            super().set(key, value, timeout, version)
            return True

    def sweep(self) -> int:
        """Delete what is over; return how many there were."""
        return sum(self._delete_expired(name) for name in self._list_cache_files())

    def _delete_expired(self, name: str) -> bool:
        with self._alone(name), contextlib.suppress(FileNotFoundError):
            with Path(name).open("rb") as file:
                is_over = self._is_expired(file)
            return is_over and bool(self._delete(name))
        return False

    def _is_expired(self, f: BinaryIO) -> bool:
        # Django's own deletes by name, which may by now be that of a new value.
        try:
            expiry = pickle.load(f)  # noqa: S301 - written by this cache
        except EOFError:
            return True
        return expiry is not None and bool(expiry < time.time())

    def set(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        """Keep a value."""
        self._make_room()
        super().set(key, value, timeout, version)

    def _make_room(self) -> None:
        # Listing all files takes its time, so not at every value.
        if random.random() < 0.01:  # noqa: S311 - nothing hangs on it
            self.sweep()
            super()._cull()  # type: ignore[misc]

    def _cull(self) -> None:
        """Do nothing: `set` is also called where a file is locked, and room is made before."""

    @contextlib.contextmanager
    def _alone(self, name: str) -> Iterator[None]:
        self._createdir()
        shard = Path(name).name[0]
        with (Path(self._dir) / f"{shard}.lock").open("ab") as lock:
            locks.lock(lock, locks.LOCK_EX)
            try:
                yield
            finally:
                locks.unlock(lock)


class ProcessCache(LocMemCache):
    """Django's cache: in the memory of a process, but for what must be counted over all of them.

    allauth counts in Django's default cache, by addresses in clear. What it keeps goes to the cache `limits`, under
    keyed digests.
    """

    def add(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """Keep a value where there is none."""
        name, shared = _shared(key)
        return bool(shared.add(name, value, timeout) if shared else super().add(key, value, timeout, version))

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        """Return a value."""
        name, shared = _shared(key)
        return shared.get(name, default) if shared else super().get(key, default, version)

    def set(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        """Keep a value."""
        name, shared = _shared(key)
        if shared:
            shared.set(name, value, timeout)
        else:
            super().set(key, value, timeout, version)

    def delete(self, key: str, version: int | None = None) -> bool:
        """Forget a value; return whether there was one."""
        name, shared = _shared(key)
        return bool(shared.delete(name) if shared else super().delete(key, version))

    def has_key(self, key: str, version: int | None = None) -> bool:
        """Return whether there is a value."""
        name, shared = _shared(key)
        return bool(shared.has_key(name) if shared else super().has_key(key, version))


def sweep_limits(now: dt.datetime) -> str:
    """Delete counts whose time is up, where the store does not do it by itself; a duty of the clock."""
    store = caches["limits"]
    return f"{store.sweep() if isinstance(store, SharedFileCache) else 0} counts deleted."


def _shared(key: str) -> tuple[str, BaseCache | None]:
    """Return under which name, and in which cache, all processes share a value; None where none does."""
    if not isinstance(key, str) or not key.startswith(_ALLAUTH):
        return key, None
    return hidden(key, day=today() if key.startswith(_ALLAUTH_LIMITS) else None), caches["limits"]
