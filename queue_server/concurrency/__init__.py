"""Everything that knows about eventlet: patching, native threads, waking greenlets, serving, and the feed's fan-out.

Changing the server later must be a change of this folder (docs/decisions/0003-eventlet-in-one-module.md).
`patch()` is the very first statement of the program: it must run before anything that opens sockets is imported.
"""

from queue_server.concurrency.native_thread import NativeThread
from queue_server.concurrency.serving import listen, patch, serve

__all__ = ["NativeThread", "listen", "patch", "serve"]
