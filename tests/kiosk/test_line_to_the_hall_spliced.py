"""The page's WebSocket goes through the kiosk: closed when the hall is away, and nobody's log is filled with it."""

from __future__ import annotations

import logging
import socket
import threading
from collections.abc import Iterator

import pytest
from werkzeug.serving import make_server

from kiosk.alone.gateway import Gateway
from kiosk.device import _QuietHandler

HELLO = (
    b"GET /socket.io/?transport=websocket HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n"
    b"Connection: Upgrade\r\nUpgrade: websocket\r\n\r\n"
)


class Listening:
    """The kiosk's pages in front of a hall."""

    def __init__(self, hall_port: int) -> None:
        gateway = Gateway(
            f"http://127.0.0.1:{hall_port}", "token", None, None, print_job=print, paper_states=dict, rang=lambda: None
        )  # type: ignore[arg-type]
        self._server = make_server("127.0.0.1", 0, gateway, threaded=True, request_handler=_QuietHandler)
        self.port = self._server.server_port
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def browser(self) -> socket.socket:
        page = socket.create_connection(("127.0.0.1", self.port), 20)
        page.sendall(HELLO % self.port)
        return page

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def hall() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as hall:
        hall.settimeout(20)
        yield hall


def test_what_both_say_passes_and_when_the_hall_goes_the_page_hears_it_at_once(
    hall: socket.socket, caplog: pytest.LogCaptureFixture
):
    kiosk = Listening(hall.getsockname()[1])
    try:
        with kiosk.browser() as page:
            line, _ = hall.accept()
            assert b"Authorization: Bearer token" in line.recv(4000)
            line.sendall(b"from the hall")
            assert page.recv(100) == b"from the hall"
            page.sendall(b"from the page")
            assert line.recv(100) == b"from the page"
            line.close()
            assert page.recv(100) == b""
        hall.close()
        with kiosk.browser() as page:  # nobody is there any more
            assert page.recv(100) == b""
    finally:
        kiosk.stop()
    assert [one for one in caplog.records if one.levelno >= logging.ERROR] == []
