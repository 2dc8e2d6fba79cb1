"""A ticket as lines of paper. Pure: no printer, no picture, no clock.

Every text from outside is cleaned and cut to a length here, so whatever a name holds, the paper keeps its shape.
"""

from dataclasses import replace

from printers.lines import Cell, Checklist, Columns, Cut, Feed, Line, Qr, Role, Rule, Text
from printers.paper_ticket import Material, PaperTicket, WaitRange
from printers.wording import clean, say

# The longest real texts: a service of 24 characters, a material of 29, a page with 9 materials.
LONGEST_NAME = 60
LONGEST_THEN = 120
LONGEST_MATERIAL = 48
MOST_MATERIALS = 10
# Beyond this a QR code needs modules too fine for a thermal head and a cheap phone.
LONGEST_LINK = 300
_EDGE_DOTS = 24
PURPOSES = ("coaching", "counter", "care")
ERRORS_OF = ("today", "month")


def lay_out(ticket: PaperTicket) -> list[Line]:
    lines = _lines(ticket)
    return enlarged(lines) if ticket.large_print else lines


def _lines(ticket: PaperTicket) -> list[Line]:
    return [
        Feed(_EDGE_DOTS),
        *_heading(ticket),
        Rule(),
        *(_kept(ticket) if ticket.fetching else [_facts(ticket), *_wait_error(ticket)]),
        *_then(ticket),
        *([Text(text=say(ticket.language, "alone"))] if ticket.alone else []),
        Rule(),
        *_materials(ticket),
        *_progress(ticket),
        Rule(),
        *_feedback(ticket),
        Feed(_EDGE_DOTS),
        Cut(),
    ]


def _heading(ticket: PaperTicket) -> list[Line]:
    zone = ticket.zone
    lines: list[Line] = []
    if ticket.simulated:
        lines.append(Text(text=say(ticket.language, "simulated"), bold=True, inverted=True))
    if ticket.asked_at:
        lines.append(Text(text=say(ticket.language, "asked_at", printer=clean(ticket.asked_at, 32)), bold=True))
    if ticket.reprint:
        lines.append(Text(text=say(ticket.language, "reprint"), bold=True, inverted=True))
    texts = [
        Text(text=clean(ticket.hall, LONGEST_NAME), role=Role.HALL, bold=True),
        Text(text=clean(ticket.ticket, 12), role=Role.NUMBER, bold=True),
        Text(text=clean(f"{zone.shape} {zone.name}", LONGEST_NAME), role=Role.ZONE, bold=True),
        Text(text=clean(zone.other_name, LONGEST_NAME), role=Role.SMALL),
        Text(text=clean(zone.way, LONGEST_NAME), role=Role.WAY, bold=True),
        Text(text=say(ticket.language, f"zone_{zone.purpose}") if zone.purpose in PURPOSES else ""),
        Text(text=clean(ticket.service, LONGEST_NAME)),
        Text(text=clean(ticket.other_service, LONGEST_NAME), role=Role.SMALL),
    ]
    return lines + [text for text in texts if text.text]


def _then(ticket: PaperTicket) -> list[Line]:
    """A visit of several services: what follows on this number, and how long all of it is likely to take in waiting."""
    if not ticket.then:
        return []
    lines: list[Line] = [Text(text=say(ticket.language, "then", services=clean(ticket.then, LONGEST_THEN)))]
    if ticket.total is not None:
        _, range_said = _wait(ticket.total, ticket.language)
        lines.append(Text(text=say(ticket.language, "then_total", wait=range_said)))
    return lines


def _kept(ticket: PaperTicket) -> list[Line]:
    """Instead of people ahead and wait: nothing moves on until the visitor is back."""
    return [
        Text(text=say(ticket.language, "kept"), role=Role.WAY, bold=True),
        Text(text=say(ticket.language, "kept_how", behind=ticket.return_behind)),
    ]


def _facts(ticket: PaperTicket) -> Columns:
    label, value = _wait(ticket.wait, ticket.language)
    return Columns(
        (
            Cell(say(ticket.language, "ahead"), _people(ticket)),
            Cell(label, value),
            Cell(say(ticket.language, "issued"), clean(ticket.issued_at, 8)),
        )
    )


def _wait_error(ticket: PaperTicket) -> list[Line]:
    """By how much the waits told have been off, where a range was told and enough is known."""
    if ticket.wait is None or ticket.wait.high <= 1 or ticket.wait_error is None:
        return []
    of = ticket.wait_error_of if ticket.wait_error_of in ERRORS_OF else "today"
    return [Text(text=say(ticket.language, f"wait_error_{of}", minutes=ticket.wait_error), role=Role.SMALL)]


def _people(ticket: PaperTicket) -> str:
    """A kiosk that was alone knows nobody but those whom it gave a number itself."""
    return (
        say(ticket.language, "ahead_unknown")
        if ticket.alone
        else say(ticket.language, "ahead_value", ahead=ticket.ahead)
    )


def _wait(wait: WaitRange | None, language: str) -> tuple[str, str]:
    if wait is None:
        return say(language, "wait"), say(language, "wait_unknown")
    if wait.high <= 1:  # a counter is free: that is no guess
        return say(language, "wait"), say(language, "wait_none")
    label = say(language, "wait_rough" if wait.rough else "wait")
    if wait.low == wait.high:
        return label, say(language, "wait_minutes", low=wait.low)
    return label, say(language, "wait_range", low=wait.low, high=wait.high)


def _materials(ticket: PaperTicket) -> list[Line]:
    known = sorted(ticket.materials, key=lambda material: not material.missing)  # what is missing first
    items = [text for material in known if (text := _material(material, ticket.language))]
    if not items:
        return []
    shown = items if len(items) <= MOST_MATERIALS else items[: MOST_MATERIALS - 1]
    doubt = "" if ticket.confirmed else say(ticket.language, "materials_unconfirmed")
    lines: list[Line] = [
        Text(lead=say(ticket.language, "materials"), text=doubt, centred=False),
        Checklist(tuple(shown)),
    ]
    if hidden := len(items) - len(shown):
        more = say(ticket.language, "materials_more", count=hidden)
        lines.append(Text(text=more, role=Role.SMALL, centred=False))
    return lines


def _material(material: Material, language: str) -> str:
    name = clean(material.name, LONGEST_MATERIAL)
    if name and material.missing:
        return say(language, "material_missing", name=name)
    return say(language, "material_optional", name=name) if name and material.optional else name


def _progress(ticket: PaperTicket) -> list[Line]:
    rule = Text(text=_return_rule(ticket))
    if not _is_printable_link(ticket.link):
        return [Text(text=say(ticket.language, "no_link"), bold=True), rule]
    return [
        Qr(ticket.link),
        Text(text=short_link(ticket.link), role=Role.SMALL),
        Text(lead=say(ticket.language, "scan"), text=say(ticket.language, "scan_rest")),
        rule,
    ]


def _return_rule(ticket: PaperTicket) -> str:
    """The hall's own rule for a missed call. An older server says only the numbers."""
    numbers, minutes = ticket.return_within_numbers, ticket.return_within_minutes
    if not minutes:
        return say(ticket.language, "return_rule", numbers=numbers)
    return say(ticket.language, "return_rule_whole", numbers=numbers, minutes=minutes, behind=ticket.return_behind)


def _feedback(ticket: PaperTicket) -> list[Line]:
    how = "feedback_how" if _is_printable_link(ticket.link) else "feedback_how_no_link"
    return [
        Text(text=say(ticket.language, "feedback"), bold=True),
        Text(text=say(ticket.language, how)),
        Feed(6),
        # The day, because a slip found in a pocket next week must not look like today's.
        Text(text=clean(f"{ticket.day} · {ticket.ticket}", 40), role=Role.SMALL),
    ]


def short_link(link: str) -> str:
    """The link as somebody types it: browsers add the scheme themselves."""
    return link.split("://", 1)[-1]


def _is_printable_link(link: str) -> bool:
    return 0 < len(link) <= LONGEST_LINK and link.isascii() and link.isprintable() and " " not in link


LARGER = {Role.SMALL: Role.BODY, Role.BODY: Role.WAY, Role.HALL: Role.WAY, Role.WAY: Role.ZONE}


def enlarged(lines: list[Line]) -> list[Line]:
    """The same in large print: each text a size up, facts one below the other."""
    return [larger for line in lines for larger in _enlarged(line)]


def _enlarged(line: Line) -> list[Line]:
    match line:
        case Text():
            return [replace(line, role=LARGER.get(line.role, line.role))]
        case Columns(cells=cells):
            return [Text(lead=f"{cell.label} ", text=cell.value, role=Role.ZONE, bold=True) for cell in cells]
        case Checklist(items=items):
            return [Checklist(items, large=True)]
        case _:
            return [line]
