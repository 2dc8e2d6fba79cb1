"""The frame that is built once for all is the frame that another library builds."""

from __future__ import annotations

import pytest
from websockets.frames import Frame, Opcode

from queue_server.concurrency.straight_socket import frame_of


@pytest.mark.parametrize("length", [0, 1, 41, 42, 125, 126, 127, 65_535, 65_536, 100_000])
@pytest.mark.parametrize("character", ["x", "号"])
def test_a_text_of_any_length_becomes_the_frame_that_the_websockets_library_makes_of_it(length: int, character: str):
    text = character * length

    assert frame_of(text) == Frame(Opcode.TEXT, text.encode()).serialize(mask=False)


def test_bytes_become_a_binary_frame():
    assert frame_of(b"\x00\x01") == Frame(Opcode.BINARY, b"\x00\x01").serialize(mask=False)
