"""How much one may borrow: the lowest of four bounds, which of them binds, and what would change it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Literal, NamedTuple

from queue_server.guidance.tools.inputs import Field, choice, count, day, many, money, months, wrong
from queue_server.guidance.tools.money import ZERO, cents, floor_to
from queue_server.guidance.tools.parameters import Basis, FundRules, LoanLimits
from queue_server.guidance.tools.rates_used import NoFigures
from queue_server.guidance.tools.schedule import affordable_principal, level_payment

Home = Literal["first", "second"]


def fields(rules: FundRules | None) -> tuple[Field, ...]:
    """Kinds of home and uplifts are the centre's own lists."""
    kinds = [share.id for share in rules.price_shares] if rules else ["home"]
    uplifts = [uplift.id for uplift in rules.uplifts] if rules else []
    longest = rules.loan_conditions.longest_months if rules else 360
    return (
        choice("family", "single", "family"),
        money("price", low=10_000),
        choice("kind", *kinds, otherwise=kinds[0]),
        count("homes", high=99, otherwise=0, required=False),
        count("loans_before", high=99, otherwise=0, required=False),
        money("balance", required=False),
        money("income", required=False, high=1_000_000),
        months("months_paid", low=0, high=600, required=False),
        months("months", high=longest, required=False),
        many("uplifts", *uplifts),
        day("date"),
    )


@dataclass(frozen=True, slots=True)
class Bound:
    """One of the four. `amount` None: it could not be worked out, because the visitor left its field empty."""

    name: str  # limit | price_share | balance | income
    amount: Decimal | None
    basis: Basis


class Amount(NamedTuple):
    """A sum with what it is."""

    name: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class LoanLimit:
    """`loan` is the lowest bound in whole steps; `confirmed_loan` the lowest of those the centre has confirmed."""

    loan: Decimal
    confirmed_loan: Decimal
    binding: str
    home: Home
    refused: str | None
    too_few_months_paid: bool
    months: int
    annual_rate: Decimal
    monthly_payment: Decimal
    down_payment: Decimal
    limit_steps: tuple[Amount, ...]
    bounds: tuple[Bound, ...]
    changes: tuple[Amount, ...]
    basis: tuple[Basis, ...]


def work_out(given: Mapping[str, Any], rules: FundRules | None, today: date) -> LoanLimit:
    """Source: Lanzhou's notice of 2026-02-06 (limits, uplifts, down payments, who may not borrow); the balance multiple
    and the income share are the centre's settings. Lowest of the four, down to whole steps."""
    if rules is None:
        raise NoFigures
    on = given["date"] or today
    limits, rates = rules.limits_on(on), rules.rates_on(on)
    if limits is None or rates is None:
        raise wrong("date", "no_rate_known", day=on.isoformat())
    if len(_groups_twice(given, rules)) > 0:
        raise wrong("uplifts", "one_of_these", choices=", ".join(_groups_twice(given, rules)))
    home: Home = "first" if given["homes"] == 0 and given["loans_before"] == 0 else "second"
    term = given["months"] or rules.loan_conditions.longest_months
    annual = rates.annual(home, term)
    steps = tuple(limit_steps(given, rules, limits))
    bounds = (
        Bound("limit", steps[-1].amount, limits.basis("loan_limits")),
        _price_bound(given, rules, home),
        *_balance_bound(given, rules),
        *_income_bound(given, rules, annual, term),
    )
    refused = _refused(given, rules)
    binding = _lowest(bounds)
    step = rules.rounding.down_to
    loan = ZERO if refused else floor_to(binding.amount or ZERO, step)
    confirmed = [bound for bound in bounds if bound.basis.confirmed]
    return LoanLimit(
        loan=loan,
        confirmed_loan=ZERO if refused else floor_to(_lowest(tuple(confirmed) or bounds).amount or ZERO, step),
        binding=binding.name,
        home=home,
        refused=refused,
        too_few_months_paid=given["months_paid"] is not None and given["months_paid"] < rules.months_paid.least,
        months=term,
        annual_rate=annual,
        monthly_payment=level_payment(loan, annual, term) if loan else ZERO,
        down_payment=given["price"] - loan,
        limit_steps=steps,
        bounds=bounds,
        changes=() if refused else tuple(_what_would_change(binding, bounds, rules, annual, term)),
        basis=tuple(_basis(given, rules, rates.basis("loan_rates"), bounds)),
    )


def limit_steps(given: Mapping[str, Any], rules: FundRules, limits: LoanLimits) -> Iterator[Amount]:
    """From the plain limit over each uplift, in the file's order, to what holds in the end."""
    is_family = given["family"] == "family"
    limit = limits.family if is_family else limits.single
    most = limits.family_most if is_family else limits.single_most
    yield Amount("base", limit)
    whole = ZERO
    for uplift in rules.uplifts:
        if uplift.id not in given["uplifts"]:
            continue
        if uplift.limit is not None:
            whole = max(whole, uplift.limit)
            continue
        limit = limit * uplift.times if uplift.times is not None else limit + (uplift.plus or ZERO)
        yield Amount(uplift.id, limit)
    if most is not None and limit > most:
        limit = most
        yield Amount("most", limit)
    if whole > limit:
        yield Amount(next(uplift.id for uplift in rules.uplifts if uplift.limit == whole), whole)


def _groups_twice(given: Mapping[str, Any], rules: FundRules) -> list[str]:
    """Uplifts chosen of which only one counts."""
    chosen = [uplift for uplift in rules.uplifts if uplift.id in given["uplifts"] and uplift.one_of]
    return [one.id for one in chosen if sum(other.one_of == one.one_of for other in chosen) > 1]


def _price_bound(given: Mapping[str, Any], rules: FundRules, home: Home) -> Bound:
    share = rules.share(given["kind"])
    percent = share.first if home == "first" else share.second
    return Bound("price_share", cents(given["price"] * percent / 100), share.basis("price_shares"))


def _balance_bound(given: Mapping[str, Any], rules: FundRules) -> Iterator[Bound]:
    """Balance × multiple (other centres: 10 to 40 times); a small balance counts as the least one."""
    if (multiple := rules.balance_multiple) is None:
        return
    balance = given["balance"]
    amount = None if balance is None else cents(max(balance, multiple.least_balance) * multiple.times)
    yield Bound("balance", amount, multiple.basis("balance_multiple"))


def _income_bound(given: Mapping[str, Any], rules: FundRules, annual: Decimal, term: int) -> Iterator[Bound]:
    """The loan whose equal payment is the allowed share of the income (other centres: 40 to 60 %)."""
    if (ability := rules.repayment_ability) is None:
        return
    income = given["income"]
    amount = None if income is None else cents(affordable_principal(income * ability.income_share / 100, annual, term))
    yield Bound("income", amount, ability.basis("repayment_ability"))


def _lowest(bounds: tuple[Bound, ...]) -> Bound:
    known = [bound for bound in bounds if bound.amount is not None]
    return min(known, key=lambda bound: bound.amount or ZERO)


def _refused(given: Mapping[str, Any], rules: FundRules) -> str | None:
    conditions = rules.loan_conditions
    if given["loans_before"] >= conditions.refused_from_loans:
        return "loans_before"
    return "homes" if given["homes"] >= conditions.refused_from_homes else None


def _what_would_change(
    binding: Bound, bounds: tuple[Bound, ...], rules: FundRules, annual: Decimal, term: int
) -> Iterator[Amount]:
    """What the binding bound would need for the next one to bind, or None when only the centre could change it."""
    others = [bound.amount for bound in bounds if bound.amount is not None and bound.name != binding.name]
    if not others:
        return
    goal = min(others)
    if binding.name == "balance" and rules.balance_multiple:
        yield Amount("balance_needed", cents(goal / rules.balance_multiple.times))
    if binding.name == "income" and rules.repayment_ability and rules.repayment_ability.income_share:
        needed = level_payment(goal, annual, term) * 100 / rules.repayment_ability.income_share
        yield Amount("income_needed", cents(needed))
    if binding.name in {"limit", "price_share"}:
        yield Amount("next_bound", goal)


def _basis(given: Mapping[str, Any], rules: FundRules, rates: Basis, bounds: tuple[Bound, ...]) -> Iterator[Basis]:
    yield from (bound.basis for bound in bounds if bound.amount is not None)
    yield from (uplift.basis(f"uplifts.{uplift.id}") for uplift in rules.uplifts if uplift.id in given["uplifts"])
    yield rates
    yield rules.loan_conditions.basis("loan_conditions")
    yield rules.rounding.basis("rounding")
    if given["months_paid"] is not None:
        yield rules.months_paid.basis("months_paid")
