"""How gunicorn serves in tests: as in the demo but with one worker, which stops where the test says and waits there."""

from typing import Any

from openmuseums.demo.serving import control_socket_disable, loglevel, preload_app, threads, worker_class, wsgi_app
from tests.stopping import watch_statements

__all__ = ["control_socket_disable", "loglevel", "preload_app", "threads", "worker_class", "wsgi_app"]
workers = 1


def post_worker_init(worker: Any) -> None:
    """Watch the statements of every connection."""
    watch_statements()
