"""Amounts and rates as people read them."""

from __future__ import annotations

from decimal import Decimal


def plain(value: Decimal) -> str:
    """Without exponent and without zeros at the end: 0.026, 2.525."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def amount_text(amount: Decimal) -> str:
    """With commas, and with cents only where there are some: 700,000 or 2,802.38."""
    return f"{amount:,.2f}".removesuffix(".00")


def plain_amount(amount: Decimal) -> str:
    """For columns: always with cents, the unit stands in the head."""
    return f"{amount:,.2f}"


def yuan(amount: Decimal, language: str) -> str:
    """2,802.38 元 or ¥2,802.38, with its minus in front."""
    text = amount_text(abs(amount))
    sign = "−" if amount < 0 else ""
    return f"{sign}¥{text}" if language == "en" else f"{sign}{text} 元"


def percent(rate: Decimal) -> str:
    """0.026 → 2.6%"""
    return f"{plain(rate * 100)}%"
