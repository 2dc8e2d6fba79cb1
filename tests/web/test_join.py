"""Joining the queue with one's own phone by the poster in the hall, without script."""

import re
from dataclasses import replace

from flask.testing import FlaskClient

from queue_server.web.pages.join.join import poster_code
from tests.web.web_hall import WebHall


def poster(web: WebHall) -> str:
    return f"/join/{poster_code(web.context)}"


def phone(web: WebHall) -> FlaskClient:
    """A phone of its own, with its own cookies."""
    return web.app.test_client()


def take(client: FlaskClient, web: WebHall, choice: str = "counter", service: str = "TQ04"):  # type: ignore[no-untyped-def]
    page = client.get(f"{poster(web)}/{service}").get_data(as_text=True)
    key = re.search(r'name="key" value="(\w+)"', page)
    assert key
    return client.post(f"{poster(web)}/{service}", data={"choice": choice, "key": key[1]})


def test_whoever_scans_the_poster_finds_the_service_and_gets_a_number_of_the_same_queue(web: WebHall):
    client = phone(web)
    found = client.get(f"{poster(web)}?q=租房").get_data(as_text=True)
    assert f"{poster(web)}/TQ04" in found
    assert "不用手机也一样" in found

    answer = take(client, web, "coaching")

    assert answer.status_code == 303
    assert client.get(answer.location).status_code == 200  # the page that follows the number
    ticket = web.hall.read(lambda day, at: next(iter(day.tickets.values())))
    assert (ticket.zone, ticket.service) == ("smart", "TQ04")


def test_the_poster_asks_what_the_kiosk_asks_and_says_what_it_says(web: WebHall):
    page = phone(web).get(f"{poster(web)}/TQ04").get_data(as_text=True)
    told = web.kiosk().get("/services/TQ04").json

    assert "账户在哪家中心" in page
    for said in (told["other_centre"]["what_then"], *told["other_centre"]["how_to_tell"], *told["mistakes"]):
        assert said in page
    for one in told["rather"]:
        assert f"{poster(web)}/{one['service']}?" in page
    assert f"大约 {told['minutes']} 分钟" in page


def test_one_phone_holds_one_number_and_is_led_back_to_it(web: WebHall):
    client = phone(web)
    first = take(client, web).location

    second = take(client, web, service="TQ02")

    assert second.status_code == 409
    assert first in second.get_data(as_text=True)
    assert web.names() == ["TicketIssued"]


def test_all_phones_together_hold_no_more_than_the_hall_allows_and_the_kiosk_still_gives_numbers(web: WebHall):
    few = replace(web.hall.rules, limits=replace(web.hall.rules.limits, tickets_by_phone=2))
    web.hall.read(lambda day, at: setattr(day, "rules", few))
    for _ in range(2):
        assert take(phone(web), web).status_code == 303

    refused = take(phone(web), web)

    assert refused.status_code == 409
    assert "取号机" in refused.get_data(as_text=True)
    assert web.kiosk().post("/tickets", {"service": "TQ04"}).status_code == 201


def test_company_is_had_without_a_reason_and_a_press_sent_twice_is_one_number(web: WebHall):
    client = phone(web)
    form = {"choice": "care", "key": "one-press"}
    answers = [client.post(f"{poster(web)}/TQ04?lang=en", data=form) for _ in range(2)]

    assert answers[0].location == answers[1].location
    (ticket,) = web.hall.read(lambda day, at: list(day.tickets.values()))
    assert (ticket.care, ticket.language) == (True, "en")


def test_an_address_that_no_poster_carries_leads_nowhere(web: WebHall):
    for path in ("/join/aaaaaaaaaaaaaaaa", "/join/aaaaaaaaaaaaaaaa/TQ04", f"{poster(web)}/XX99"):
        assert phone(web).get(path).status_code == 404
    assert phone(web).post("/join/aaaaaaaaaaaaaaaa/TQ04", data={"choice": "counter"}).status_code == 404
    assert web.names() == []


def test_the_poster_is_printed_by_staff_only(web: WebHall):
    assert phone(web).get("/poster").status_code in (302, 401)
    assert "从未授权" in web.signed_in("guide").client.get("/poster").get_data(as_text=True)
    assert web.signed_in("guide").client.get("/poster/qr.svg").data.startswith(b"<?xml")
