"""Sheets of the tools about the account: withdrawing, paying from it monthly, and when contributions stop."""

from __future__ import annotations

from collections import Counter

from queue_server.guidance.tools.interruption import Interruption
from queue_server.guidance.tools.monthly_offset import MonthlyOffset
from queue_server.guidance.tools.parameters import Basis
from queue_server.guidance.tools.withdrawal import Withdrawal, WithdrawalCheck
from queue_server.web.tools.asking import Answer
from queue_server.web.tools.pen import Pen
from queue_server.web.tools.said import meaning_words, mistake_words, service_name, why_words
from queue_server.web.tools.sheet import Item, Line, Section, Sheet


def withdrawal_sheet(answer: Answer, pen: Pen, title: str) -> Sheet:
    told: WithdrawalCheck = answer.result
    sections = []
    if told.withdrawals:
        sections.append(Section("", items=tuple(_withdrawal(one, pen) for one in told.withdrawals)))
    if told.order_mistakes:
        mistakes = tuple(_mind(mistake_words(one, pen.language), one.basis, pen) for one in told.order_mistakes)
        sections.append(Section(pen.say("mistakes_head"), items=mistakes))
    return Sheet(
        tool=answer.tool.name,
        title=title,
        headline=Line(title, _found(told, pen)),
        estimate=pen.say("estimate"),
        sections=tuple(sections),
        notes=(pen.say("go_province_note"),) if told.account == "province" else (),
        doubts=tuple(dict.fromkeys(service_name(one.service, pen.language) for one in told.withdrawals if _doubt(one))),
        sources=pen.sources(told.basis),
    )


def _doubt(one: Withdrawal) -> bool:
    return not one.basis.confirmed


def _found(told: WithdrawalCheck, pen: Pen) -> str:
    if told.account == "province":
        return pen.say("go_province")
    states = Counter(one.state for one in told.withdrawals)
    if states["fits"]:
        return pen.say("fits_n", n=states["fits"])
    return pen.say("fits_none_ask", n=states["ask"]) if states["ask"] else pen.say("fits_none")


def _withdrawal(one: Withdrawal, pen: Pen) -> Item:
    value = ""
    if one.state != "not_yet":
        value = (
            pen.say(f"at_most_{one.bound}") if one.at_most is None else pen.say("at_most", amount=pen.yuan(one.at_most))
        )
    return Item(
        title=service_name(one.service, pen.language),
        words=why_words(one, pen.language),
        state=one.state,
        state_words=pen.say(f"state_{one.state}"),
        value=value,
        doubt=_doubt(one),
        source=pen.source(one.basis),
    )


def _mind(words: str, basis: Basis, pen: Pen) -> Item:
    return Item("", words, "mind", "", "", not basis.confirmed, pen.source(basis))


def offset_sheet(answer: Answer, pen: Pen, title: str) -> Sheet:
    told: MonthlyOffset = answer.result
    covers = pen.say("covers_all") if told.months_covered is None else pen.span(told.months_covered)
    facts = [pen.line("from_account", told.from_account), pen.line("from_card", told.from_card)]
    if told.months_covered is not None:
        facts.insert(0, pen.line("then_card", told.monthly_shortfall))
    asked = Line(pen.say("field_monthly_offset_months"), pen.span(told.months))
    return Sheet(
        tool=answer.tool.name,
        title=title,
        headline=Line(pen.say("covers"), covers),
        estimate=pen.say("estimate"),
        facts=(*facts, asked),
        notes=(pen.say("offset_note"), pen.say("offset_keeps_note")),
        doubts=pen.doubts(told.basis),
        sources=pen.sources(told.basis),
    )


def interruption_sheet(answer: Answer, pen: Pen, title: str) -> Sheet:
    told: Interruption = answer.result
    facts = []
    if told.extra_a_month is not None and told.old_payment is not None and told.commercial_payment is not None:
        facts = [pen.line("old_payment", told.old_payment), pen.line("extra_a_month", told.extra_a_month, doubt=True)]
    is_long = told.reaches_limit and answer.given["loan"] == "running"
    meanings = tuple(_mind(meaning_words(one, pen.language), one.basis, pen) for one in told.meanings)
    return Sheet(
        tool=answer.tool.name,
        title=title,
        headline=Line(title, pen.say("headline_interruption_reached" if is_long else "headline_interruption")),
        estimate=pen.say("estimate"),
        facts=tuple(facts),
        sections=(Section(pen.say("meaning_head"), items=meanings),),
        notes=(pen.say("extra_note"),),
        doubts=pen.doubts(told.basis),
        sources=pen.sources(told.basis),
    )
