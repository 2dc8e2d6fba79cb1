"""A hall puts its own facts in place of ours, and is told when it cannot."""

from __future__ import annotations

from typing import Any

import pytest

from queue_server.guidance.catalogue import Catalogue, CatalogueError
from queue_server.guidance.notices import unconfirmed_notice


def test_a_hall_renames_a_service_and_gives_its_own_time_and_zone(catalogue: Catalogue) -> None:
    changed = catalogue.with_changes(
        {"TQ04": {"plain_name": {"zh": "付房租", "en": "Pay rent"}, "typical_minutes": 6, "zone": "special"}}
    ).service("TQ04")

    assert (changed.plain_name.zh, changed.zone) == ("付房租", "special")
    assert (changed.typical_minutes.value, changed.typical_minutes.basis) == (6, "centre")
    assert changed.summary == catalogue.service("TQ04").summary


def test_a_change_leaves_the_catalogue_it_came_from_alone(catalogue: Catalogue) -> None:
    before = catalogue.service("TQ04")

    catalogue.with_changes({"TQ04": {"zone": "special"}})

    assert catalogue.service("TQ04") is before
    assert before.zone == "smart"


def test_a_second_change_keeps_the_first(catalogue: Catalogue) -> None:
    twice = catalogue.with_changes({"TQ04": {"zone": "special"}}).with_changes({"TQ04": {"typical_minutes": 6}})

    assert (twice.service("TQ04").zone, twice.service("TQ04").typical_minutes.value) == ("special", 6)


def test_a_centre_that_confirms_a_service_confirms_its_list_of_materials(catalogue: Catalogue) -> None:
    assert unconfirmed_notice(catalogue.service("TQ12"), "zh") == "以中心公告为准"

    confirmed = catalogue.with_changes({"TQ12": {"confirmed_by_centre": True}}).service("TQ12")

    assert unconfirmed_notice(confirmed, "zh") is None
    assert {material.source for material in confirmed.materials} == {"CENTRE"}


def test_a_centre_gives_its_own_list_of_materials(catalogue: Catalogue) -> None:
    card = {"code": "M-ID", "name": {"zh": "本人身份证", "en": "Your ID card"}, "required": "must"}

    (material,) = catalogue.with_changes({"TQ12": {"materials": [card]}}).service("TQ12").materials

    assert (material.confirmed, material.source, material.is_always_needed) == (True, "CENTRE", True)


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"TQ99": {"zone": "smart"}}, "unknown service TQ99"),
        ({"TQ04": {"colour": "green"}}, "TQ04: colour cannot be changed"),
        ({"TQ04": {"id": "TQ05"}}, "TQ04: id cannot be changed"),
        ({"TQ04": {"prefix": "X"}}, "TQ04: prefix cannot be changed"),
        ({"TQ04": "smart"}, "TQ04: expected fields to change"),
        ({"TQ04": {"zone": "care"}}, "TQ04.zone: expected smart or special, found 'care'"),
        ({"TQ04": {"typical_minutes": 0}}, "TQ04.typical_minutes: expected minutes between 0 and 240"),
        ({"TQ04": {"typical_minutes": True}}, "TQ04.typical_minutes: expected minutes"),
        ({"TQ04": {"confirmed_by_centre": "yes"}}, "TQ04.confirmed_by_centre: expected true or false"),
        ({"TQ04": {"plain_name": {"zh": "付房租"}}}, "TQ04.plain_name: missing translation 'en'"),
        ({"TQ04": {"plain_name": {"zh": "付房租", "en": " "}}}, "TQ04.plain_name: missing translation 'en'"),
        ({"TQ04": {"plain_name": {"zh": "买房取钱", "en": "x"}}}, "'买房取钱' is already the name of TQ01"),
        ({"TQ04": {"plain_name": "付房租"}}, "TQ04.plain_name: expected {zh, en}"),
        ({"TQ04": {"materials": "身份证"}}, "TQ04.materials: expected a list"),
        ({"TQ04": {"materials": ["身份证"]}}, "expected a table"),
        ({"TQ04": {"materials": [{"code": "M-ID"}]}}, "TQ04.materials[M-ID]: missing field name, required"),
        ({"TQ04": {"effective_date": "spring"}}, "TQ04.effective_date: expected a date as 2026-09-20"),
        ({"TQ04": {"common_mistakes": [{"zh": "一", "en": "x", "source": "ME"}]}}, "unknown source 'ME'"),
        ({"TQ04": {"time_limit": {"zh": "一天", "en": "one day", "source": "ME"}}}, "TQ04.time_limit: unknown source"),
        ({"TQ04": {"time_limit": {"zh": "一天"}}}, "TQ04.time_limit: missing translation 'en'"),
        ({"TQ04": {"effective_until": "2026-09-19"}}, "TQ04.effective_until: 2026-09-19 lies before 2026-09-20"),
        ({"TQ04": {"sources": ["GEN"]}}, "TQ04.confirmed_by_centre: none of its sources can confirm it"),
        ({"TQ04": {"sources": ["ME"]}}, "TQ04.sources: unknown source"),
        ({"TQ04": {"coaching": {"possible": True, "channels": [], "note": None}}}, "no channel to do it through"),
    ],
)
def test_a_change_that_makes_no_sense_is_refused_with_its_place(
    catalogue: Catalogue, changes: dict[str, Any], complaint: str
) -> None:
    with pytest.raises(CatalogueError) as refusal:
        catalogue.with_changes(changes)

    assert complaint in str(refusal.value)


def test_a_guess_cannot_be_marked_as_confirmed(catalogue: Catalogue) -> None:
    guess = {
        "code": "M-ID",
        "name": {"zh": "本人身份证", "en": "Your ID card"},
        "required": "must",
        "source": "A",
        "confirmed": True,
    }

    with pytest.raises(CatalogueError, match="cannot be confirmed by source A"):
        catalogue.with_changes({"TQ04": {"materials": [guess]}})
