"""Real processes on the test's database, each in a process group of its own, as tests start and kill them."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlencode

from django.conf import settings
from django.db import connection

PROJECT = Path(__file__).parents[1]
# Bounds on a machine that is busy with other things, not durations that are asserted; of commands that have much to do.
PATIENCE, LONGEST = 120, 1800


TOKEN = "t" * 32


def environment_of(folder: Path) -> dict[str, str]:
    """Return the environment of a process on the test's database, which leaves its scratch in a folder."""
    return {
        **os.environ,
        "PYTHONPATH": f"{PROJECT / 'site'}:{PROJECT}",  # this checkout, wherever the environment comes from
        "DJANGO_SETTINGS_MODULE": "tests.served_settings",
        "SERVED_DATABASE": str(connection.settings_dict["NAME"]),
        "TMPDIR": str(folder),  # a process that is killed leaves its scratch folder behind
    }


class Server:
    """A server of its own process group. config: the module that says how it serves."""

    def __init__(self, folder: Path, config: str) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.config = config
        self.output = folder / "output"
        self.environment = environment_of(folder)

    def start(self) -> None:
        """Start it and wait until it answers."""
        command = [sys.executable, "-m", "gunicorn", "--config", f"python:{self.config}"]
        with self.output.open("ab") as output:
            self.process = subprocess.Popen(
                [*command, "--bind", f"127.0.0.1:{self.port}"],
                cwd=PROJECT,
                env=self.environment,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )
        self.wait_until(lambda: self.is_listening() or self.process.poll() is not None)
        assert self.process.poll() is None, self.output.read_text()

    def is_listening(self) -> bool:
        """Return whether it can be asked."""
        with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE):
            return True
        return False

    def wait_until(self, holds: Callable[[], object]) -> None:
        """Wait until something is so; fail with what the server said where that takes too long."""
        deadline = time.monotonic() + PATIENCE
        while not holds():
            assert time.monotonic() < deadline, self.output.read_text()
            time.sleep(0.02)

    def kill(self) -> None:
        """End all its processes at once."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self.wait_until(lambda: not self.is_listening())


class StoppingServer(Server):
    """A server with one worker, which stops at a statement when it is told to; see `tests.stopping`."""

    def __init__(self, folder: Path, cookies: Mapping[str, str]) -> None:
        super().__init__(folder, "tests.stopping_server")
        self.stop_at, self.stopped = folder / "stop-at", folder / "stopped"
        self.use(cookies)
        self.environment["SERVED_STOP_AT"] = str(self.stop_at)

    def use(self, cookies: Mapping[str, str]) -> None:
        """Have forms be sent by who these cookies are from."""
        self.cookies = "; ".join(f"{name}={value}" for name, value in cookies.items())

    def post_to(self, path: str, data: Mapping[str, object]) -> tuple[int, str]:
        """Send a form; return the status and where it leads. Raises OSError where the server goes away."""
        asked = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        headers = {
            "Cookie": f"{self.cookies}; {settings.CSRF_COOKIE_NAME}={TOKEN}",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        body = urlencode({**data, "csrfmiddlewaretoken": TOKEN}, doseq=True)
        try:
            asked.request("POST", path, body, headers)
            answer = asked.getresponse()
            return answer.status, answer.headers.get("Location", "")
        finally:
            asked.close()

    def kill_worker(self) -> None:
        """End the process that stopped; the one above it starts another."""
        os.kill(int(self.stopped.read_text()), signal.SIGKILL)

    def kill_and_start(self) -> None:
        """End all its processes, and start it anew."""
        self.kill()
        self.start()

    def killed_while_asked(
        self, at: str, path: str, data: Mapping[str, object], kill: Callable[[], None] | None = None
    ) -> None:
        """Send a form and kill the server where it stops: whoever sent the form gets no answer.

        at: see `tests.stopping`; kill: how, by `kill_worker` where nothing is said.
        """
        answers: list[tuple[int, str]] = []

        def ask() -> None:
            with suppress(OSError, http.client.HTTPException):
                answers.append(self.post_to(path, data))

        self.stopped.unlink(missing_ok=True)
        self.stop_at.write_text(at)
        asking = threading.Thread(target=ask)
        asking.start()
        self.wait_until(lambda: self.stopped.exists() or not asking.is_alive())
        assert (self.stopped.exists(), answers) == (True, [])
        self.stop_at.unlink()
        # Nobody else has the database open: on SQLite what the dead left behind is cleared up by who comes next.
        connection.close()
        (kill or self.kill_worker)()
        asking.join()
        assert answers == []


class Commands:
    """Management commands, each in a process of its own: done, or killed where they stop; see `tests.stopping`."""

    def __init__(self, folder: Path) -> None:
        self.stop_at, self.stopped, self.output = folder / "stop-at", folder / "stopped", folder / "output"
        self.environment = environment_of(folder) | {"SERVED_STOP_AT": str(self.stop_at)}

    def run(self, *words: str) -> None:
        """Have a command be done."""
        process = self._start(words)
        assert process.wait(LONGEST) == 0, self.output.read_text()

    def kill(self, *words: str, at: str) -> None:
        """Kill a command where it stops."""
        self.stopped.unlink(missing_ok=True)
        self.stop_at.write_text(at)
        process = self._start(words)
        deadline = time.monotonic() + LONGEST
        while not self.stopped.exists():
            has_ended = process.poll() is not None
            assert (has_ended, time.monotonic() > deadline) == (False, False), self.output.read_text()
            time.sleep(0.02)
        self.stop_at.unlink()
        os.killpg(process.pid, signal.SIGKILL)
        assert process.wait() == -signal.SIGKILL

    def _start(self, words: tuple[str, ...]) -> subprocess.Popen[bytes]:
        # What the dead left behind is cleared up by who comes next; see above.
        connection.close()
        with self.output.open("ab") as output:
            return subprocess.Popen(
                [sys.executable, "-m", "tests.stopping_command", *words],
                cwd=PROJECT,
                env=self.environment,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )
