"""A worked-out result as lines of paper. Pure, as the ticket's layout."""

from printers.lines import Cut, Feed, Line, Qr, Role, Rule, Text
from printers.paper_sheet import PaperSheet, SheetLine
from printers.ticket_layout import LONGEST_LINK, LONGEST_NAME, short_link
from printers.wording import clean, say

LONGEST_TEXT = 120
MOST_LINES = 24
MOST_TEXTS = 20
_EDGE_DOTS = 24


def lay_out_sheet(sheet: PaperSheet) -> list[Line]:
    """Number, what it rests on, what was typed; the unconfirmed marks and “an estimate” are never left out."""
    lines: list[Line] = [Feed(_EDGE_DOTS)]
    if sheet.simulated:
        lines.append(Text(text=say(sheet.language, "simulated"), bold=True, inverted=True))
    lines += [
        Text(text=clean(sheet.hall, LONGEST_NAME), role=Role.HALL, bold=True),
        Text(text=clean(sheet.title, LONGEST_NAME), bold=True),
        Rule(),
        Text(text=clean(sheet.headline.label, LONGEST_NAME)),
        Text(text=_value(sheet.headline, sheet.language), role=Role.ZONE, bold=True),
        Text(text=clean(sheet.estimate, LONGEST_NAME), bold=True),
        Rule(),
        *(_line(line, sheet.language) for line in sheet.lines[:MOST_LINES]),
        *(Text(text=clean(text, LONGEST_TEXT), centred=False) for text in sheet.texts[:MOST_TEXTS]),
        Rule(),
        Text(text=say(sheet.language, "sheet_given"), bold=True, centred=False),
        *(_line(line, sheet.language) for line in sheet.given[:MOST_LINES]),
    ]
    if sheet.doubts:
        names = clean(" · ".join(sheet.doubts), LONGEST_TEXT)
        lines += [Rule(), Text(lead=say(sheet.language, "sheet_doubts"), text=names, centred=False)]
    return [*lines, Rule(), *_link(sheet), Text(text=clean(sheet.day, 40), role=Role.SMALL), Feed(_EDGE_DOTS), Cut()]


def _line(line: SheetLine, language: str) -> Text:
    between = ": " if language == "en" else "："
    return Text(lead=clean(line.label, LONGEST_NAME) + between, text=_value(line, language), centred=False)


def _value(line: SheetLine, language: str) -> str:
    value = clean(line.value, LONGEST_TEXT)
    return f"{value} {say(language, 'sheet_doubt')}" if line.doubt else value


def _link(sheet: PaperSheet) -> list[Line]:
    if not (sheet.link.isascii() and sheet.link.isprintable() and len(sheet.link) <= LONGEST_LINK):
        return []
    return [
        Qr(sheet.link),
        Text(text=short_link(sheet.link), role=Role.SMALL),
        Text(text=say(sheet.language, "sheet_scan")),
    ]
