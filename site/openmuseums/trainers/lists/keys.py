"""Keys that lists are signed with: the private half in a file, the public halves in the database for good."""

import base64
import contextlib
import datetime as dt
import hashlib
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings
from django.db import IntegrityError, transaction

from openmuseums.trainers.models import SigningKey

# Several may make the first key, or rotate, at once: one of them is first, and the others look again.
_TRIES = 5


class KeyFileError(ValueError):
    """Raised where a file holds no key that lists can be signed with, or cannot be read."""


@dataclass(frozen=True)
class Signer:
    """A key to sign with."""

    private: Ed25519PrivateKey

    @property
    def public(self) -> bytes:
        """Return the public half: 32 bytes."""
        return self.private.public_key().public_bytes_raw()

    @property
    def key_id(self) -> str:
        """Return what the key is called."""
        return id_of(self.public)

    def sign(self, data: bytes) -> bytes:
        """Return the signature of some bytes: the same for the same bytes."""
        return self.private.sign(data)


def id_of(public: bytes) -> str:
    """Return what a key is called: the beginning of the digest of its public half."""
    return hashlib.sha256(public).hexdigest()[:32]


def current_signer(*, now: dt.datetime) -> Signer:
    """Return the key of this site. It is made where there is none."""
    path = key_path()
    if not path.exists():
        _make_file(path)
    signer = signer_from(path)
    _make_known(signer, now=now, is_current=True)
    return signer


def given_signer(path: Path, *, now: dt.datetime) -> Signer:
    """Return the key in a file. What it signs can be verified here from now on. Raises KeyFileError."""
    signer = signer_from(path)
    _make_known(signer, now=now, is_current=False)
    return signer


def signer_from(path: Path) -> Signer:
    """Return the key that a file holds. Raises KeyFileError."""
    try:
        private = serialization.load_pem_private_key(path.read_bytes(), password=None)
    except OSError as error:
        raise KeyFileError(f"{path}: {error.strerror}") from error
    except (ValueError, TypeError) as error:
        raise KeyFileError(f"{path}: no private key in PEM without a password.") from error
    if not isinstance(private, Ed25519PrivateKey):
        raise KeyFileError(f"{path}: not an Ed25519 key.")
    return Signer(private)


def rotate(*, now: dt.datetime) -> Signer:
    """Sign with a new key from now on. The private half of the old one is gone; its public half stays, to verify."""
    for last_try in (False,) * _TRIES + (True,):
        try:
            with transaction.atomic():
                SigningKey.objects.filter(is_current=True).update(is_current=False)
                signer = Signer(Ed25519PrivateKey.generate())
                _create(signer, now=now, is_current=True)
                # Last: where the database refuses, the old file stands.
                _write_over(key_path(), signer)
        except IntegrityError:
            if last_try:
                raise
        else:
            return signer
    raise AssertionError  # pragma: no cover - the last try returns or raises


def is_signed_by(public: bytes, signature: bytes, data: bytes) -> bool:
    """Return whether a signature is that of some bytes, by the key of this public half."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, data)
    except (InvalidSignature, ValueError):
        return False
    return True


def public_of(key_id: str) -> bytes | None:
    """Return the public half of a key that lists of this site were signed with; None where it is not known."""
    found = SigningKey.objects.filter(key_id=key_id).values_list("public", flat=True).first()
    return base64.b64decode(found) if found else None


def key_path() -> Path:
    """Return where the private half is."""
    return Path(settings.SIGNING_KEY_FILE)


def _make_known(signer: Signer, *, now: dt.datetime, is_current: bool) -> None:
    for last_try in (False,) * _TRIES + (True,):
        known = SigningKey.objects.filter(key_id=signer.key_id).values_list("is_current", flat=True).first()
        if known is not None and (known or not is_current):
            return
        try:
            with transaction.atomic():
                if is_current:
                    SigningKey.objects.filter(is_current=True).update(is_current=False)
                if known is None:
                    _create(signer, now=now, is_current=is_current)
                else:
                    SigningKey.objects.filter(key_id=signer.key_id).update(is_current=True)
        except IntegrityError:
            if last_try:
                raise


def _create(signer: Signer, *, now: dt.datetime, is_current: bool) -> None:
    public = base64.b64encode(signer.public).decode()
    SigningKey.objects.create(key_id=signer.key_id, public=public, is_current=is_current, since=now)


def _make_file(path: Path) -> None:
    """Make the first key. Whole or not at all, and never over one that is there: of several the first one's stays."""
    new = _write_beside(path, Signer(Ed25519PrivateKey.generate()))
    with contextlib.suppress(FileExistsError):
        os.link(new, path)
    new.unlink()


def _write_over(path: Path, signer: Signer) -> None:
    _write_beside(path, signer).replace(path)


def _write_beside(path: Path, signer: Signer) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    pem = signer.private.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(pem)
        file.flush()
        os.fsync(file.fileno())
    return new
