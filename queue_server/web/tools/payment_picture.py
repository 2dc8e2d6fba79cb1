"""The two ways of repaying as a picture: what is paid each month, from first to last, with its words in it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from queue_server.guidance.tools.repayment import Repayment
from queue_server.guidance.tools.schedule import Month
from queue_server.web.tools.amounts import amount_text
from queue_server.web.tools.pen import Pen
from queue_server.web.tools.sheet import Label, Picture, Stroke

WIDTH, HEIGHT = 400, 270
LEFT, RIGHT, TOP, BOTTOM = 4, 396, 62, 236
FIRST_KEY, SECOND_KEY, FOOT = 18, 44, 262
MOST_POINTS = 60  # enough for a smooth line, few enough for a slow phone


def payment_picture(equal: Repayment, falling: Repayment, pen: Pen) -> Picture:
    """Colours come from the page's style by the strokes' names, so that contrast modes hold."""
    most = max(equal.first_payment, falling.first_payment, *_changed(equal), *_changed(falling)) * Decimal("1.08")
    described = pen.say(
        "picture_alt",
        equal=pen.yuan(equal.first_payment),
        first=pen.yuan(falling.first_payment),
        last=pen.yuan(falling.last_payment),
    )
    return Picture(
        width=WIDTH,
        height=HEIGHT,
        described=described,
        strokes=(
            Stroke("axis", f"M{LEFT} {BOTTOM}H{RIGHT}"),
            Stroke("equal", _path(equal.schedule, most)),
            Stroke("falling", _path(falling.schedule, most)),
            Stroke("equal", f"M{LEFT} {FIRST_KEY - 6}h36"),
            Stroke("falling", f"M{LEFT} {SECOND_KEY - 6}h36"),
        ),
        labels=(
            Label(LEFT + 46, FIRST_KEY, "start", f"{_name(equal, pen)} {amount_text(equal.first_payment)}"),
            Label(LEFT + 46, SECOND_KEY, "start", f"{_name(falling, pen)} {_from_to(falling)}"),
            Label(LEFT, FOOT, "start", pen.say("picture_start")),
            Label(RIGHT, FOOT, "end", pen.say("picture_end", n=equal.months)),
        ),
    )


def _name(way: Repayment, pen: Pen) -> str:
    return pen.say(f"choice_method_{way.method}")


def _from_to(way: Repayment) -> str:
    return f"{amount_text(way.first_payment)} → {amount_text(way.last_payment)}"


def _changed(way: Repayment) -> list[Decimal]:
    return [way.payment_after_change] if way.payment_after_change is not None else []


def _path(schedule: Sequence[Month], most: Decimal) -> str:
    """The last month's cents of making up are left out of the line: they would look like a cliff."""
    rows = schedule[:-1] or schedule
    step = max(1, len(rows) // MOST_POINTS)
    points = [*rows[::step], rows[-1]]
    span = max(1, len(rows) - 1)
    first = rows[0].number
    places = [(LEFT + (RIGHT - LEFT) * (row.number - first) / span, _height(row.payment, most)) for row in points]
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in places)


def _height(payment: Decimal, most: Decimal) -> float:
    return BOTTOM - (BOTTOM - TOP) * float(payment / most)
