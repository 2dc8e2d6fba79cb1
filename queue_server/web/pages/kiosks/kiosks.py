"""Numbers that kiosks keep and gave by themselves: what a supervisor should look at, and taking a lease back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response

from queue_server.domain import commands as c
from queue_server.domain.numbers import whole_number
from queue_server.domain.refusals import LeaseIsRevoked, UnknownLease
from queue_server.web.api.common import done, handle
from queue_server.web.context import Context, here
from queue_server.web.lease_views import handed_over_views, lease_views, to_look_at
from queue_server.web.security import csrf_token, needs_role, who
from queue_server.web.staff_frame import staff_frame, to
from queue_server.web.views import Json
from queue_server.web.words import reader_language, word

SAID = ("taken_back", "gone_already", "no_such")


def make_blueprint(context: Context) -> Blueprint:
    page = Blueprint("kiosks", __name__, template_folder=str(Path(__file__).parent))
    page.get("/supervisor/kiosks")(show)
    page.post("/supervisor/kiosks/take-back")(take_back)
    return page


@needs_role("supervisor")
def show() -> str:
    language, said = reader_language(), request.args.get("said", "")
    leases, handed_over, look = here().hall.read(
        lambda day, at: (lease_views(day), handed_over_views(day), to_look_at(day))
    )
    return render_template(
        "kiosks.html",
        page="kiosks",
        csrf=csrf_token(),
        said=word(f"kiosks.{said}", language) if said in SAID else "",
        look=look,
        doubtful=[doubtful_row(one, language) for one in handed_over],
        kiosks=by_kiosk(leases),
        staff=staff_frame(home="/supervisor"),
    )


@needs_role("supervisor")
def take_back() -> Response:
    """Twice in a row is once: the second says that it is done already."""
    lease, someone = request.form.get("lease", "")[:8], who()
    command = c.RevokeLease(id=f"{someone.actor}/revoke/{uuid4().hex}", actor=someone.actor, lease=lease)
    try:
        handle(command, done)
        said = "taken_back"
    except LeaseIsRevoked:
        said = "gone_already"
    except UnknownLease:
        said = "no_such"
    return redirect(to("/supervisor/kiosks", said=said), 303)


def doubtful_row(one: Json, language: str) -> Json:
    """A number with each of its doubts in words: what happened, and what to do."""
    paper = one.get("number_on_paper", one["ticket"])
    stage = one.get("stage")
    return {
        "ticket": one["ticket"],
        "paper": paper if paper != one["ticket"] else "",
        "kiosk": one.get("kiosk", ""),
        "taken_at": local(one.get("taken_at")),
        "stage": word(f"kiosks.stage_{stage}", language) if stage else "",
        "is_here": one.get("is_here", False),
        "doubts": [
            {
                "code": doubt,
                "what": word(f"kiosks.{doubt}", language, ticket=one["ticket"], paper=paper),
                "do": word(f"kiosks.{doubt}_do", language, ticket=one["ticket"], paper=paper),
            }
            for doubt in one["doubts"]
        ],
    }


def by_kiosk(leases: Sequence[Json]) -> dict[str, list[Json]]:
    """Kiosk → its leases, as they were taken."""
    found: dict[str, list[Json]] = {}
    for one in sorted(leases, key=lambda lease: (lease["kiosk"], lease["prefix"], lease["first"])):
        last = whole_number(one["prefix"], one["last"])
        row = one | {"to": last, "count": one["last"] - one["first"] + 1, "at": local(one["leased_at"])}
        found.setdefault(one["kiosk"], []).append(row)
    return found


def local(at: Any) -> str:
    return here().hall.rules.local(datetime.fromisoformat(at)).strftime("%H:%M") if at else ""
