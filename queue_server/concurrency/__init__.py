"""Everything that knows about eventlet: patching, native threads, waking greenlets, serving, and the feed's fan-out.

Changing the server later must be a change of this folder (docs/decisions/0003-eventlet-in-one-module.md).
`patch()` is the very first statement of the program: it must run before anything that opens sockets is imported.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from queue_server.concurrency.native_thread import NativeThread
from queue_server.concurrency.serving import end_at, listen, patch, serve

if TYPE_CHECKING:
    from queue_server.concurrency.fan_out import FanOutManager

__all__ = ["NativeThread", "end_at", "listen", "make_client_manager", "patch", "serve"]


def make_client_manager(redis_url: str | None, channel: str = "xinting") -> FanOutManager:
    """For `SocketIO(client_manager=…)`: the feed's fan-out, in one process or, with Redis, in several.

    Halls that share one Redis need a `channel` each, or they hear each other.
    """
    from queue_server.concurrency import fan_out  # here, since it imports Socket.IO and must come after `patch()`

    return fan_out.make_client_manager(redis_url, channel)
