"""Asking a WSGI application in this process, as a server would: headers in, every byte of the answer out."""

import io
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.test import Client

_TOKEN = "t" * 32


@dataclass(frozen=True)
class Answer:
    """What came back: the status, the headers, and how many bytes."""

    status: int
    headers: dict[str, str]
    size: int


@dataclass
class Browser:
    """Asks an application, with cookies."""

    application: Any
    cookies: dict[str, str] = field(default_factory=dict)
    host: str = "testserver"

    @classmethod
    def signed_in(cls, application: Any, client: Client, *, host: str = "testserver") -> "Browser":
        """Return a browser with the cookies of a client of Django's tests, which somebody is signed in with."""
        return cls(application, {name: morsel.value for name, morsel in client.cookies.items()}, host)

    def get(self, address: str, **headers: str) -> Answer:
        """Read an address."""
        return self._ask("GET", address, b"", headers)

    def post(self, address: str, data: dict[str, str] | None = None) -> Answer:
        """Send a form, with the token that its page would have."""
        self.cookies["csrftoken"] = _TOKEN
        return self._ask("POST", address, urlencode(data or {}).encode(), {"X_CSRFTOKEN": _TOKEN})

    def _ask(self, method: str, address: str, body: bytes, headers: dict[str, str]) -> Answer:
        parts = urlsplit(address)
        environ = {
            "REQUEST_METHOD": method,
            "SCRIPT_NAME": "",
            "PATH_INFO": parts.path,
            "QUERY_STRING": parts.query,
            "SERVER_NAME": self.host,
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1",
            "HTTP_HOST": self.host,
            # As browsers ask: packing is part of what an answer costs.
            "HTTP_ACCEPT_ENCODING": "gzip",
            "HTTP_COOKIE": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(body),
            "wsgi.errors": io.StringIO(),
            "wsgi.multithread": False,
            "wsgi.multiprocess": False,
            "wsgi.run_once": False,
            **{f"HTTP_{name.upper()}": value for name, value in headers.items()},
        }
        if body or method == "POST":
            environ |= {"CONTENT_TYPE": "application/x-www-form-urlencoded", "CONTENT_LENGTH": str(len(body))}
        found: list[Any] = []
        pieces = self.application(environ, lambda status, sent, _error=None: found.extend((status, sent)))
        try:
            size = sum(len(piece) for piece in pieces)
        finally:
            if hasattr(pieces, "close"):
                pieces.close()
        status, sent = found
        for name, value in sent:
            if name == "Set-Cookie":
                self.cookies |= {key: morsel.value for key, morsel in SimpleCookie(value).items()}
        return Answer(int(status.split()[0]), dict(sent), size)
