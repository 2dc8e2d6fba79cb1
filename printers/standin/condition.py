"""What is wrong with the stand-in, and what it therefore says when it is asked."""

from dataclasses import dataclass

NOISE = b"\xff\x00\xc3noise\x13\x81"
NOTHING = b""


@dataclass(frozen=True)
class Condition:
    """`cut_after_bytes` drops the next connection, `out_after_bytes` ends the roll, after so many bytes of one
    connection. `only_paper`: answers `GS r` alone, as old printers do; `garbage`: answers noise. `one_at_a_time`:
    listens to the next connection when this one has ended, as most do; `paper_seconds`: how long the head is busy."""

    paper_out: bool = False
    paper_near_end: bool = False
    cover_open: bool = False
    cutter_jam: bool = False
    overheated: bool = False
    offline: bool = False
    stalled: bool = False
    silent: bool = False
    garbage: bool = False
    only_paper: bool = False
    cut_after_bytes: int | None = None
    out_after_bytes: int | None = None
    one_at_a_time: bool = False
    paper_seconds: float = 0.0

    @property
    def can_print(self) -> bool:
        return not (self.paper_out or self.cover_open or self.cutter_jam or self.overheated or self.offline)

    def answer_to_status(self, number: int) -> bytes:
        """The byte of `DLE EOT n`, as Epson's manual has its bits."""
        if self.garbage:
            return NOISE
        if self.silent or self.only_paper:
            return NOTHING
        match number:
            case 1:
                flags = 0x08 * (not self.can_print)
            case 2:
                flags = 0x04 * self.cover_open | 0x20 * self.paper_out | 0x40 * (self.cutter_jam or self.overheated)
            case 3:
                flags = 0x08 * self.cutter_jam | 0x40 * self.overheated
            case _:
                flags = 0x60 * self.paper_out | 0x0C * (self.paper_near_end or self.paper_out)
        return bytes((0b0001_0010 | flags,))

    def answer_to_paper(self) -> bytes:
        """The byte of `GS r 1`."""
        if self.garbage:
            return NOISE
        if self.silent or self.offline:
            return NOTHING
        return bytes((0x0C * self.paper_out | 0x03 * (self.paper_near_end or self.paper_out),))
