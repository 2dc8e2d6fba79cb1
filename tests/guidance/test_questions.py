"""A question of triage is asked only where the answer changes the way, and it never leads in a circle."""

from __future__ import annotations

import dataclasses
from datetime import date

from queue_server.guidance.catalogue import Catalogue
from queue_server.guidance.questions import load_questions
from queue_server.guidance.tiles import load_usual
from queue_server.hall_file import read_hall_file
from queue_server.settings import DEPLOY
from queue_server.web.service_views import offer_view, other_centre_view, rather_view


def test_each_question_leads_to_another_service_in_few_words(catalogue: Catalogue) -> None:
    for service, questions in load_questions(catalogue).items():
        assert len({one.service for one in questions}) == len(questions), service
        for one in questions:
            assert one.service != service
            assert len(one.when.zh) <= 16
            assert len(one.when.en) <= 48


def test_what_is_usual_is_in_the_catalogue(catalogue: Catalogue) -> None:
    assert len(load_usual(catalogue)) == 4


def test_a_temporary_rule_is_offered_on_its_last_day_and_not_after_it(catalogue: Catalogue) -> None:
    heating = catalogue.service("TQ06")

    assert offer_view(heating, "zh", date(2027, 4, 6))["not_in_force"] is None
    ended = offer_view(heating, "zh", date(2027, 4, 7))
    assert not ended["in_force"]
    assert "2027-04-06" in ended["not_in_force"]


def test_nobody_is_led_to_a_service_that_has_ended(catalogue: Catalogue) -> None:
    questions = load_questions(catalogue)["TQ04"]
    ended = dataclasses.replace(catalogue.service("TQ05"), effective_until=date(2026, 1, 1))
    later = dataclasses.replace(catalogue, _by_id={**catalogue._by_id, "TQ05": ended})

    assert [one["service"] for one in rather_view(questions, catalogue, "zh", date(2026, 11, 25))] == ["TQ05"]
    assert rather_view(questions, later, "zh", date(2026, 11, 25)) == []


def test_which_centre_is_asked_where_it_matters_and_only_where_there_are_two() -> None:
    lanzhou = read_hall_file(DEPLOY / "halls" / "lanzhou.toml").other_centre

    assert other_centre_view(lanzhou, "TQ04", "zh")["short"] == "省中心"  # type: ignore[index]
    assert other_centre_view(lanzhou, "QT01", "zh") is None
    assert other_centre_view(None, "TQ04", "zh") is None
