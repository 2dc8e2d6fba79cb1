"""Listens to the server's feed for new print jobs, so that paper need not wait for the next look."""

import logging
import threading
from collections.abc import Callable
from typing import Any

import socketio

logger = logging.getLogger(__name__)

NAMESPACE = "/feed"
RECONNECT_SECONDS = 2.0


class FeedEar:
    """Calls `on_job` whenever a job may be there: on `print_job`, and after each connection for what was missed."""

    def __init__(self, server_url: str, token: str, printer: str, on_job: Callable[[], None]) -> None:
        self._server_url = server_url
        self._auth = {"token": token, "audience": "printer"}
        self._printer = printer
        self._on_job = on_job
        self._stopped = threading.Event()
        self._disconnected = threading.Event()
        # Reconnecting is the loop's below: the client's own gives up after a refusal.
        self._client = socketio.Client(reconnection=False, handle_sigint=False)
        self._client.on("connect", self._on_connect, namespace=NAMESPACE)
        self._client.on("disconnect", self._on_disconnect, namespace=NAMESPACE)
        self._client.on("print_job", self._on_print_job, namespace=NAMESPACE)

    def run(self) -> None:
        """Blocks until `stop`. The client is touched by this thread only: two that disconnect at once break it."""
        was_away = False
        while not self._stopped.is_set():
            try:
                self._listen()
                was_away = False
            except Exception as error:
                # A broken feed must not stop printing, and the client lets errors of three libraries through.
                if not was_away:
                    logger.warning("The feed is away, jobs are fetched every few seconds meanwhile: %s", error)
                was_away = True
            self._stopped.wait(RECONNECT_SECONDS)

    def _listen(self) -> None:
        """One connection, from beginning to end."""
        self._disconnected.clear()
        self._client.connect(
            self._server_url, auth=self._auth, transports=["websocket"], namespaces=[NAMESPACE], wait_timeout=3
        )
        while not (self._disconnected.wait(1.0) or self._stopped.is_set()):
            pass
        if self._client.connected:
            self._client.disconnect()

    def stop(self) -> None:
        """Returns at once; `run` ends some seconds later, when the server has said goodbye or did not."""
        self._stopped.set()
        self._disconnected.set()

    def _on_connect(self) -> None:
        self._on_job()

    def _on_disconnect(self, *_reason: Any) -> None:
        self._disconnected.set()

    def _on_print_job(self, message: Any = None) -> None:
        wanted = message.get("printer") if isinstance(message, dict) else None
        if wanted in (None, self._printer):
            self._on_job()
