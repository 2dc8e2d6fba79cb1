"""What holds for every loan: schedules sum to the cent, more rate or time costs more, early payments always save."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from queue_server.guidance.tools.money import cents
from queue_server.guidance.tools.schedule import level_payment, plan
from tests.tools.answering import answer

principals = st.integers(1_000_00, 2_000_000_00).map(lambda fen: Decimal(fen) / 100)
rates = st.integers(0, 600).map(lambda hundredths: Decimal(hundredths) / 10_000)
terms = st.integers(1, 360)
methods = st.sampled_from(["equal_payment", "equal_principal"])


@given(principals, rates, terms, methods)
def test_a_schedule_sums_to_the_cent(principal, rate, months, method):
    told = plan(principal, rate, months, method)

    assert sum(month.principal for month in told.months) == principal
    assert told.total == principal + told.interest
    assert told.months[-1].owed == 0
    assert len(told.months) <= months
    assert all(month.payment == cents(month.payment) and month.payment > 0 for month in told.months)
    owed = [principal, *(month.owed for month in told.months)]
    assert all(month.interest == cents(before * rate / 12) for before, month in zip(owed, told.months, strict=False))


@given(principals, rates.filter(bool), terms)
def test_the_payment_is_that_of_exact_fractions(principal, rate, months):
    """An independent way: the present value of n payments of one yuan, in fractions without any rounding."""
    i = Fraction(rate) / 12
    worth = (1 - (1 + i) ** -months) / i
    exact = Fraction(principal) / worth

    assert abs(Fraction(level_payment(principal, rate, months)) - exact) <= Fraction(1, 200)


@given(principals, rates, rates, terms)
def test_a_higher_rate_never_costs_less(principal, one, other, months):
    low, high = sorted((one, other))

    assert level_payment(principal, low, months) <= level_payment(principal, high, months)


@given(principals, rates, terms, terms)
def test_a_longer_term_costs_less_a_month(principal, rate, one, other):
    short, long = sorted((one, other))

    assert level_payment(principal, rate, long) <= level_payment(principal, rate, short)


loans = st.fixed_dictionaries(
    {
        "principal": st.integers(50_000, 1_500_000),
        "months": st.integers(24, 360),
        "annual_rate": st.sampled_from(["0.021", "0.026", "0.03075", "0.049"]),
        "method": methods,
    }
)


def cost_of_rounding(loan):
    """Half a cent less each month is owed a little longer each: 0.005 × (1 + 2 + … + n) months of interest, in all."""
    months = loan["months"]
    return Decimal("0.005") * Decimal(loan["annual_rate"]) / 12 * months * (months + 1) / 2 + Decimal("0.01") * 2


@given(loans, st.data())
def test_paying_early_never_costs_and_done_sooner_saves_at_least_as_much(loan, data):
    after = data.draw(st.integers(1, loan["months"] - 1))
    owed = answer("repayment", **loan).schedule[after - 1].owed
    amount = data.draw(st.integers(1, int(owed))) if owed >= 1 else 0
    if not amount:
        return
    told = answer("early-repayment", **loan, after_months=after, amount=amount)
    sooner, lighter = told.ways

    assert sooner.interest_saved >= 0
    assert lighter.interest_saved >= -cost_of_rounding(loan)
    assert sooner.interest_saved >= lighter.interest_saved - 2
    assert sooner.months_left <= lighter.months_left
    assert lighter.new_payment <= told.old_payment


@given(loans, st.data())
def test_the_same_rate_before_and_after_a_change_changes_nothing_that_matters(loan, data):
    after = data.draw(st.integers(1, loan["months"] - 1))
    plain = answer("repayment", **loan)
    changed = answer("repayment", **loan, change_after_months=after, new_annual_rate=loan["annual_rate"])

    assert abs(changed.total - plain.total) < 5
    assert abs(changed.payment_after_change - plain.schedule[after].payment) < Decimal("0.10") * loan["months"]


money = st.integers(0, 500_000)


@given(
    st.integers(10_000, 5_000_000),
    money,
    st.integers(0, 60_000),
    st.integers(0, 2),
    st.sampled_from(["single", "family"]),
)
def test_a_loan_is_never_above_any_bound_and_more_balance_or_income_never_lessens_it(
    price, balance, income, homes, family
):
    asked = {"family": family, "price": price, "homes": homes}
    told = answer("loan-limit", **asked, balance=balance, income=income)
    more = answer("loan-limit", **asked, balance=balance + 1000, income=income + 1000)

    assert all(told.loan <= bound.amount for bound in told.bounds)
    assert told.loan % 1000 == 0
    assert told.loan <= more.loan
    assert told.down_payment == price - told.loan


@given(st.integers(1, 20_000), st.integers(0, 20_000), money, st.integers(1, 360))
def test_an_offset_pays_every_payment_and_loses_no_cent(payment, contribution, balance, months):
    told = answer("monthly-offset", payment=payment, contribution=contribution, balance=balance, months=months)

    assert told.from_account + told.from_card == payment * months
    assert told.balance_at_end == balance + contribution * months - told.from_account >= 0
