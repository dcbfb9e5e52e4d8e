"""A small caching proxy, as one stands before a site: it keeps what is public, and asks again where it is told to."""

import http.client
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from tests.servers import PATIENCE


@dataclass(frozen=True)
class Kept:
    """An answer that the proxy keeps."""

    etag: str
    headers: tuple[tuple[str, str], ...]
    body: bytes


@dataclass
class Proxy:
    """A proxy before a port of this machine. told: what it did for each request, in order."""

    origin: int
    port: int = 0
    kept: dict[str, Kept] = field(default_factory=dict)
    told: list[str] = field(default_factory=list)

    def answer(self, path: str) -> tuple[int, tuple[tuple[str, str], ...], bytes]:
        """Return the answer to a GET without cookies, from the store where that is still right."""
        kept = self.kept.get(path)
        status, headers, body = get(self.origin, path, {"If-None-Match": kept.etag} if kept else {})
        if status == 304 and kept is not None:
            self.told.append("kept")
            return 200, kept.headers, kept.body
        self.told.append("fetched")
        found = {name.lower(): value for name, value in headers}
        rules = {rule.strip() for rule in found.get("cache-control", "").split(",")}
        # Nothing is answered from the store unasked: that is what `must-revalidate` and an age of 0 ask for.
        assert not {"no-store", "private"} & rules
        assert {"public", "max-age=0", "must-revalidate"} <= rules
        if status == 200 and "etag" in found and "set-cookie" not in found:
            self.kept[path] = Kept(found["etag"], headers, body)
        return status, headers, body


def get(port: int, path: str, headers: dict[str, str]) -> tuple[int, tuple[tuple[str, str], ...], bytes]:
    """Ask a port of this machine once; return status, headers and body."""
    asked = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        asked.request("GET", path, headers={"Accept-Encoding": "identity", "Connection": "close", **headers})
        answer = asked.getresponse()
        return answer.status, tuple(answer.getheaders()), answer.read()
    finally:
        asked.close()


@contextmanager
def proxy_before(origin: int) -> Iterator[Proxy]:
    """Serve through a proxy while the block lasts."""
    proxy = Proxy(origin)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, headers, body = proxy.answer(self.path)
            self.send_response(status)
            for name, value in headers:
                if name.lower() not in {"connection", "transfer-encoding", "content-length", "date", "server"}:
                    self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - as it is called
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    proxy.port = server.server_port
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield proxy
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
