"""The demo's work in the background: a worker and a clock beside the server, started again when they die.

`python -m openmuseums.demo.background` starts both and ends with them when it is told to, or when the server is gone.
With the name of a management command it is that command, which ends when whoever started it is gone.
"""

import os
import signal
import subprocess
import sys
import threading
import time
from types import FrameType

MEMBERS = {
    "worker": ["db_worker", "--backend", "queue", "--verbosity", "0"],
    "clock": ["run_due", "--forever"],
}
LOOK_EACH = 0.5  # seconds
LONGEST_PAUSE = 60.0  # seconds before one that keeps dying is started again
LIVED_LONG = 30.0  # seconds after which one that dies did not die of its start
LAST_WORDS = 10.0  # seconds to end in, before it is ended


class Member:
    """A process that is kept running."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._pause = 1.0
        self._start_at = time.monotonic()
        self._process: subprocess.Popen[bytes] | None = None

    def look(self) -> None:
        """Start it where it is time to, and say so where it ended."""
        now = time.monotonic()
        if self._process is None:
            if now >= self._start_at:
                self._started = now
                command = [sys.executable, "-m", "openmuseums.demo.background", *MEMBERS[self.name]]
                # A group of its own: Ctrl-C reaches the server alone, which has this end after it.
                self._process = subprocess.Popen(command, process_group=0)  # noqa: S603 - a fixed command
            return
        status = self._process.poll()
        if status is None:
            return
        self._pause = 1.0 if now - self._started > LIVED_LONG else min(self._pause * 2, LONGEST_PAUSE)
        self._process, self._start_at = None, now + self._pause
        sys.stdout.write(f"The {self.name} ended (status {status}); it is started again.\n")
        sys.stdout.flush()

    def end(self) -> None:
        """Have it end."""
        if self._process is not None:
            self._process.terminate()

    def wait(self) -> None:
        """Wait until it has ended, and end it where it takes too long."""
        if self._process is None:
            return
        try:
            self._process.wait(LAST_WORDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


def keep_running() -> None:
    """Keep the worker and the clock running until told to stop, or until the server is gone."""
    server = os.getppid()
    members = [Member(name) for name in MEMBERS]
    signal.signal(signal.SIGTERM, _stop)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        while os.getppid() == server:
            for member in members:
                member.look()
            time.sleep(LOOK_EACH)
    except _ToldToStop:
        pass
    for member in members:
        member.end()
    for member in members:
        member.wait()


class _ToldToStop(Exception):  # noqa: N818 - no error
    """Raised where the signal to stop comes, so that the end waits for nobody's nap."""


def _stop(number: int, frame: FrameType | None) -> None:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    raise _ToldToStop


def run_command(arguments: list[str]) -> None:
    """Run a management command that ends when whoever started it is gone."""
    from django.core.management import execute_from_command_line  # noqa: PLC0415 - what keeps others running needs none

    threading.Thread(target=_end_with, args=[os.getppid()], daemon=True).start()
    execute_from_command_line(["manage.py", *arguments])


def _end_with(starter: int) -> None:
    while os.getppid() == starter:
        time.sleep(LOOK_EACH)
    os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        run_command(sys.argv[1:])
    else:
        keep_running()
