"""How gunicorn serves the demo, and what runs beside it."""

import subprocess
import sys
from typing import Any

wsgi_app = "openmuseums.wsgi:application"
workers = 2
threads = 4
worker_class = "gthread"
# Loaded before the first request is let in, so that "ready" is true.
preload_app = True
loglevel = "warning"
control_socket_disable = True


_beside: list[subprocess.Popen[bytes]] = []


def when_ready(server: Any) -> None:
    """Start the worker and the clock, and say that the demo can be opened."""
    command = [sys.executable, "-m", "openmuseums.demo.background"]
    # A group of its own: Ctrl-C reaches the server alone, which ends what runs beside it.
    _beside.append(subprocess.Popen(command, process_group=0))  # noqa: S603 - a fixed command
    host, port = server.LISTENERS[0].getsockname()
    sys.stdout.write(
        f"\nReady: http://{host}:{port}/ or http://localhost:{port}/   (Ctrl-C ends it)\n"
        f"Passkeys work at http://localhost:{port}/ alone. Letters are at http://localhost:{port}/_mail/ for the"
        " administrator.\n"
    )
    sys.stdout.flush()


def on_exit(server: Any) -> None:
    """End what runs beside the server."""
    for process in _beside:
        process.terminate()
        process.wait()
