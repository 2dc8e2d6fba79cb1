"""Asks a printer how it is, by whichever of the two ways of ESC/POS it answers, within seconds."""

import logging
import time

from printers.devices.status import (
    PAPER_QUERY,
    QUERIES,
    PrinterStatus,
    is_paper_byte,
    is_status_byte,
    query,
    read_paper_byte,
    read_status,
)
from printers.devices.wire import Wire

logger = logging.getLogger(__name__)

ANSWER_SECONDS = 2.0  # for all four questions together
PAPER_ANSWER_SECONDS = 0.5  # for the older question after it
SILENT_SECONDS = 0.3  # for one that said nothing last time: each visitor would wait for it
ANSWER_AFTER_PAPER_SECONDS = 3.0  # cheap printers answer only when the paper is out


class Questions:
    """Remembers how this printer answers, so that it is not asked in vain before each paper."""

    def __init__(self) -> None:
        self._way = "both"  # both | realtime (`DLE EOT`) | paper (`GS r`) | silent

    def ask_before(self, wire: Wire) -> PrinterStatus:
        return self._ask(wire, SILENT_SECONDS if self._way == "silent" else ANSWER_SECONDS)

    def ask_after(self, wire: Wire) -> PrinterStatus:
        """After a paper: `UNKNOWN` from a printer that answered before it is no good sign."""
        return self._ask(wire, ANSWER_AFTER_PAPER_SECONDS)

    def _ask(self, wire: Wire, patience_seconds: float) -> PrinterStatus:
        try:
            wire.drain()
            if self._way != "paper" and (answers := _answers(wire, patience_seconds)):
                self._way = "realtime"
                return read_status(answers)
            if self._way != "realtime" and (paper := _paper_answer(wire, patience_seconds, self._way)) is not None:
                self._way = "paper"
                return read_paper_byte(paper)
        except OSError as error:
            # No trouble yet: if the line is really gone, sending the paper or the missing answer will say so.
            logger.info("A printer broke off while asked for its status: %s", error)
        self._way = "silent"
        return PrinterStatus.UNKNOWN


def _answers(wire: Wire, patience_seconds: float) -> dict[int, int]:
    """Puts the four questions; a printer that leaves one unanswered is not asked the next."""
    answers: dict[int, int] = {}
    until = time.monotonic() + patience_seconds
    for number in QUERIES:
        wire.send(query(number))
        answer = _one_byte(wire, until - time.monotonic())
        if answer is None or not is_status_byte(answer):
            break
        answers[number] = answer
    return answers


def _paper_answer(wire: Wire, patience_seconds: float, way: str) -> int | None:
    """To the older `GS r 1`, which is answered in its turn: by a printer that is off line not at all."""
    wire.send(PAPER_QUERY)
    answer = _one_byte(wire, patience_seconds if way == "paper" else min(patience_seconds, PAPER_ANSWER_SECONDS))
    return answer if answer is not None and is_paper_byte(answer) else None


def _one_byte(wire: Wire, seconds: float) -> int | None:
    """An answer is one byte. A printer that says more, or something else, is as good as silent."""
    received = wire.receive(max(0.0, seconds))
    return received[0] if len(received) == 1 else None
