"""An officer's own trend: what visitors said, in sum. Nobody else's, and nobody's name."""

from __future__ import annotations

from queue_server.reports.own_marks import Marks, own_marks
from queue_server.reports.tables import FILE
from queue_server.web.api.common import make_api
from queue_server.web.api.shapes import OwnMarksShape
from queue_server.web.context import here
from queue_server.web.security import needs_role, who
from queue_server.web.views import Json

api = make_api("marks", "What visitors said")


@api.get("/marks/own", responses={200: OwnMarksShape})
@needs_role("officer")
def read_own_marks() -> Json:
    """My own marks of the last four whole weeks and the four before, in sum; nothing below the hall's least number."""
    context = here()
    rules = context.hall.rules
    today = rules.day_of(context.hall.clock.now())
    least = rules.limits.marks_before_shown
    now, before = own_marks(context.settings.data / FILE, who().id, today, least)
    return {"least": least, "now": marks_view(now), "before": marks_view(before)}


def marks_view(marks: Marks) -> Json:
    levels = None if marks.levels is None else {str(level): times for level, times in marks.levels.items()}
    ends = {"begins": marks.begins.isoformat(), "ends": marks.ends.isoformat()}
    return {**ends, "count": marks.count, "average": marks.average, "levels": levels}
