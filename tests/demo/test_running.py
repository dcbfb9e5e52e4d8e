"""The demo as somebody runs it: a first time, a second time, and how it ends."""

import os
import re
import shutil
import signal
import socket
import stat
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from openmuseums.demo.__main__ import chosen_port, kept_secret
from tests.packs import SMALL, shipped_in

PROJECT = Path(__file__).parents[2]
PATIENCE = 300  # a bound on a machine that is busy with other things, not a duration that is asserted
NAMES = [
    "Database",
    "Interface texts",
    "Static files",
    "Course",
    "Demo accounts",
    "Demo group",
    "Demo calendar",
    "Pages and pictures",
]


class Demo:
    """A demo in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.var = folder / "var"
        self.output = folder / "output"
        self.environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(folder),
            "PYTHONPATH": f"{PROJECT / 'site'}:{PROJECT}",  # this checkout, wherever the environment comes from
            "PORT": str(self.port),
            "OPENMUSEUMS_VAR": str(self.var),
            "OPENMUSEUMS_MEDIA": str(folder / "media"),
        }

    def start(self) -> dict[str, str]:
        """Start it, wait until it says that it is ready, and return the outcome of each step."""
        command = [sys.executable, "-m", "openmuseums.demo"]
        with self.output.open("wb") as output:
            self.process = subprocess.Popen(
                command, cwd=PROJECT, env=self.environment, stdout=output, stderr=output, start_new_session=True
            )
        self.wait_for(lambda: "Ready: " in self.printed or self.process.poll() is not None)
        assert self.process.poll() is None, self.printed
        return dict(re.findall(r"^  (\w[\w ]*?) \.{3,} (.*)$", self.printed, re.MULTILINE))

    @property
    def printed(self) -> str:
        return self.output.read_text(encoding="utf-8")

    def get(self, path: str) -> bytes:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=30) as answer:
            return answer.read()

    def wait_for(self, holds: Callable[[], object]) -> None:
        """Wait until something holds."""
        deadline = time.monotonic() + PATIENCE
        while not holds():
            assert time.monotonic() < deadline, self.printed
            time.sleep(0.05)

    def processes(self, running: str = "") -> list[int]:
        """Return the processes of the demo's session that are still there, or those that run a command."""
        found = []
        for entry in Path("/proc").glob("[0-9]*/stat"):
            try:
                state, _, _, session = entry.read_text().rpartition(")")[2].split()[:4]
                command = (entry.parent / "cmdline").read_text()
            except OSError:
                continue
            if int(session) == self.process.pid and state != "Z" and running in command:
                found.append(int(entry.parent.name))
        return found

    def end(self, number: signal.Signals) -> int:
        os.kill(self.process.pid, number)
        return self.process.wait(PATIENCE)


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[Demo]:
    made = Demo(tmp_path)
    yield made
    if made.process.poll() is None:
        os.killpg(made.process.pid, signal.SIGKILL)
        made.process.wait()


def test_demo_runs_again_at_once_and_makes_anew_what_was_deleted(demo: Demo, tmp_path: Path) -> None:
    # A small course is enough to begin with; the last start is with the one that is shipped.
    demo.environment["OPENMUSEUMS_COURSE"] = str(SMALL)
    first = demo.start()
    assert list(first) == NAMES
    # The catalogues stand in the checkout, where another run may have compiled them.
    assert [name for name in NAMES if first[name] == "up to date" and name != "Interface texts"] == []
    assert re.findall(r"^  (\w+) +(demo-\w+) ", demo.printed, re.MULTILINE) == [
        ("administrator", "demo-administrator"),
        ("editor", "demo-editor"),
        ("trainer", "demo-trainer"),
        ("learner", "demo-learner"),
    ]
    page = demo.get("/en/").decode()
    sheet = re.search(r'href="(/static/[^"]+\.css)"', page)
    assert sheet is not None
    assert b"@layer" in demo.get(sheet[1])
    assert demo.get("/readyz") == b"ok\n"
    assert f"http://localhost:{demo.port}/ alone" in demo.printed
    # A worker that dies is started again, and so is a clock.
    demo.wait_for(lambda: demo.processes("db_worker") and demo.processes("run_due"))
    (worker,) = demo.processes("db_worker")
    os.kill(worker, signal.SIGKILL)
    demo.wait_for(lambda: demo.processes("db_worker") not in ([], [worker]))
    assert "The worker ended (status -9); it is started again." in demo.printed
    database = (demo.var / "openmuseums.sqlite3").stat()
    assert demo.end(signal.SIGINT) == 0
    assert demo.processes() == []

    second = demo.start()
    assert second == dict.fromkeys(NAMES, "up to date")
    assert (demo.var / "openmuseums.sqlite3").stat().st_ino == database.st_ino
    assert demo.get("/en/").decode() == page
    assert demo.end(signal.SIGTERM) == 0
    assert demo.processes() == []

    for file in demo.var.glob("openmuseums.sqlite3*"):
        file.unlink()
    shutil.rmtree(demo.var / "cache")
    demo.environment["OPENMUSEUMS_COURSE"] = str(shipped_in(tmp_path / "pack"))
    third = demo.start()
    assert [name for name in NAMES if third[name] == "up to date"] == ["Interface texts", "Static files"]
    assert demo.get("/en/open-museums/").startswith(b"<!DOCTYPE html>")
    demo.wait_for(lambda: demo.processes("db_worker") and demo.processes("run_due"))
    # Killed without a chance to tell the others: they see it by themselves.
    assert demo.end(signal.SIGKILL) == -signal.SIGKILL
    demo.wait_for(lambda: demo.processes() == [])


def test_port_that_is_taken_is_refused_with_another_to_choose() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(SystemExit, match=rf"Port {port} cannot be had .*make demo PORT={port % 65535 + 1}$"):
            chosen_port(str(port))


def test_port_that_is_free_is_taken() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    assert chosen_port(str(port)) == port


@pytest.mark.parametrize("text", ["abc", "0", "65536", "-1", "80 80", "٣٣٣٣"])
def test_port_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(SystemExit, match=r"is no port\. Choose a number"):
        chosen_port(text)


def test_secret_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "demo-secret-key"
    first = kept_secret(path)
    assert (len(first) >= 50, stat.S_IMODE(path.stat().st_mode)) == (True, 0o600)
    assert kept_secret(path) == first
    assert kept_secret(tmp_path / "another") != first
