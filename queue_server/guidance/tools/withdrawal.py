"""Which withdrawals fit what a visitor says, how much at most, by which rule, and in which order not to do things."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as made
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from queue_server.guidance.tools.inputs import Field, InputsWrong, Problem, choice, day, many, money, months
from queue_server.guidance.tools.money import ZERO
from queue_server.guidance.tools.parameters import Basis, FundRules
from queue_server.guidance.tools.rates_used import NoFigures

State = Literal["fits", "ask", "not_yet"]

SITUATIONS = (
    "renovating",
    "building",
    "lift",
    "allowance",
    "disabled",
    "illness",
    "abroad",
    "bereaved",
)

NEEDED_HERE = ("housing", "loan", "work")


def asked_here(name: str, *choices: str) -> Field:
    """Needed, except of somebody whose account is at the other centre."""
    return Field(name, "choice", required=False, choices=choices)


FIELDS = (
    choice("account", "city", "province", "unsure"),
    asked_here("housing", "own", "bought", "rent", "public_rental", "other"),
    asked_here("loan", "none", "fund", "bank"),
    asked_here("work", "working", "left", "retired"),
    months("months_since_leaving", low=0, high=600, required=False),
    many("situations", *SITUATIONS),
    money("balance", required=False),
    money("withdrawn_this_year", required=False),
    money("cost", required=False),
    choice("loan_planned", "no", "yes", otherwise="no"),
    day("date"),
)


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """One kind of withdrawal by the service's id. `at_most` None: the whole balance or what was really spent; `bound`
    names what sets it."""

    service: str
    state: State
    why: str
    at_most: Decimal | None
    bound: str
    basis: Basis
    values: Mapping[str, int] = made(default_factory=dict)  # what the words of `why` need


@dataclass(frozen=True, slots=True)
class OrderMistake:
    """Something that is often done in the wrong order, and what it costs."""

    name: str
    basis: Basis


@dataclass(frozen=True, slots=True)
class WithdrawalCheck:
    account: str
    withdrawals: tuple[Withdrawal, ...]
    order_mistakes: tuple[OrderMistake, ...]
    basis: tuple[Basis, ...]


def work_out(given: Mapping[str, Any], rules: FundRules | None, today: date) -> WithdrawalCheck:
    """Source: the national regulations in force since 2026-09-20 (decree 844), Lanzhou's notices by kind, and what
    other centres do where Lanzhou's own text is unknown, which is then unconfirmed."""
    if rules is None:
        raise NoFigures
    lacking = [Problem(name, "empty") for name in NEEDED_HERE if given[name] is None]
    if lacking and given["account"] != "province":
        raise InputsWrong(lacking)
    on = given["date"] or today
    found: tuple[Withdrawal, ...] = ()
    if given["account"] != "province":  # the provincial centre has rules of its own
        found = tuple(_sorted(_withdrawals(given, rules, on)))
    mistakes = tuple(_order_mistakes(given, found))
    basis = tuple(dict.fromkeys([one.basis for one in found] + [one.basis for one in mistakes]))
    return WithdrawalCheck(given["account"], found, mistakes, basis)


def _sorted(found: Iterator[Withdrawal]) -> Sequence[Withdrawal]:
    """What fits first; a stable order within."""
    return sorted(found, key=lambda one: ("fits", "ask", "not_yet").index(one.state))


def _withdrawals(given: Mapping[str, Any], rules: FundRules, on: date) -> Iterator[Withdrawal]:
    yield from _by_work(given, rules)
    yield from _by_housing(given, rules, on)
    yield from _by_loan(given, rules)
    yield from _by_situation(given, rules, on)
    yield from _bills(given, rules, on)


def _by_work(given: Mapping[str, Any], rules: FundRules) -> Iterator[Withdrawal]:
    if given["work"] == "retired":
        basis = Basis("withdrawals.retired", "LZ-RULE2020", True)
        yield Withdrawal("TQ11", "fits", "retired", given["balance"], "balance", basis)
    if given["work"] == "left":
        sealed = rules.withdrawals.left_job
        since = given["months_since_leaving"]
        basis = sealed.basis("withdrawals.left_job")
        values = {"months": sealed.months_sealed}
        if since is None:
            yield Withdrawal("TQ12", "ask", "left_unknown", given["balance"], "balance", basis, values)
        elif since < sealed.months_sealed:
            yield Withdrawal("TQ12", "not_yet", "left_too_short", ZERO, "balance", basis, values)
        else:
            yield Withdrawal("TQ12", "fits", "left_long_enough", given["balance"], "balance", basis, values)


def _by_housing(given: Mapping[str, Any], rules: FundRules, on: date) -> Iterator[Withdrawal]:
    terms = rules.withdrawals
    match given["housing"]:
        case "bought":
            basis = terms.purchase.basis("withdrawals.purchase")
            values = {"years": terms.purchase.within_years, "times": terms.purchase.times_a_year}
            yield Withdrawal("TQ01", "fits", "bought", _most(given, given["cost"]), "cost", basis, values)
        case "rent":
            basis = terms.rent.basis("withdrawals.rent")
            yield Withdrawal("TQ04", "fits", "rent", _most(given, _left(given, terms.rent.most_a_year)), "year", basis)
        case "public_rental":
            basis = terms.public_rental.basis("withdrawals.public_rental")
            yield Withdrawal("TQ05", "fits", "public_rental", _most(given, given["cost"]), "cost", basis)
    if given["housing"] in {"own", "bought"} and terms.property_fee.holds_on(on):
        basis = terms.property_fee.basis("withdrawals.property_fee")
        yield Withdrawal("TQ07", "ask", "property_fee", _most(given, None), "cost", basis)


def _by_loan(given: Mapping[str, Any], rules: FundRules) -> Iterator[Withdrawal]:
    if given["loan"] == "bank":
        basis = rules.withdrawals.bank_loan.basis("withdrawals.bank_loan")
        yield Withdrawal("TQ03", "fits", "bank_loan", _most(given, None), "year_paid", basis)
    if given["loan"] == "fund":
        basis = rules.monthly_offset.basis("monthly_offset")
        yield Withdrawal("DK08", "ask", "fund_loan", _most(given, None), "payment", basis)


def _bills(given: Mapping[str, Any], rules: FundRules, on: date) -> Iterator[Withdrawal]:
    """Household bills: an ID card is enough, a few thousand a year; with a fund loan the money repays that loan."""
    bills = rules.withdrawals.bills
    if not bills.holds_on(on) or given["work"] == "retired":
        return
    why = "bills_fund_loan" if given["loan"] == "fund" else "bills"
    state: State = "ask" if given["withdrawn_this_year"] else "fits"
    yield Withdrawal(
        "TQ06", state, why, _most(given, _left(given, bills.most_a_year)), "year", bills.basis("withdrawals.bills")
    )


def _by_situation(given: Mapping[str, Any], rules: FundRules, on: date) -> Iterator[Withdrawal]:
    terms = rules.withdrawals
    has = given["situations"]
    local = Basis("withdrawals.hardship", "LZ-RULE2020", False)
    if "bereaved" in has:
        yield Withdrawal(
            "TQ17", "ask", "bereaved", given["balance"], "balance", Basis("withdrawals.death", "BJ-SH", False)
        )
    if "disabled" in has:
        yield Withdrawal("TQ13", "ask", "disabled", given["balance"], "balance", local)
    if "allowance" in has:
        yield Withdrawal("TQ14", "ask", "allowance", given["balance"], "balance", local)
    if "illness" in has:
        basis = Basis("withdrawals.illness", "GS-PROV", False)
        yield Withdrawal("TQ15", "not_yet", "illness", None, "cost", basis)
    if "abroad" in has:
        basis = Basis("withdrawals.abroad", "GEN", False)
        yield Withdrawal("TQ16", "ask", "abroad", given["balance"], "balance", basis)
    if "lift" in has:
        basis = terms.lift.basis("withdrawals.lift")
        most = terms.lift.most if given["cost"] is None else min(terms.lift.most, given["cost"])
        yield Withdrawal("TQ10", "fits", "lift", _most(given, most), "own_share", basis)
    if "building" in has:
        basis = Basis("withdrawals.building", "LPS", False)
        yield Withdrawal("TQ09", "ask", "building", _most(given, given["cost"]), "cost", basis)
    if "renovating" in has and terms.renovation.holds_on(on):
        basis = terms.renovation.basis("withdrawals.renovation")
        yield Withdrawal("TQ08", "ask", "renovating", _most(given, None), "cost", basis)


def _most(given: Mapping[str, Any], bound: Decimal | None) -> Decimal | None:
    """No more than there is in the account; None where neither is known."""
    known = [amount for amount in (given["balance"], bound) if amount is not None]
    return min(known) if known else None


def _left(given: Mapping[str, Any], most_a_year: Decimal) -> Decimal:
    """What is left of a yearly limit."""
    return max(most_a_year - (given["withdrawn_this_year"] or ZERO), ZERO)


def _order_mistakes(given: Mapping[str, Any], found: Sequence[Withdrawal]) -> Iterator[OrderMistake]:
    services = {one.service for one in found}
    if given["account"] == "unsure":
        yield OrderMistake("which_centre", Basis("which_centre", "GS-PROV", True))
    if given["loan_planned"] == "yes":
        yield OrderMistake("withdraw_before_loan", Basis("withdraw_before_loan", "LPS", False))
    if given["work"] == "left":
        yield OrderMistake("seal_first", Basis("seal_first", "XM", False))
        yield OrderMistake("transfer_instead", Basis("transfer_instead", "A", False))
    if given["work"] == "retired":
        yield OrderMistake("employer_first", Basis("employer_first", "XM", False))
    if given["loan"] == "fund" and "TQ06" in services:
        yield OrderMistake("repays_the_loan", Basis("repays_the_loan", "LZ-OTH", True))
    if len(services & {"TQ04", "TQ05", "TQ06", "TQ07"}) > 1:
        yield OrderMistake("not_the_same_cost_twice", Basis("not_the_same_cost_twice", "A", False))
    if given["housing"] == "rent":
        yield OrderMistake("by_person_not_family", Basis("by_person_not_family", "LZ-RENT", True))
    if services:
        yield OrderMistake("type_two_card", Basis("type_two_card", "XM", False))
