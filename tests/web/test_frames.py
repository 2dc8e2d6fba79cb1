"""The frame that all screens share is the one that the WebSocket standard wants, by another library's word."""

from __future__ import annotations

import pytest
from websockets.frames import Frame, Opcode

from queue_server.concurrency.straight_socket import frame_of


@pytest.mark.parametrize("length", [0, 1, 125, 126, 127, 65_535, 65_536, 100_000])
def test_a_frame_of_any_length_is_the_same_as_that_of_another_library(length: int):
    text = "号" * (length // 3) + "a" * (length % 3)

    assert frame_of(text) == Frame(Opcode.TEXT, text.encode()).serialize(mask=False)
    assert frame_of(text.encode()) == Frame(Opcode.BINARY, text.encode()).serialize(mask=False)
