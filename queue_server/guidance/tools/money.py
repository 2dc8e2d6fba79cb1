"""Amounts to the cent. Everything is Decimal; nothing here ever becomes a binary fraction."""

from __future__ import annotations

from decimal import ROUND_FLOOR, ROUND_HALF_UP, Context, Decimal, localcontext

CENT = Decimal("0.01")
# (1 + i)^360 needs some 30 digits to be right to the cent for a hundred million
PRECISION = 50
ZERO = Decimal(0)


def cents(amount: Decimal) -> Decimal:
    """Rounded half up to the cent, as centres' calculators round a monthly payment (436.25, 307.17 there)."""
    return amount.quantize(CENT, ROUND_HALF_UP)


def floor_to(amount: Decimal, step: int) -> Decimal:
    """Down to whole steps: loans are granted in whole thousands (rule of Kunming's centre; a setting)."""
    return (amount / step).to_integral_value(ROUND_FLOOR) * step


def power(base: Decimal, exponent: int) -> Decimal:
    """`base` ** `exponent` with digits to spare, whatever the context of the caller."""
    with localcontext(Context(prec=PRECISION)):
        return base**exponent


def monthly(annual_rate: Decimal) -> Decimal:
    """The monthly rate: a twelfth, unrounded."""
    with localcontext(Context(prec=PRECISION)):
        return annual_rate / 12
