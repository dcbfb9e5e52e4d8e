"""A real gunicorn on the test's database, in a process group of its own, as tests start and kill it."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from django.db import connection

PROJECT = Path(__file__).parents[1]
PATIENCE = 120  # a bound on a machine that is busy with other things, not a duration that is asserted


class Server:
    """A server of its own process group. config: the module that says how it serves."""

    def __init__(self, folder: Path, config: str) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.config = config
        self.output = folder / "output"
        self.environment = {
            **os.environ,
            "PYTHONPATH": f"{PROJECT / 'site'}:{PROJECT}",  # this checkout, wherever the environment comes from
            "DJANGO_SETTINGS_MODULE": "tests.served_settings",
            "SERVED_DATABASE": str(connection.settings_dict["NAME"]),
            "TMPDIR": str(folder),  # a process that is killed leaves its scratch folder behind
        }

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
