"""A promise as lines of paper: its code and its day very large, what to bring, and what to do on that day. Pure."""

from printers.lines import Checklist, Cut, Feed, Line, Qr, Role, Rule, Text
from printers.paper_promise import PaperPromise
from printers.ticket_layout import LONGEST_MATERIAL, LONGEST_NAME, MOST_MATERIALS, enlarged
from printers.wording import clean, say

_EDGE_DOTS = 24
CODE_IN = 5  # letters at a time: read aloud and typed in two breaths


def lay_out_promise(promise: PaperPromise) -> list[Line]:
    lines = _lines(promise)
    return enlarged(lines) if promise.large_print else lines


def _lines(promise: PaperPromise) -> list[Line]:
    return [
        Feed(_EDGE_DOTS),
        *_heading(promise),
        Rule(),
        *_materials(promise),
        Qr(promise.code),
        Text(text=say(promise.language, "promise_scan")),
        Text(text=say(promise.language, "promise_rule")),
        Rule(),
        Text(text=say(promise.language, "promise_given", given=clean(promise.given, 40)), role=Role.SMALL),
        Feed(_EDGE_DOTS),
        Cut(),
    ]


def _heading(promise: PaperPromise) -> list[Line]:
    language = promise.language
    lines: list[Line] = []
    if promise.simulated:
        lines.append(Text(text=say(language, "simulated"), bold=True, inverted=True))
    code = clean(promise.code, 20)
    parted = " ".join(code[at : at + CODE_IN] for at in range(0, len(code), CODE_IN))
    texts = [
        Text(text=clean(promise.hall, LONGEST_NAME), role=Role.HALL, bold=True),
        Text(text=say(language, "promise"), role=Role.WAY, bold=True),
        Text(text=clean(f"{promise.date} {promise.time}", LONGEST_NAME), role=Role.ZONE, bold=True),
        Text(text=parted, role=Role.ZONE, bold=True),
        Text(text=clean(promise.service, LONGEST_NAME)),
    ]
    return [*lines, *(text for text in texts if text.text)]


def _materials(promise: PaperPromise) -> list[Line]:
    short = [say(promise.language, "promise_missing", name=clean(name, LONGEST_MATERIAL)) for name in promise.missing]
    items = [*short, *(text for name in promise.materials if (text := clean(name, LONGEST_MATERIAL)))]
    if not items:
        return []
    doubt = "" if promise.confirmed else say(promise.language, "materials_unconfirmed")
    lead = say(promise.language, "materials")
    return [Text(lead=lead, text=doubt, centred=False), Checklist(tuple(items[:MOST_MATERIALS])), Rule()]
