"""One visit through the published interfaces, and what each of them answers."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from queue_server.accounts import DeviceKind
from queue_server.web.api import service_shapes, shapes
from tests.web.web_hall import WebHall


def test_a_number_is_given_with_place_materials_and_a_link_that_opens(web: WebHall):
    web.a_visitor_takes_a_number()

    answer = web.kiosk().post("/tickets", {"service": "TQ04", "printer": "K1"})

    assert answer.status_code == 201
    issued = shapes.IssuedShape.model_validate(answer.json)
    assert (issued.ticket, issued.ahead, issued.paper) == ("T0002", 1, "asked")
    found = web.context.progress_links.read(issued.link.rsplit("/", 1)[1], web.hall.rules.day_of(web.clock.now()))
    assert found
    assert found.ticket == "T0002"


def test_a_whole_visit_from_the_kiosk_to_the_end_of_service(web: WebHall):
    number = web.a_visitor_takes_a_number()
    officer = web.officer()

    assert web.an_officer_calls(officer) == number
    started = officer.post(f"/tickets/{number}/start")
    ended = officer.post(f"/tickets/{number}/end")

    assert started.json["ticket"]["stage"] == "serving"
    assert ended.json["ticket"]["stage"] == "served"
    assert web.names() == ["TicketIssued", "DeskOpened", "TicketCalled", "ServiceStarted", "ServiceEnded"]


def test_a_guide_moves_a_ticket_and_takes_it_back_in_time(web: WebHall):
    number = web.a_visitor_takes_a_number()
    guide = web.signed_in("guide")

    moved = guide.post(f"/tickets/{number}/transfer", {"zone": "care"}).json["ticket"]
    back = guide.post(f"/tickets/{number}/undo-transfer").json["ticket"]

    assert moved["zone"] == "care"
    assert moved["undo_until"] is not None
    assert back["zone"] == "special"


def test_the_answers_have_the_shapes_that_the_document_promises(web: WebHall):
    number = web.a_visitor_takes_a_number(printer="K1")
    officer, guide = web.officer(), web.signed_in("guide")
    web.an_officer_calls(officer)
    web.a_visitor_takes_a_number(care=True)
    web.kiosk().post("/help", {"question": "在哪里？"})

    shapes.BoardShape.model_validate(officer.get("/board").json)
    floor = shapes.FloorShape.model_validate(guide.get("/floor").json)
    page = shapes.DeskPageShape.model_validate(officer.get("/desks/3").json)
    service_shapes.ServicesShape.model_validate(guide.get("/services").json)
    service_shapes.ServiceShape.model_validate(guide.get("/services/TQ04?lang=en").json)
    shapes.EventsShape.model_validate(guide.get("/events").json)
    shapes.DemoShape.model_validate(guide.get("/demo").json)
    shapes.SessionShape.model_validate(guide.get("/session").json)
    shapes.TicketShape.model_validate(guide.get(f"/tickets/{number}").json)
    shapes.DeskAnswer.model_validate(officer.post("/counters/3/open").json)

    assert page.ticket
    assert page.ticket.ticket == number
    assert [call.place for call in floor.help] == ["K1"]


def test_the_hall_says_its_zones_counters_and_limits_to_everybody(web: WebHall):
    hall = web.stranger().get("/hall").json

    assert [zone["id"] for zone in hall["zones"]] == list(web.hall.rules.zones)
    assert hall["hours"]["open_now"] is True
    assert hall["limits"]["undo_within_seconds"] == web.hall.rules.limits.undo_within_seconds


def test_a_service_is_found_by_everyday_words(web: WebHall):
    found = web.kiosk().get("/services?q=租房").json["services"]

    assert "TQ04" in [card["id"] for card in found]


def test_the_supervisor_sees_the_zone_with_its_figures(web: WebHall):
    web.a_visitor_takes_a_number()
    web.clock.forward(minutes=40)

    measures = web.signed_in("supervisor").get("/measures").json

    special = next(zone for zone in measures["zones"] if zone["zone"] == "special")
    assert (special["waiting"], special["longest_wait_minutes"]) == (1, 40.0)
    assert "longest_wait" in [alert["kind"] for alert in measures["alerts"]]
    assert measures["series"]["zones"]["special"][-1] == 1


def test_a_paper_is_offered_to_its_printer_until_it_is_reported(web: WebHall):
    wish = {"service": "TQ04", "printer": "K1"}
    number = web.kiosk().post("/tickets", wish, Idempotency_Key="one-press").json["ticket"]
    agent = web.device(DeviceKind.PRINTER, "K1")

    (job,) = agent.get("/print-jobs?printer=K1").json["jobs"]
    agent.post(f"/print-jobs/{job['job']}", {"state": "failed", "problem": "paper_out"})
    floor = web.signed_in("guide").get("/floor").json

    assert job["ticket"]["ticket"] == number
    assert job["press"] == "one-press"
    assert agent.get("/print-jobs?printer=K1").json["jobs"] == []
    assert floor["printers"][0]["state"] == "failing"
    assert "热敏纸" in floor["printers"][0]["advice"]  # a roll of 80 mm: what staff can do


def test_pressing_twice_gives_the_same_number(web: WebHall):
    kiosk = web.kiosk()

    first = kiosk.post("/tickets", {"service": "TQ04"}, Idempotency_Key="press-1").json
    again = kiosk.post("/tickets", {"service": "TQ04"}, Idempotency_Key="press-1").json

    assert first["ticket"] == again["ticket"]
    assert web.names() == ["TicketIssued"]


def test_pressing_many_times_at_once_gives_one_number(web: WebHall):
    token = web.kiosk().headers

    def press(_: int) -> str:
        headers = {**token, "Idempotency-Key": "press-1"}
        answer = web.app.test_client().post("/api/v1/tickets", json={"service": "TQ04"}, headers=headers)
        return str(answer.json["ticket"])

    with ThreadPoolExecutor(8) as hands:
        numbers = set(hands.map(press, range(24)))

    assert numbers == {"T0001"}
    assert web.names() == ["TicketIssued"]


def test_two_kiosks_with_the_same_key_get_two_numbers(web: WebHall):
    one = web.kiosk("K1").post("/tickets", {"service": "TQ04"}, Idempotency_Key="press-1").json
    other = web.kiosk("K2").post("/tickets", {"service": "TQ04"}, Idempotency_Key="press-1").json

    assert one["ticket"] != other["ticket"]


def test_repeating_a_call_next_does_not_call_somebody_else(web: WebHall):
    web.a_visitor_takes_a_number()
    web.a_visitor_takes_a_number()
    officer = web.officer()
    officer.post("/counters/3/open")

    first = officer.post("/counters/3/call-next", Idempotency_Key="call-1").json
    again = officer.post("/counters/3/call-next", Idempotency_Key="call-1").json

    assert first["ticket"]["ticket"] == again["ticket"]["ticket"] == "T0001"


def test_a_demo_switch_speeds_the_clock_up_and_slows_it_down(web: WebHall):
    guide = web.signed_in("guide")

    fast = guide.post("/demo", {"running": True, "speed": 60}).json
    slow = guide.post("/demo", {"running": False, "speed": 60}).json

    assert (fast["clock"]["rate"], slow["clock"]["rate"]) == (60, 1)
