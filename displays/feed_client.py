"""A client that hears the hall's feed in its order. The stock one gives each message a thread, and threads overtake."""

from __future__ import annotations

import logging
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import engineio
import socketio

logger = logging.getLogger(__name__)


class _OneByOne(engineio.Client):  # type: ignore[misc]
    """Not in the thread that reads: a handler may ask the hall, and the line must be answered meanwhile."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._hearing = ThreadPoolExecutor(max_workers=1, thread_name_prefix="feed")

    def _trigger_event(self, event: str, *args: Any, **how: Any) -> Any:
        if event == "message":
            return self._hearing.submit(self._hear, *args)
        return super()._trigger_event(event, *args, **how)

    def _hear(self, message: Any) -> None:
        try:
            self.handlers["message"](message)
        except Exception:
            # one message that nobody understands must not end the hearing of all that follow
            logger.exception("A message of the feed failed", extra={"action": "feed_message_failed"})


class FeedClient(socketio.Client):  # type: ignore[misc]
    def _engineio_client_class(self) -> type[engineio.Client]:
        return _OneByOne
