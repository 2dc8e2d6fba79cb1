"""What to bring as lines of paper: what is missing first, each with the way round it. Pure, as the ticket's layout."""

from collections.abc import Iterable

from printers.lines import Checklist, Cut, Feed, Line, Role, Rule, Text
from printers.paper_list import PaperList, ToBring
from printers.ticket_layout import LONGEST_MATERIAL, LONGEST_NAME, MOST_MATERIALS, enlarged
from printers.wording import clean, say

LONGEST_TEXT = 80
MOST_LINES = 7  # of mistakes, and of the week: a week has no more
_EDGE_DOTS = 24


def lay_out_list(to_bring: PaperList) -> list[Line]:
    lines = _lines(to_bring)
    return enlarged(lines) if to_bring.large_print else lines


def _lines(paper: PaperList) -> list[Line]:
    language = paper.language
    return [
        Feed(_EDGE_DOTS),
        *_heading(paper),
        Rule(),
        *_missing(paper),
        *_materials(paper),
        *_mistakes(paper),
        Text(text=say(language, "list_come"), bold=True),
        Text(text=say(language, "list_ask")),
        *_hours(paper),
        Rule(),
        Text(text=say(language, "list_given", given=clean(paper.given, 40)), role=Role.SMALL),
        Feed(_EDGE_DOTS),
        Cut(),
    ]


def _heading(paper: PaperList) -> list[Line]:
    lines: list[Line] = []
    if paper.simulated:
        lines.append(Text(text=say(paper.language, "simulated"), bold=True, inverted=True))
    service, official = clean(paper.service, LONGEST_NAME), clean(paper.official, LONGEST_NAME)
    texts = [
        Text(text=clean(paper.hall, LONGEST_NAME), role=Role.HALL, bold=True),
        Text(text=say(paper.language, "list"), role=Role.WAY, bold=True),
        Text(text=service, role=Role.ZONE, bold=True),
        Text(text=official if official != service else "", role=Role.SMALL),
        Text(text=say(paper.language, "list_no_number")),
    ]
    return [*lines, *(text for text in texts if text.text)]


def _missing(paper: PaperList) -> list[Line]:
    """One below the other, each with its note: this is what the visitor goes home for."""
    lines: list[Line] = []
    for one in paper.missing[:MOST_MATERIALS]:
        lines += [Checklist((_named(one, paper.language),), large=True), *_note(one)]
    return [Text(lead=say(paper.language, "list_missing"), text="", centred=False), *lines, Rule()] if lines else []


def _note(one: ToBring) -> list[Line]:
    note = clean(one.note, LONGEST_TEXT)
    return [Text(text=note, centred=False)] if note else []


def _materials(paper: PaperList) -> list[Line]:
    doubt = "" if paper.confirmed else say(paper.language, "materials_unconfirmed")
    room = max(0, MOST_MATERIALS - len(paper.missing))
    items = [text for one in paper.materials if (text := _named(one, paper.language))]
    if not items:
        return [Text(text=doubt, centred=False), Rule()] if doubt and paper.missing else []
    lead = say(paper.language, "list_also" if paper.missing else "materials")
    lines: list[Line] = [Text(lead=lead, text=doubt, centred=False), Checklist(tuple(items[:room]))]
    if (hidden := len(items) - room) > 0:
        lines.append(Text(text=say(paper.language, "list_more", count=hidden), role=Role.SMALL, centred=False))
    return [*lines, Rule()]


def _named(one: ToBring, language: str) -> str:
    name, when = clean(one.name, LONGEST_MATERIAL), clean(one.when, LONGEST_MATERIAL)
    if not name:
        return ""
    if when:
        return say(language, "list_when", name=name, when=when)
    return say(language, "material_optional", name=name) if one.optional else name


def _mistakes(paper: PaperList) -> list[Line]:
    texts = list(_cleaned(paper.mistakes))
    if not texts:
        return []
    lead = Text(lead=say(paper.language, "list_mistakes"), text="", centred=False)
    return [lead, *(Text(text=f"· {text}", centred=False) for text in texts), Rule()]


def _hours(paper: PaperList) -> list[Line]:
    texts = list(_cleaned(paper.hours))
    if not texts:
        return []
    return [Text(text=say(paper.language, "list_hours", hours=texts[0])), *(Text(text=text) for text in texts[1:])]


def _cleaned(texts: Iterable[str]) -> Iterable[str]:
    return [text for one in list(texts)[:MOST_LINES] if (text := clean(one, LONGEST_TEXT))]
