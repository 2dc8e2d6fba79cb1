"""A WebSocket between the browser and the hall: the kiosk ties the two ends together and looks at nothing.

Werkzeug hands over the browser's own socket (`werkzeug.socket`), as its documentation offers to WebSocket servers.
"""

from __future__ import annotations

import selectors
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any, NoReturn
from urllib.parse import urlsplit

CONNECT_SECONDS = 3.0
CHUNK = 65536
NOT_PASSED = {"HTTP_HOST", "HTTP_COOKIE", "HTTP_ORIGIN", "HTTP_AUTHORIZATION", "HTTP_CONNECTION", "HTTP_UPGRADE"}


class BothClosed(ConnectionError):
    """Nothing is to be answered any more: to Werkzeug a connection that was dropped, of which it says nothing."""


def splice(environ: dict[str, Any], server_url: str, token: str) -> NoReturn:
    """Blocks until one end is closed, and raises BothClosed. The browser notices a hall that is away by its closed
    connection."""
    browser: socket.socket = environ["werkzeug.socket"]
    with _closed_at_the_end(browser), suppress(OSError):  # either end went away; the browser comes again by itself
        hall = _connect(server_url)
        with _closed_at_the_end(hall):
            hall.sendall(_handshake(environ, server_url, token))
            _carry(browser, hall)
    raise BothClosed


@contextmanager
def _closed_at_the_end(end: socket.socket) -> Iterator[None]:
    """At once: Werkzeug still holds a file of it, which would keep the browser's end open."""
    try:
        yield
    finally:
        with suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)
        end.close()


def _connect(server_url: str) -> socket.socket:
    address = urlsplit(server_url)
    assert address.hostname is not None
    port = address.port or (443 if address.scheme == "https" else 80)
    plain = socket.create_connection((address.hostname, port), CONNECT_SECONDS)
    if address.scheme == "https":
        plain = ssl.create_default_context().wrap_socket(plain, server_hostname=address.hostname)
    plain.settimeout(None)
    return plain


def _handshake(environ: dict[str, Any], server_url: str, token: str) -> bytes:
    query = f"?{environ['QUERY_STRING']}" if environ.get("QUERY_STRING") else ""
    lines = [
        f"GET {environ['PATH_INFO']}{query} HTTP/1.1",
        f"Host: {urlsplit(server_url).netloc}",
        f"Origin: {server_url}",
        "Connection: Upgrade",
        "Upgrade: websocket",
        f"Authorization: Bearer {token}",
    ]
    for name, value in environ.items():
        if name.startswith("HTTP_") and name not in NOT_PASSED:
            lines.append(f"{name[5:].replace('_', '-').title()}: {value}")
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")


def _carry(browser: socket.socket, hall: socket.socket) -> None:
    other = {browser: hall, hall: browser}
    with selectors.DefaultSelector() as ready:
        for end in other:
            ready.register(end, selectors.EVENT_READ)
        while True:
            for key, _ in ready.select():
                end = key.fileobj
                assert isinstance(end, socket.socket)
                while True:  # what TLS has decrypted already does not make the socket ready again
                    some = end.recv(CHUNK)
                    if not some:
                        return
                    other[end].sendall(some)
                    if not (isinstance(end, ssl.SSLSocket) and end.pending()):
                        break
