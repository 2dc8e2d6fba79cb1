"""Reads what ESC/POS printers say of themselves: the four bytes of `DLE EOT 1` to `4`, the older one of `GS r 1`."""

from enum import Enum

QUERIES = (1, 2, 3, 4)
PAPER_QUERY = b"\x1dr\x01"


class PrinterStatus(Enum):
    """`UNKNOWN` means that the printer says nothing, which many good printers do; it is not a fault."""

    READY = "ready"
    PAPER_NEAR_END = "paper_near_end"
    PAPER_OUT = "paper_out"
    COVER_OPEN = "cover_open"
    CUTTER = "cutter"
    OVERHEATED = "overheated"
    DEVICE_ERROR = "device_error"
    UNKNOWN = "unknown"

    @property
    def can_print(self) -> bool:
        return self in (PrinterStatus.READY, PrinterStatus.PAPER_NEAR_END, PrinterStatus.UNKNOWN)


def query(number: int) -> bytes:
    return bytes((0x10, 0x04, number))


def is_status_byte(byte: int) -> bool:
    """Bits 0 and 7 are always off, 1 and 4 always on; anything else on the line is noise."""
    return byte & 0b1001_0011 == 0b0001_0010


def read_status(answers: dict[int, int]) -> PrinterStatus:
    """What the printer's answers (query number → byte) mean, the fault to mend first coming first."""
    if not answers:
        return PrinterStatus.UNKNOWN
    summary, cause, error, paper = (answers.get(number, 0) for number in QUERIES)
    if cause & 0x04:
        return PrinterStatus.COVER_OPEN
    if cause & 0x20 or paper & 0x60:
        return PrinterStatus.PAPER_OUT
    if error & 0x08:
        return PrinterStatus.CUTTER
    if error & 0x40:
        return PrinterStatus.OVERHEATED
    # Offline without a cause comes last: it only sums up the others.
    if error & 0x20 or cause & 0x40 or summary & 0x08:
        return PrinterStatus.DEVICE_ERROR
    return PrinterStatus.PAPER_NEAR_END if paper & 0x0C else PrinterStatus.READY


def is_paper_byte(byte: int) -> bool:
    """Of `GS r 1`: bits 4 and 7 are always off."""
    return byte & 0b1001_0000 == 0


def read_paper_byte(byte: int) -> PrinterStatus:
    """It tells of the paper only: a printer that has some may still have another fault."""
    if byte & 0x0C:
        return PrinterStatus.PAPER_OUT
    return PrinterStatus.PAPER_NEAR_END if byte & 0x03 else PrinterStatus.READY
