"""How gunicorn serves in tests of freshness: as in the demo, with two workers that write down what each was asked."""

import os
from pathlib import Path
from typing import Any

from openmuseums.demo.serving import control_socket_disable, loglevel, preload_app, threads, worker_class, wsgi_app

__all__ = ["control_socket_disable", "loglevel", "preload_app", "threads", "worker_class", "wsgi_app"]
workers = 2
ASKED = Path(os.environ["SERVED_ASKED"])


def pre_request(worker: Any, request: Any) -> None:
    """Write down which worker was asked, in a file of its own."""
    with (ASKED / str(worker.pid)).open("a") as asked:
        asked.write(f"{request.method} {request.path}\n")
