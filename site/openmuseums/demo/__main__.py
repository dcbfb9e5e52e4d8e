"""The demo's one entry: prepare, say how to sign in, serve."""

import os
import secrets
import socket
import sys
from pathlib import Path
from typing import NoReturn

import django
from django.db import connections

from openmuseums.demo.stamps import Stamps, digest_of_files

PROJECT_DIR = Path(__file__).resolve().parents[3]
SOURCES = [PROJECT_DIR / name for name in ("site", "lessons", "quizzes", "locale", "requirements.lock")]


def main() -> NoReturn:
    """Run the demo; this process becomes the server."""
    port = chosen_port(os.environ.get("PORT") or "8000")
    var = Path(os.environ.get("OPENMUSEUMS_VAR", PROJECT_DIR / "var"))
    var.mkdir(parents=True, exist_ok=True)
    os.environ["OPENMUSEUMS_SECRET_KEY"] = kept_secret(var / "demo-secret-key")
    os.environ["OPENMUSEUMS_BASE_URL"] = f"http://127.0.0.1:{port}"
    os.environ["OPENMUSEUMS_RELEASE"] = digest_of_files(SOURCES)[:16]
    os.environ["DJANGO_SETTINGS_MODULE"] = "openmuseums.settings.demo"
    sys.stdout.write("Open Museums, a demo on this machine\n")
    prepare(var)
    sys.stdout.write(sign_ins())
    sys.stdout.flush()
    gunicorn = ["-m", "gunicorn", "--config", "python:openmuseums.demo.serving", "--bind", f"127.0.0.1:{port}"]
    # Not a child: whoever ends this process ends the server, and nothing is left behind.
    os.execv(sys.executable, [sys.executable, *gunicorn])  # noqa: S606 - a fixed command


def chosen_port(text: str) -> int:
    """Return the port to serve at. Ends the program with a sentence where it is no port or is taken."""
    if not text.isascii() or not text.isdigit() or not 0 < int(text) < 65536:
        sys.exit(f"PORT={text} is no port. Choose a number from 1024 to 65535: make demo PORT=8001")
    port = int(text)
    with socket.socket() as probe:
        # As the server will do it: a port that a server has just left is free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            sys.exit(f"Port {port} cannot be had ({error.strerror}). Choose another: make demo PORT={port % 65535 + 1}")
    return port


def kept_secret(path: Path) -> str:
    """Return the secret key in a file, which is made once and for its owner's eyes only."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip()
    with os.fdopen(handle, "w", encoding="ascii") as file:
        key = secrets.token_urlsafe(50)
        file.write(key + "\n")
    return key


def prepare(var: Path) -> None:
    """Take all the steps. Ends the program with what to do where one fails, or where it is interrupted."""
    try:
        django.setup()
        from openmuseums.demo.preparing import steps  # noqa: PLC0415 - needs the settings above
        from openmuseums.demo.steps import StepError, run_steps  # noqa: PLC0415

        try:
            run_steps(steps(), stamps=Stamps(var / "demo.json"), out=sys.stdout, log=var / "demo-error.log")
        except StepError as failure:
            sys.exit(f"\n{failure}")
        connections.close_all()
    except KeyboardInterrupt:
        sys.exit("\nStopped. The next make demo goes on from here.")


def sign_ins() -> str:
    """Return who can sign in, as lines to print."""
    from openmuseums.demo.accounts import ACCOUNTS  # noqa: PLC0415 - needs the settings

    lines = ["", "Sign in as", *(f"  {it.username:<15} {it.password:<20} {it.role}" for it in ACCOUNTS)]
    lines += [
        "",
        "Anybody can read these passwords: never put this demo on a network. Passwords changed since are not shown.",
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
