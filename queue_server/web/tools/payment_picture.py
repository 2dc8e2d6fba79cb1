"""The two ways of repaying as a picture: what is paid each month, from first to last. SVG with its words in it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from html import escape

from queue_server.guidance.tools.repayment import Repayment
from queue_server.guidance.tools.schedule import Month
from queue_server.web.tools.amounts import amount_text
from queue_server.web.tools.pen import Pen

WIDTH, HEIGHT = 400, 270
LEFT, RIGHT, TOP, BOTTOM = 4, 396, 62, 236
MOST_POINTS = 60  # enough for a smooth line, few enough for a slow phone


def payment_picture(equal: Repayment, falling: Repayment, pen: Pen) -> str:
    """Colours come from the page's style by class, so that contrast modes hold."""
    most = max(equal.first_payment, falling.first_payment, *_changed(equal), *_changed(falling)) * Decimal("1.08")
    described = pen.say(
        "picture_alt",
        equal=pen.yuan(equal.first_payment),
        first=pen.yuan(falling.first_payment),
        last=pen.yuan(falling.last_payment),
    )
    names = [escape(pen.say(f"choice_method_{way}")) for way in ("equal_payment", "equal_principal")]
    end = escape(pen.say("picture_end", n=equal.months))
    return (
        f'<svg class="payments" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(described)}">'
        f'<path class="payments__axis" d="M{LEFT} {BOTTOM}H{RIGHT}"/>'
        f'<path class="payments__equal" d="{_path(equal.schedule, most)}"/>'
        f'<path class="payments__falling" d="{_path(falling.schedule, most)}"/>'
        f"{_key(0, 'equal', names[0], amount_text(equal.first_payment))}"
        f"{_key(1, 'falling', names[1], f'{amount_text(falling.first_payment)} → {amount_text(falling.last_payment)}')}"
        f'<text class="payments__words" x="{LEFT}" y="262">{escape(pen.say("picture_start"))}</text>'
        f'<text class="payments__words" x="{RIGHT}" y="262" text-anchor="end">{end}</text>'
        "</svg>"
    )


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


def _key(row: int, way: str, name: str, amounts: str) -> str:
    y = 18 + row * 26
    return (
        f'<path class="payments__{way}" d="M{LEFT} {y - 5}h36"/>'
        f'<text class="payments__words" x="{LEFT + 48}" y="{y}">{name} {escape(amounts)}</text>'
    )
