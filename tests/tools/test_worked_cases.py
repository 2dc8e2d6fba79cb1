"""The calculators against cases worked by hand and against figures that centres publish."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from tests.tools.answering import answer, rules

D = Decimal
SEVENTY = {"principal": 700000, "months": 360, "annual_rate": "0.026"}


@pytest.mark.parametrize(
    ("rate", "months", "payment", "quoted_total"),
    [("4.45%", 24, "436.25", "10470.00"), ("6.65%", 36, "307.17", "11058.12"), ("4.41%", 12, "853.37", "10240.44")],
)
def test_ten_thousand_costs_what_the_official_tables_say(
    rate: str, months: int, payment: str, quoted_total: str
) -> None:
    """Examples that centres publish for a loan of ten thousand."""
    told = answer("repayment", principal=10000, months=months, annual_rate=rate)

    assert told.first_payment == D(payment)
    assert told.quoted_total == D(quoted_total)


def test_seventy_thousand_times_ten_over_thirty_years() -> None:
    told = answer("repayment", **SEVENTY)

    assert (told.first_payment, told.last_payment) == (D("2802.38"), D("2801.15"))
    assert (told.total_interest, told.total) == (D("308855.57"), D("1008855.57"))
    assert told.quoted_total == D("1008856.80")


def test_with_equal_principal_each_month_costs_a_little_less() -> None:
    told = answer("repayment", **SEVENTY, method="equal_principal")

    assert told.first_payment == D("3461.11")  # 700000/360 + 700000 × 0.026/12
    assert told.schedule[1].payment == D("3456.89")
    assert told.falls_monthly_by == D("4.21")
    assert told.quoted_interest == D("273758.33")  # P·i·(n+1)/2
    assert abs(told.total_interest - told.quoted_interest) < 1


def test_one_sum_after_a_year_is_the_principal_and_a_years_interest() -> None:
    told = answer("repayment", principal=10000, months=12, annual_rate="4.45%", method="one_sum")

    assert told.total == D("10445.00")


@pytest.mark.parametrize(
    ("home", "months", "annual"),
    [("first", 60, "0.021"), ("first", 61, "0.026"), ("second", 60, "0.02525"), ("second", 360, "0.03075")],
)
def test_the_rate_goes_by_home_and_whole_term(home: str, months: int, annual: str) -> None:
    assert answer("repayment", principal=100000, months=months, home=home).annual_rate == D(annual)


def test_a_change_of_rate_repays_what_is_owed_anew() -> None:
    told = answer("repayment", **SEVENTY, change_after_months=12, new_annual_rate="0.031")

    owed = answer("repayment", **SEVENTY).schedule[11].owed
    anew = answer("repayment", principal=owed, months=348, annual_rate="0.031")
    assert told.payment_after_change == anew.first_payment
    assert told.schedule[12].payment == anew.first_payment
    assert len(told.schedule) == 360
    assert told.schedule[-1].owed == 0


def test_paying_a_hundred_thousand_early_saves_months_or_money() -> None:
    sooner = answer("early-repayment", **SEVENTY, after_months=60, amount=100000, keep="payment")
    lighter = answer("early-repayment", **SEVENTY, after_months=60, amount=100000, keep="term")

    assert (sooner.months_saved, sooner.interest_saved) == (63, D("78706.10"))
    assert (lighter.new_payment, lighter.interest_saved) == (D("2348.71"), D("36100.65"))
    assert sooner.ways == lighter.ways


def test_paying_everything_early_ends_the_loan() -> None:
    owed = answer("repayment", **SEVENTY).schedule[59].owed
    told = answer("early-repayment", **SEVENTY, after_months=60, amount=owed)

    assert (told.months_left, told.owed_after, told.interest_saved) == (0, 0, told.old_interest)


def test_a_banks_loan_turned_into_a_fund_loan() -> None:
    told = answer("conversion", balance=700000, months=300, commercial_rate="3.5%", fees=3000)

    assert (told.monthly_saving, told.quoted_saving) == (D("328.67"), D("98601.00"))
    assert told.months_to_earn_fees == 10


def test_what_the_fund_may_not_lend_stays_with_the_bank() -> None:
    told = answer("conversion", balance=900000, months=300, commercial_rate="3.5%", fund_limit=700000)

    assert (told.converted, told.stays_with_bank) == (700000, 200000)
    assert told.monthly_saving == D("328.67")


def test_the_account_pays_until_it_is_empty() -> None:
    told = answer("monthly-offset", payment=2000, contribution=1500, balance=1200, months=4)

    assert [(row.from_account, row.from_card) for row in told.schedule] == [
        (2000, 0),
        (2000, 0),
        (1700, 300),
        (1500, 500),
    ]
    assert (told.months_covered, told.first_card_payment) == (2, 300)


LOAN = {"family": "single", "price": 2000000}


def test_uplifts_multiply_first_and_add_then_as_lanzhou_has_it() -> None:
    told = answer("loan-limit", **LOAN, uplifts="green_3,group")

    assert told.limit_steps == (("base", 700000), ("group", 840000), ("green_3", 1040000))
    assert told.loan == 1040000
    assert answer("loan-limit", family="family", price=3000000, uplifts="group,green_3").loan == 1280000


def test_another_order_of_uplifts_is_another_limit() -> None:
    turned = rules().model_copy(update={"uplifts": list(reversed(rules().uplifts))})

    told = answer("loan-limit", turned, **LOAN, uplifts="green_1,group")
    assert told.limit_steps[-1] == ("group", 960000)  # (700000 + 100000) × 1.2


def test_the_family_of_the_fallen_may_borrow_more() -> None:
    assert answer("loan-limit", family="single", price=3000000, uplifts="bereaved").loan == 1800000


def test_the_lowest_bound_binds_and_says_what_would_change_it() -> None:
    by_balance = answer("loan-limit", **LOAN, balance=30000, income=20000)
    by_income = answer("loan-limit", **LOAN, balance=300000, income=4000)
    by_price = answer("loan-limit", family="single", price=500000)

    assert (by_balance.binding, by_balance.loan, by_balance.changes) == (
        "balance",
        600000,
        (("balance_needed", 35000),),
    )
    assert by_balance.confirmed_loan == 700000
    assert (by_income.binding, by_income.loan) == ("income", 499000)
    assert by_income.changes[0][0] == "income_needed"
    assert (by_price.binding, by_price.loan, by_price.down_payment) == ("price_share", 400000, 100000)


def test_two_earlier_loans_or_two_homes_mean_no_loan() -> None:
    assert answer("loan-limit", **LOAN, loans_before=2).refused == "loans_before"
    assert answer("loan-limit", **LOAN, homes=2).loan == 0
    assert answer("loan-limit", **LOAN, homes=1).home == "second"


def test_figures_are_those_of_the_day() -> None:
    told = answer("withdrawal", account="city", housing="own", loan="none", work="working", date="2027-04-07")

    assert "TQ06" not in {one.service for one in told.withdrawals}  # the offer has ended
    before = answer("withdrawal", today=date(2026, 9, 1), account="city", housing="own", loan="none", work="working")
    assert {one.service for one in before.withdrawals} == {"TQ06"}  # property fees only since 2026-09-20


def test_a_tenant_may_withdraw_no_more_than_is_left_of_the_year_and_in_the_account() -> None:
    asked = {"account": "city", "housing": "rent", "loan": "none", "work": "working"}

    def rent(**more: object) -> Decimal | None:
        told = answer("withdrawal", **asked, **more)
        return next(one.at_most for one in told.withdrawals if one.service == "TQ04")

    assert rent() == 30000
    assert rent(withdrawn_this_year=12000) == 18000
    assert rent(balance="8000.50") == D("8000.50")


def test_who_left_a_job_too_lately_waits_and_hears_of_moving_the_account() -> None:
    told = answer("withdrawal", account="city", housing="other", loan="none", work="left", months_since_leaving=3)

    left = next(one for one in told.withdrawals if one.service == "TQ12")
    assert (left.state, left.basis.confirmed) == ("not_yet", False)
    assert "transfer_instead" in {one.name for one in told.order_mistakes}


def test_an_account_at_the_provincial_centre_is_sent_there_first() -> None:
    assert answer("withdrawal", account="province", housing="rent", loan="none", work="working").withdrawals == ()


def test_nine_months_without_contributions_may_raise_the_rate_elsewhere_and_that_is_not_confirmed_here() -> None:
    told = answer("interruption", months_missed=9, loan="running", principal=500000, months=240)

    assert told.reaches_limit
    assert told.extra_a_month == told.commercial_payment - told.old_payment > 0
    assert not next(basis for basis in told.basis if basis.parameter == "interruption").confirmed
