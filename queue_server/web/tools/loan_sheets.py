"""Sheets of the tools about a loan: how much, what it costs, paying early, converting a bank's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from queue_server.guidance.tools import repayment
from queue_server.guidance.tools.conversion import Conversion
from queue_server.guidance.tools.early_repayment import EarlyRepayment
from queue_server.guidance.tools.loan_limit import Bound, LoanLimit
from queue_server.guidance.tools.repayment import Repayment
from queue_server.guidance.tools.schedule import Month
from queue_server.web.tools.amounts import plain_amount
from queue_server.web.tools.asking import Answer, fund, today
from queue_server.web.tools.payment_picture import payment_picture
from queue_server.web.tools.pen import Pen
from queue_server.web.tools.sheet import Line, Section, Sheet, Table
from queue_server.web.views import said

MONTHS_A_YEAR = 12


def repayment_sheet(answer: Answer, pen: Pen, title: str) -> Sheet:
    """Equal payment and equal principal side by side, whichever was asked."""
    ways = repayment.both(answer.given, fund(), today())
    equal, falling = ways["equal_payment"], ways["equal_principal"]
    asked = ways.get(answer.given["method"], equal)
    key = {"equal_payment": "per_month", "equal_principal": "first_month", "one_sum": "total"}[asked.method]
    saved = pen.yuan(equal.total_interest - falling.total_interest)
    return Sheet(
        tool=answer.tool.name,
        title=title,
        headline=pen.line(key, asked.first_payment),
        estimate=pen.say("estimate"),
        facts=(pen.rate(equal.annual_rate),),
        table=Table(
            pen.say("in_yuan", title=pen.say("methods_head")),
            ("", *(pen.say(f"choice_method_{way}") for way in ways)),
            tuple(_way_rows(list(ways.values()), pen)),
        ),
        notes=(
            pen.say("methods_note", saved=saved),
            pen.say("last_note"),
            pen.say("quoted_note", total=pen.yuan(equal.quoted_total)),
        ),
        picture=payment_picture(equal, falling, pen) if equal.months > 1 else None,
        years=_years(asked.schedule, pen),
        doubts=pen.doubts([basis for way in ways.values() for basis in way.basis]),
        sources=pen.sources(equal.basis),
    )


def _way_rows(ways: Sequence[Repayment], pen: Pen) -> Iterator[tuple[str, ...]]:
    yield (pen.say("first_month"), *(plain_amount(way.first_payment) for way in ways))
    if any(way.payment_after_change for way in ways):
        yield (pen.say("payment_after_change"), *(plain_amount(way.payment_after_change or Decimal(0)) for way in ways))
    yield (pen.say("last_month"), *(plain_amount(way.last_payment) for way in ways))
    yield (pen.say("interest_total"), *(plain_amount(way.total_interest) for way in ways))
    yield (pen.say("total"), *(plain_amount(way.total) for way in ways))


def _years(schedule: Sequence[Month], pen: Pen) -> Table | None:
    if len(schedule) < MONTHS_A_YEAR:
        return None
    rows = []
    for number, start in enumerate(range(0, len(schedule), MONTHS_A_YEAR), start=1):
        year = schedule[start : start + MONTHS_A_YEAR]
        paid = sum((month.payment for month in year), Decimal(0))
        interest = sum((month.interest for month in year), Decimal(0))
        rows.append((str(number), *(plain_amount(amount) for amount in (paid, interest, year[-1].owed))))
    heads = tuple(pen.say(key) for key in ("year", "paid", "interest", "owed_left"))
    return Table(pen.say("in_yuan", title=pen.say("by_year")), heads, tuple(rows))


def early_sheet(answer: Answer, pen: Pen, title: str) -> Sheet:
    told: EarlyRepayment = answer.result
    sooner, lighter = told.ways
    rows = [
        (pen.say("new_payment"), pen.yuan(sooner.new_payment), pen.yuan(lighter.new_payment)),
        (pen.say("months_left"), pen.span(sooner.months_left), pen.span(lighter.months_left)),
        (pen.say("sooner"), pen.span(sooner.months_saved), pen.span(lighter.months_saved)),
        (pen.say("saves"), pen.yuan(sooner.interest_saved), pen.yuan(lighter.interest_saved)),
    ]
    facts = [
        pen.line("owed_before", told.owed_before),
        pen.line("owed_after", told.owed_after),
        pen.line("old_payment", told.old_payment),
        pen.rate(told.annual_rate),
    ]
    if told.fee:
        facts.append(pen.line("fee", told.fee, doubt=any(not one.confirmed for one in told.basis)))
    is_over = told.owed_after == 0
    return Sheet(
        tool=answer.tool.name,
        title=title,
        headline=pen.line("saves", told.interest_saved),
        estimate=pen.say("estimate"),
        facts=tuple(facts),
        table=None
        if is_over
        else Table(pen.say("ways_head"), ("", pen.say("way_payment"), pen.say("way_term")), tuple(rows)),
        notes=(pen.say("all_paid" if is_over else "keep_cash"),),
        doubts=pen.doubts(told.basis),
        sources=pen.sources(told.basis),
    )


def limit_sheet(answer: Answer, pen: Pen, title: str) -> Sheet:
    told: LoanLimit = answer.result
    rules = fund()
    assert rules is not None
    notes = []
    if told.refused:
        notes.append(pen.say(f"refused_{told.refused}"))
    else:
        notes += [pen.say(f"change_{change.name}", amount=pen.yuan(change.amount)) for change in told.changes]
    if told.too_few_months_paid:
        notes.append(pen.say("too_few_months", months=rules.months_paid.least))
    binding = next(bound for bound in told.bounds if bound.name == told.binding)
    facts = [
        pen.line("per_month", told.monthly_payment),
        pen.line("down_payment", told.down_payment),
        Line(f"{pen.say('rate_used')} · {pen.span(told.months)}", pen.rate(told.annual_rate).value),
        Line(pen.say("field_home"), pen.say(f"choice_home_{told.home}")),
    ]
    if told.confirmed_loan != told.loan:
        facts.insert(0, pen.line("by_confirmed", told.confirmed_loan))
    return Sheet(
        tool=answer.tool.name,
        title=title,
        headline=pen.line("can_borrow", told.loan, doubt=not binding.basis.confirmed and not told.refused),
        estimate=pen.say("estimate"),
        facts=() if told.refused else tuple(facts),
        sections=tuple(_limit_sections(told, pen)),
        notes=tuple(notes),
        doubts=pen.doubts(told.basis),
        sources=pen.sources(told.basis),
    )


def _limit_sections(told: LoanLimit, pen: Pen) -> Iterator[Section]:
    yield Section(pen.say("bounds_head"), lines=tuple(_bound(bound, told, pen) for bound in told.bounds))
    if len(told.limit_steps) > 1:
        steps = tuple(Line(_step_name(step.name, pen), pen.yuan(step.amount)) for step in told.limit_steps)
        yield Section(pen.say("steps_head"), lines=steps)


def _bound(bound: Bound, told: LoanLimit, pen: Pen) -> Line:
    value = pen.say("bound_unknown") if bound.amount is None else pen.yuan(bound.amount)
    binds = bound.name == told.binding and not told.refused
    return Line(
        pen.say(f"bound_{bound.name}"),
        value,
        not bound.basis.confirmed and bound.amount is not None,
        pen.say("binds") if binds else "",
    )


def _step_name(name: str, pen: Pen) -> str:
    rules = fund()
    uplift = next((one for one in rules.uplifts if one.id == name), None) if rules else None
    return said(uplift.name.bilingual(), pen.language) if uplift else pen.say(f"step_{name}")


def conversion_sheet(answer: Answer, pen: Pen, title: str) -> Sheet:
    told: Conversion = answer.result
    is_cheaper = told.monthly_saving >= 0
    facts = [
        pen.line("old_payment", told.old_payment),
        pen.line("new_payment", told.new_payment),
        pen.rate(told.annual_rate),
        pen.line("saves_in_all" if told.interest_saving >= 0 else "costs_in_all", abs(told.interest_saving)),
    ]
    if told.stays_with_bank:
        facts += [pen.line("converted", told.converted), pen.line("stays_with_bank", told.stays_with_bank)]
    if told.fees:
        facts.append(pen.line("after_fees", told.saving_after_fees))
    if told.months_to_earn_fees:
        facts.append(Line(pen.say("earned_after"), pen.span(told.months_to_earn_fees)))
    notes = [pen.say("conversion_note")]
    if told.allowed is False:
        notes.insert(0, pen.say("conversion_not_allowed"))
    return Sheet(
        tool=answer.tool.name,
        title=title,
        headline=pen.line("saves_monthly" if is_cheaper else "costs_monthly", abs(told.monthly_saving)),
        estimate=pen.say("estimate"),
        facts=tuple(facts),
        notes=tuple(notes),
        doubts=pen.doubts(told.basis),
        sources=pen.sources(told.basis),
    )
