"""The floor of the feed: the `websockets` library broadcasting given bytes.

`python -m tests.bench.bare_broadcast PORT BYTES`

Whoever sends "go" causes one broadcast to everybody else.
"""

from __future__ import annotations

import asyncio
import sys

from websockets.asyncio.server import ServerConnection, broadcast, serve


async def main(port: int, size: int) -> None:
    listeners: set[ServerConnection] = set()
    message = "x" * size

    async def handle(connection: ServerConnection) -> None:
        async for word in connection:
            if word == "listen":
                listeners.add(connection)
                await connection.send("listening")
            elif word == "go":
                broadcast(listeners, message)
        listeners.discard(connection)

    async with serve(handle, "127.0.0.1", port, compression=None):
        await asyncio.get_running_loop().create_future()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), int(sys.argv[2])))
