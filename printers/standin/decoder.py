"""A strict reader of the ESC/POS that our tickets are made of; anything else is an error, not a guess."""

from collections.abc import Iterator
from dataclasses import dataclass

HEAD_BYTES = 72  # 576 dots
LINE_FEED_DOTS = 30

ESC, GS, DLE, EOT, LF, FS = 0x1B, 0x1D, 0x10, 0x04, 0x0A, 0x1C


class BadBytes(ValueError):
    """The stream holds what this printer does not know; the message says where."""


@dataclass(frozen=True)
class Reset:
    """`ESC @`"""


@dataclass(frozen=True)
class Rows:
    """`GS v 0`: rows of dots, `HEAD_BYTES` each, 1 is black. Line feeds are rows of white."""

    dots: bytes


@dataclass(frozen=True)
class Cut:
    """`GS V`"""


@dataclass(frozen=True)
class StatusQuery:
    """`DLE EOT n`"""

    number: int


@dataclass(frozen=True)
class PaperQuery:
    """`GS r n`: the older question for the paper."""


@dataclass(frozen=True)
class TextLine:
    """Characters up to a line feed, in the size and look set before them. Chinese as GB18030 (`FS &`)."""

    text: str
    times: int = 1
    bold: bool = False
    centred: bool = False
    inverted: bool = False


Command = Reset | Rows | Cut | StatusQuery | PaperQuery | TextLine


class Decoder:
    """Takes bytes as they arrive, in whatever pieces, and gives whole commands."""

    def __init__(self) -> None:
        self._buffer = bytearray()
        self._offset = 0
        self._look: dict[str, int] = {}  # what the sizing and styling commands have set
        self._text = bytearray()  # characters of the line that is not fed yet

    @property
    def is_between_commands(self) -> bool:
        return not self._buffer

    def feed(self, received: bytes) -> Iterator[Command]:
        self._buffer += received
        while self._buffer:
            parsed = self._parse()
            if parsed is None:
                return
            command, length = parsed
            del self._buffer[:length]
            self._offset += length
            if command is not None:
                yield command

    def _parse(self) -> tuple[Command | None, int] | None:
        """The first command (None for one that only sets a look) and its length; None while it is not all there."""
        have = self._buffer
        if have[0] == LF:
            return (self._line() if self._text else _white(LINE_FEED_DOTS)), 1
        if have[0] >= 0x20:
            return self._character()
        if have[0] not in (ESC, GS, DLE, FS):
            raise self._bad("no command")
        if len(have) < 2:
            return None
        match have[0], have[1]:
            case 0x1B, 0x40:
                self._look.clear()
                return Reset(), 2
            case 0x1C, 0x26 | 0x2E:
                self._look["chinese"] = int(have[1] == 0x26)
                return None, 2
            case (0x1B, 0x45 | 0x61) | (0x1C, 0x21) | (0x1D, 0x21 | 0x42):
                return self._set_look()
            case 0x1B, 0x64:
                return (_white(have[2] * LINE_FEED_DOTS), 3) if len(have) >= 3 else None
            case 0x1B, 0x4A:
                return (_white(have[2]), 3) if len(have) >= 3 else None
            case 0x10, 0x04:
                return self._status_query()
            case 0x1D, 0x72:
                return self._paper_query()
            case 0x1D, 0x76:
                return self._raster()
            case 0x1D, 0x56:
                return self._cut()
        raise self._bad("unknown command")

    def _character(self) -> tuple[None, int] | None:
        """One character: ASCII, or two or four bytes of GB18030 once Chinese is on."""
        have = self._buffer
        length = 1
        if have[0] >= 0x80:
            if not self._look.get("chinese"):
                raise self._bad("Chinese before FS &")
            if len(have) < 2:
                return None
            length = 4 if 0x30 <= have[1] <= 0x39 else 2
        if len(have) < length:
            return None
        self._text += have[:length]
        return None, length

    def _line(self) -> TextLine:
        """Hanzi and letters of one line must stand equally high, or the line would overlap itself."""
        try:
            text = self._text.decode("gb18030")
        except UnicodeDecodeError as error:
            raise self._bad(f"no GB18030: {error.reason}") from error
        latin, chinese = self._look.get("latin", 0), self._look.get("hanzi", 0)
        times = (latin & 0x0F) + 1
        if latin >> 4 != latin & 0x0F or (not text.isascii() and times != (2 if chinese & 0x0C == 0x0C else 1)):
            raise self._bad(f"Hanzi and letters of {text!r} are sized apart")
        self._text.clear()
        look = self._look
        return TextLine(text, times, bool(look.get("bold")), look.get("aligned") == 1, bool(look.get("inverted")))

    def _set_look(self) -> tuple[None, int] | None:
        if len(self._buffer) < 3:
            return None
        names = {b"\x1bE": "bold", b"\x1ba": "aligned", b"\x1c!": "hanzi", b"\x1d!": "latin", b"\x1dB": "inverted"}
        self._look[names[bytes(self._buffer[:2])]] = self._buffer[2]
        return None, 3

    def _status_query(self) -> tuple[Command, int] | None:
        if len(self._buffer) < 3:
            return None
        if not 1 <= self._buffer[2] <= 4:
            raise self._bad("unknown status query")
        return StatusQuery(self._buffer[2]), 3

    def _paper_query(self) -> tuple[Command, int] | None:
        if len(self._buffer) < 3:
            return None
        if self._buffer[2] not in (1, 49):
            raise self._bad("GS r asks for more than the paper")
        return PaperQuery(), 3

    def _raster(self) -> tuple[Command, int] | None:
        have = self._buffer
        if len(have) < 8:
            return None
        if have[2] != 0x30 or have[3] != 0:
            raise self._bad("only GS v 0 in its normal size")
        width, height = have[4] | have[5] << 8, have[6] | have[7] << 8
        if not 0 < width <= HEAD_BYTES or height == 0:
            raise self._bad(f"a picture of {width} bytes × {height} rows")
        length = 8 + width * height
        if len(have) < length:
            return None
        rows = (bytes(have[start : start + width]) for start in range(8, length, width))
        return Rows(b"".join(row.ljust(HEAD_BYTES, b"\0") for row in rows)), length

    def _cut(self) -> tuple[Command, int] | None:
        have = self._buffer
        if len(have) < 3:
            return None
        if have[2] in (0, 1, 48, 49):
            return Cut(), 3
        if have[2] in (65, 66):
            return (Cut(), 4) if len(have) >= 4 else None
        raise self._bad("unknown cut")

    def _bad(self, what: str) -> BadBytes:
        return BadBytes(f"byte {self._offset}: {what} ({self._buffer[:8].hex(' ')})")


def _white(dots: int) -> Rows:
    return Rows(b"\0" * HEAD_BYTES * dots)
