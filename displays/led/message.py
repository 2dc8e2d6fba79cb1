"""What the text panel above a counter says: one ticket, or one word. Pure."""

from __future__ import annotations

from dataclasses import dataclass

UNKNOWN = "--"  # the panel does not know: rather that than an old number


@dataclass(frozen=True, slots=True)
class PanelMessage:
    """`flash`: the number has just been called. Text is plain ASCII, which every panel can write."""

    text: str
    flash: bool = False


@dataclass(frozen=True, slots=True)
class CounterState:
    """One counter as the public board tells it. `stage` is the ticket's: called | serving | held, or empty."""

    ticket: str = ""
    stage: str = ""
    is_open: bool = False
    paused: bool = False


def message_of(counter: CounterState | None, *, is_danger: bool = False) -> PanelMessage:
    """The text for a counter; None while the hall has not been heard. In danger no number may draw anybody there."""
    if counter is None:
        return PanelMessage(UNKNOWN)
    if is_danger:
        return PanelMessage("ALERT", flash=True)
    if counter.ticket:
        return PanelMessage(counter.ticket, flash=counter.stage == "called")
    if counter.paused:
        return PanelMessage("PAUSED")
    return PanelMessage("WAIT" if counter.is_open else "CLOSED")
