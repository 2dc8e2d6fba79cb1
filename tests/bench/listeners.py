"""Many screens listening at once: plain websockets that speak as much of Engine.IO 4 as listening needs."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Awaitable, Callable

from websockets.asyncio.client import ClientConnection, connect


async def hall_screen(port: int, token: str) -> ClientConnection:
    """Connected to the feed as a display."""
    url = f"ws://127.0.0.1:{port}/socket.io/?EIO=4&transport=websocket"
    screen = await connect(url, compression=None, ping_interval=None)
    await screen.recv()  # 0{…}: the session opens
    await screen.send("40/feed," + json.dumps({"audience": "display", "token": token}))
    while not str(await screen.recv()).startswith("42/feed,"):  # hello
        pass
    return screen


async def bare_screen(port: int) -> ClientConnection:
    screen = await connect(f"ws://127.0.0.1:{port}", compression=None, ping_interval=None)
    await screen.send("listen")
    await screen.recv()
    return screen


async def last_receipt(
    screens: list[ClientConnection], act: Callable[[], Awaitable[None]], is_it: Callable[[str], bool]
) -> float:
    """Seconds from just before `act` until the last screen has the message it waits for."""

    async def hear(screen: ClientConnection) -> float:
        while True:
            message = str(await asyncio.wait_for(screen.recv(), 20))
            if message == "2":  # Engine.IO ping
                await screen.send("3")
            elif is_it(message):
                return time.perf_counter()

    ears = [asyncio.create_task(hear(screen)) for screen in screens]
    await asyncio.sleep(0)
    started = time.perf_counter()
    await act()
    return max(await asyncio.gather(*ears)) - started
