"""How gunicorn serves the demo."""

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


def when_ready(server: Any) -> None:
    """Say that the demo can be opened."""
    address = server.LISTENERS[0].getsockname()
    sys.stdout.write(f"\nReady: http://{address[0]}:{address[1]}/   (Ctrl-C ends it)\n")
    sys.stdout.flush()
