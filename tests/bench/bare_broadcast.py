"""The floor of the feed: the `websockets` library broadcasting as many bytes as it is told.

`python -m tests.bench.bare_broadcast PORT`

Whoever says "go 300" causes one broadcast of 300 bytes to all who said "listen".
"""

from __future__ import annotations

import asyncio
import sys
from contextlib import suppress

from websockets.asyncio.server import ServerConnection, broadcast, serve
from websockets.exceptions import ConnectionClosed


async def main(port: int) -> None:
    listeners: set[ServerConnection] = set()

    async def handle(connection: ServerConnection) -> None:
        with suppress(ConnectionClosed):
            async for said in connection:
                word, _, size = str(said).partition(" ")
                if word == "listen":
                    listeners.add(connection)
                    await connection.send("listening")
                elif word == "go":
                    broadcast(listeners, "x" * int(size))
        listeners.discard(connection)

    async with serve(handle, "127.0.0.1", port, compression=None, ping_interval=None):
        await asyncio.get_running_loop().create_future()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1])))
