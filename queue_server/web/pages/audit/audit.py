"""Who did and looked at what: for supervisors and administrators, to read and to take along, never to change."""

from __future__ import annotations

import csv
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from queue_server.accounts.audit import KINDS, Asked, Entry
from queue_server.reports.export import BYTE_ORDER_MARK, harmless
from queue_server.web.audited import looks_at
from queue_server.web.context import Context, here
from queue_server.web.security import needs_role
from queue_server.web.staff_frame import HOMES, staff_frame
from queue_server.web.words import find_word, reader_language, word

ON_A_PAGE = 100
IN_A_FILE = 100_000
COLUMNS = ("seq", "at", "who", "role", "kind", "act", "what", "outcome", "address", "seal")


def make_blueprint(context: Context) -> Blueprint:
    page = Blueprint("audit", __name__, template_folder=str(Path(__file__).parent))
    page.get("/audit")(show)
    page.get("/audit.csv")(take_along)
    return page


@needs_role("supervisor")
@looks_at("audit")
def show() -> str:
    language, typed = reader_language(), request.args
    entries = here().audit.entries(asked(), ON_A_PAGE + 1)
    older = entries[ON_A_PAGE - 1].seq if len(entries) > ON_A_PAGE else None
    return render_template(
        "audit.html",
        page="audit",
        entries=[entry_view(one, language) for one in entries[:ON_A_PAGE]],
        people=sorted(here().accounts.names().items(), key=lambda pair: pair[1]),
        kinds=[(kind, word(f"audit.kind_{kind}", language)) for kind in KINDS],
        typed=typed,
        older=f"/audit?{urlencode({**typed, 'before': older})}" if older else "",
        newest=f"/audit?{urlencode({name: text for name, text in typed.items() if name != 'before'})}",
        csv=f"/audit.csv?{urlencode(typed)}",
        staff=staff_frame(),
        keeps=here().hall_file.accounts.audit_days,
    )


def asked() -> Asked:
    """What cannot be read asks for nothing in particular."""
    typed = request.args
    kind, before = typed.get("kind", ""), typed.get("before", "")
    since, until = day_in("from"), day_in("to")
    return Asked(
        who=typed.get("who") or None,
        kind=kind if kind in KINDS else None,
        since=begin_of(since) if since else None,
        until=begin_of(until + timedelta(days=1)) if until else None,
        before=int(before) if before.isdecimal() else None,
    )


def day_in(name: str) -> date | None:
    try:
        day = date.fromisoformat(request.args.get(name, ""))
        return day if 2000 <= day.year < 9000 else None
    except ValueError:
        return None


def begin_of(day: date) -> datetime:
    return datetime.combine(day, datetime.min.time(), here().hall.rules.timezone).astimezone(UTC)


def entry_view(one: Entry, language: str) -> dict[str, Any]:
    if one.kind == "look":
        said = word("audit.looked", language, what=word(f"audit.look_{one.act}", language))
    else:
        said = find_word(f"audit.{one.act.replace('.', '_')}", language) or word("audit.other_act", language)
    return {
        "seq": one.seq,
        "at": local(one).strftime("%Y-%m-%d %H:%M:%S"),
        "who": here().person_name(one.who) if one.who != "?" else word("audit.nobody", language),
        "id": one.who,
        "role": word(f"staff.role_{one.role}", language) if one.role in HOMES else "",
        "kind": one.kind,
        "said": said,
        "what": one.what,
        "refused": one.outcome >= 400,
        "outcome": word("audit.refused", language, status=one.outcome) if one.outcome >= 400 else "",
        "address": one.address,
    }


def local(one: Entry) -> datetime:
    return here().hall.rules.local(datetime.fromisoformat(one.at))


@needs_role("supervisor")
@looks_at("audit_export")
def take_along() -> Response:
    """As CSV with the seals, in UTF-8 with the mark by which spreadsheets know it."""
    text = StringIO()
    rows = csv.writer(text)
    rows.writerow(COLUMNS)
    for one in here().audit.entries(asked(), IN_A_FILE):
        at = local(one).isoformat(timespec="seconds")
        values = [one.seq, at, one.who, one.role, one.kind, one.act, one.what, one.outcome, one.address, one.seal]
        rows.writerow([harmless(value) for value in values])
    headers = {"Content-Disposition": f'attachment; filename="audit-{here().today()}.csv"'}
    return Response(BYTE_ORDER_MARK + text.getvalue(), mimetype="text/csv", headers=headers)
