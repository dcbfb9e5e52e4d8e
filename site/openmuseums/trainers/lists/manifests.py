"""The manifest beside a list: what the list is, with its digest, signed; and what a list is found to be by it.

What is signed is canonical JSON: keys in order, no blanks, UTF-8. It says nothing of when or where it was written, so
that whoever has the same key writes the same bytes.
"""

import base64
import binascii
import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.utils.dateparse import parse_datetime

from openmuseums.trainers.lists.keys import Signer, is_signed_by, public_of
from openmuseums.trainers.lists.rules import ListedRule
from openmuseums.trainers.models import Cohort, Removal

VERSION = 1
# Far more than a manifest ever has.
MOST_BYTES = 1024 * 1024


class Verdict(StrEnum):
    """What a list is found to be."""

    VALID = "valid"
    ALTERED = "altered"
    SUPERSEDED = "superseded"
    UNKNOWN_KEY = "unknown-key"


@dataclass(frozen=True)
class Finding:
    """What was found. told: what the manifest says, where it can be believed; removed: how many are out of it since."""

    verdict: Verdict
    told: Mapping[str, Any] | None = None
    removed: int = 0


@dataclass(frozen=True)
class Digest:
    """The digest of a file, and how many bytes it has."""

    sha256: str
    size: int


def canonical(value: Any) -> bytes:
    """Return the bytes of some JSON that are signed."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()


def signed(told: Mapping[str, Any], signer: Signer) -> bytes:
    """Return a manifest: what it tells, signed."""
    whole = {**told, "key": signer.key_id, "public_key": base64.b64encode(signer.public).decode()}
    signature = base64.b64encode(signer.sign(canonical(whole))).decode()
    return canonical({"signature": signature, "signed": whole}) + b"\n"


def rules_told(rules: Sequence[ListedRule]) -> list[dict[str, Any]]:
    """Return what a manifest tells of the versions of the rule."""
    return [
        {
            "version": rule.number,
            "criteria": [
                {
                    "key": each.key,
                    "kind": each.wanted.kind,
                    "needed": each.wanted.needed,
                    "pages": sorted(str(page) for page in each.wanted.pages),
                }
                for each in rule.criteria
            ],
        }
        for rule in rules
    ]


def removed_by_request(cohort_id: UUID, as_of: dt.datetime) -> int:
    """Return how many rows a list as of a time would have had that were removed at somebody's request."""
    return Removal.objects.filter(cohort_id=cohort_id, joined_recorded_at__lte=as_of).count()


def digest_of(pieces: Iterable[bytes]) -> Digest:
    """Return the digest of a file that comes piece by piece."""
    found, size = hashlib.sha256(), 0
    for piece in pieces:
        found.update(piece)
        size += len(piece)
    return Digest(found.hexdigest(), size)


def verify(digest: Digest, manifest: bytes) -> Finding:
    """Return what a file with this digest is found to be by the manifest beside it."""
    whole = _parse(manifest)
    told = whole.get("signed")
    if not isinstance(told, dict):
        return Finding(Verdict.ALTERED)
    public = public_of(str(told.get("key", "")))
    if public is None:
        return Finding(Verdict.UNKNOWN_KEY)
    # The bytes are made anew: blanks and the order of keys in the file do not matter, what it says does.
    if not is_signed_by(public, _signature(whole), canonical(told)):
        return Finding(Verdict.ALTERED)
    if (told.get("sha256"), told.get("bytes")) != (digest.sha256, digest.size):
        return Finding(Verdict.ALTERED)
    removed = _removed_since(told)
    if removed is None or removed > 0:
        return Finding(Verdict.SUPERSEDED, told, removed or 0)
    return Finding(Verdict.VALID, told)


def _parse(manifest: bytes) -> dict[str, Any]:
    try:
        found = json.loads(manifest[: MOST_BYTES + 1].decode("utf-8-sig"))
        canonical(found)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _signature(whole: Mapping[str, Any]) -> bytes:
    try:
        return base64.b64decode(str(whole.get("signature", "")), validate=True)
    except (binascii.Error, ValueError):
        return b""


def _removed_since(told: Mapping[str, Any]) -> int | None:
    """Return how many were removed since a list was made; None where its cohort is gone with all who were in it."""
    cohort_id = Cohort.objects.filter(key=told["cohort"]).values_list("id", flat=True).first()
    as_of = parse_datetime(told["as_of"])
    if cohort_id is None or as_of is None:
        return None
    return removed_by_request(cohort_id, as_of) - int(told["removed"])
