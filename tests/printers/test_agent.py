"""A kiosk's print agent between a real server and a real TCP printer."""

import signal
import socket
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from datetime import UTC, datetime, timedelta
from ipaddress import ip_network

import pytest
from jobs_server import TOKEN, JobsServer
from paper_jobs import paper_job
from PIL import Image, ImageChops
from zxingcpp import read_barcodes

from printers import discovery
from printers.agent import PrintAgent
from printers.paper_ticket import PaperTicket
from printers.raster import draw
from printers.standin import Standin
from printers.ticket_layout import lay_out
from tests.soak.paper_tray import PaperTray


def fresh_job(job: str = "K1-17", **changes):
    return paper_job(job=job, requested_at=datetime.now(UTC).isoformat(), **changes)


@pytest.fixture
def server():
    running = JobsServer()
    yield running
    running.stop()


@pytest.fixture
def start_agent(server, standin, tmp_path):
    """Starts an agent for printer K1; all are stopped at the end."""
    agents = []

    def start(device: str | None = None, token: str = TOKEN, **options) -> PrintAgent:
        device_url = device or f"tcp://127.0.0.1:{standin.port}"
        agent = PrintAgent(server.url, token, "K1", device_url, tmp_path / "K1.spool", **options)
        thread = threading.Thread(target=agent.run)
        thread.start()
        agents.append((agent, thread))
        return agent

    def stop() -> None:
        while agents:
            agent, thread = agents.pop()
            agent.stop()
            thread.join(timeout=15)
            assert not thread.is_alive()

    start.stop = stop
    yield start
    stop()


def test_a_job_asked_for_before_the_agent_started_is_printed_and_reported(server, standin, start_agent, eventually):
    server.ask_for(fresh_job())

    start_agent()

    eventually(lambda: server.reports)
    assert server.reports == [("K1-17", "printed", None)]
    assert [paper["complete"] for paper in standin.shelf.papers()] == [True]


def test_a_message_on_the_feed_brings_the_paper_without_waiting_for_the_next_look(
    server, standin, start_agent, eventually
):
    start_agent(fetch_every_seconds=3600)
    eventually(lambda: server.connected and server.fetches >= 1)

    server.ask_for(fresh_job())

    eventually(lambda: server.states_of("K1-17") == [("printed", None)])
    assert len(standin.shelf.papers()) == 1


def test_without_a_feed_the_agent_looks_by_itself(standin, tmp_path, eventually):
    server = JobsServer(with_feed=False)
    agent = PrintAgent(server.url, TOKEN, "K1", "dummy:", tmp_path / "spool", fetch_every_seconds=0.05)
    thread = threading.Thread(target=agent.run)
    thread.start()
    eventually(lambda: server.fetches >= 2)

    server.ask_for(fresh_job())

    eventually(lambda: server.reports)
    agent.stop()
    thread.join(timeout=15)
    server.stop()
    assert len(agent.device.papers) == 1


def test_an_unreachable_printer_is_reported_at_once_and_the_paper_comes_when_it_is_there(
    server, start_agent, eventually, tmp_path
):
    with socket.socket() as reserved:
        reserved.bind(("127.0.0.1", 0))
        port = reserved.getsockname()[1]
    start_agent(device=f"tcp://127.0.0.1:{port}")
    server.ask_for(fresh_job())
    eventually(lambda: server.states_of("K1-17") == [("failed", "unreachable")])

    late = Standin("127.0.0.1", port, tmp_path / "late")
    late.start()

    eventually(lambda: server.states_of("K1-17") == [("failed", "unreachable"), ("printed", None)])
    assert len(late.shelf.papers()) == 1
    late.stop()


def test_paper_out_is_reported_for_each_ticket_and_all_come_out_once_after_the_change(
    server, standin, start_agent, eventually
):
    standin.set(paper_out=True)
    start_agent()
    for number in range(3):
        server.ask_for(fresh_job(f"K1-{number}"))
    eventually(lambda: len(server.reports) == 3)
    assert {(state, problem) for _job, state, problem in server.reports} == {("failed", "paper_out")}

    standin.set(paper_out=False)

    eventually(lambda: len(server.reports) == 6)
    assert {state for _job, state, _problem in server.reports[3:]} == {"printed"}
    assert [paper["complete"] for paper in standin.shelf.papers()] == [True] * 3


def test_a_report_that_the_server_cannot_take_is_told_later_and_the_paper_is_not_printed_twice(
    server, standin, start_agent, eventually, monkeypatch
):
    monkeypatch.setattr("printers.agent.REPORT_AGAIN_SECONDS", 0.05)
    server.report_status = 503
    start_agent(fetch_every_seconds=0.05)
    server.ask_for(fresh_job())
    eventually(standin.shelf.papers)
    fetches = server.fetches
    eventually(lambda: server.fetches > fetches + 3)  # the job is offered again and again meanwhile

    server.report_status = 200

    eventually(lambda: server.states_of("K1-17")[-1:] == [("printed", None)])
    assert len(standin.shelf.papers()) == 1


def test_a_restarted_agent_reports_what_the_server_missed_and_prints_nothing_again(
    server, standin, start_agent, eventually
):
    server.report_status = 503
    start_agent()
    server.ask_for(fresh_job())
    eventually(standin.shelf.papers)
    start_agent.stop()

    server.report_status = 200
    start_agent()

    eventually(lambda: server.states_of("K1-17")[-1:] == [("printed", None)])
    assert len(standin.shelf.papers()) == 1


def test_a_server_that_lost_the_report_is_told_again_and_nothing_is_printed_twice(
    server, standin, start_agent, eventually
):
    start_agent(fetch_every_seconds=0.05)
    server.ask_for(fresh_job())
    eventually(lambda: server.reports)

    server.reports.clear()

    eventually(lambda: server.states_of("K1-17") == [("printed", None)])
    assert len(standin.shelf.papers()) == 1


def test_the_agent_outlives_its_server_and_goes_on_with_the_next_one(standin, tmp_path, eventually):
    first = JobsServer()
    agent = PrintAgent(
        first.url, TOKEN, "K1", f"tcp://127.0.0.1:{standin.port}", tmp_path / "spool", fetch_every_seconds=0.05
    )
    thread = threading.Thread(target=agent.run)
    thread.start()
    eventually(lambda: first.fetches)
    first.stop()

    second = JobsServer(first.port)
    second.ask_for(fresh_job())

    eventually(lambda: second.states_of("K1-17") == [("printed", None)])
    agent.stop()
    thread.join(timeout=15)
    second.stop()


def test_a_job_that_is_too_old_is_reported_expired_and_stays_in_the_printer(server, standin, start_agent, eventually):
    old = datetime.now(UTC) - timedelta(minutes=11)
    server.ask_for(paper_job(requested_at=old.isoformat()))

    start_agent()

    eventually(lambda: server.states_of("K1-17") == [("failed", "expired")])
    assert standin.shelf.papers() == []


def test_a_kiosk_whose_clock_is_two_hours_wrong_still_prints(server, standin, start_agent, eventually):
    start_agent(clock=lambda: datetime.now(UTC) + timedelta(hours=2))

    server.ask_for(fresh_job())

    eventually(lambda: server.states_of("K1-17") == [("printed", None)])


def test_a_faulty_job_is_refused_and_the_next_one_is_printed(server, standin, start_agent, eventually):
    faulty = fresh_job("K1-1")
    del faulty["ticket"]["zone"]
    server.ask_for(faulty)
    server.ask_for(fresh_job("K1-2"))

    start_agent()

    eventually(lambda: len(server.reports) == 2)
    assert server.states_of("K1-1") == [("failed", "bad_job")]
    assert server.states_of("K1-2") == [("printed", None)]


def test_a_job_of_another_printer_is_left_alone(server, standin, start_agent, eventually):
    server.ask_for({**fresh_job("K2-1"), "printer": "K2"})
    server.ask_for(fresh_job("K1-1"))

    start_agent()

    eventually(lambda: server.states_of("K1-1"))
    assert server.states_of("K2-1") == []
    assert len(standin.shelf.papers()) == 1


def test_a_wrong_token_prints_nothing_and_the_agent_keeps_asking(server, standin, start_agent, eventually, caplog):
    server.ask_for(fresh_job())

    start_agent(token="stolen", fetch_every_seconds=0.02)

    eventually(lambda: "401" in caplog.text)
    assert server.connected == []
    assert standin.shelf.papers() == []


def test_an_idle_printer_is_looked_at_and_each_change_is_told_with_nobody_pressing(
    server, standin, start_agent, eventually
):
    start_agent(look_every_seconds=0.02)
    eventually(lambda: server.states == ["ready"])

    for changes, told in (
        ({"paper_near_end": True}, "paper_near_end"),
        ({"paper_out": True}, "paper_out"),
        ({"cover_open": True}, "cover_open"),
        ({"paper_out": False, "cover_open": False, "paper_near_end": False, "garbage": True}, "unknown"),
        ({"garbage": False}, "ready"),
    ):
        standin.set(**changes)
        eventually(lambda told=told: server.states[-1] == told)

    assert standin.shelf.papers() == []


def test_a_roll_that_ends_in_mid_ticket_is_told_and_the_ticket_comes_again_as_a_reprint(
    server, standin, start_agent, eventually
):
    standin.set(out_after_bytes=3000)
    start_agent()
    server.ask_for(fresh_job())
    eventually(lambda: server.states_of("K1-17") == [("failed", "paper_out")] and "paper_out" in server.states)
    assert not any(paper["complete"] for paper in standin.shelf.papers())

    standin.set(paper_out=False)

    eventually(lambda: server.states_of("K1-17")[-1] == ("printed", None) and server.states[-1] == "ready")
    job = next(iter(server.jobs.values()))
    expected = draw(lay_out(PaperTicket.from_json({**job, "reprint": True})))
    printed = Image.open(standin.shelf.folder / "latest.png")
    assert ImageChops.difference(printed.convert("L"), expected.convert("L")).getbbox() is None


def test_a_ticket_that_another_printer_has_never_comes_out_here(server, standin, start_agent, eventually, monkeypatch):
    monkeypatch.setattr("printers.spool.BACK_OFF_SECONDS", (0.02,))
    standin.set(paper_out=True)
    server.moved_to = "K2"
    agent = start_agent(fetch_every_seconds=0.05)
    server.ask_for(fresh_job())
    eventually(lambda: server.given_up and agent.paper_states()["K1-17"] == "failed")

    standin.set(paper_out=False)
    server.ask_for(fresh_job("K1-18"))

    eventually(lambda: server.states_of("K1-18")[-1:] == [("printed", None)])
    assert len(standin.shelf.papers()) == 1
    assert server.given_up[0]["maybe_on_paper"] is False


def test_while_nobody_knows_whether_another_printer_has_it_nothing_comes_out_over_a_restart_too(
    server, standin, start_agent, eventually, monkeypatch
):
    monkeypatch.setattr("printers.spool.BACK_OFF_SECONDS", (0.02,))
    monkeypatch.setattr("printers.agent.REPORT_AGAIN_SECONDS", 0.05)
    standin.set(paper_out=True)
    server.moved_to, server.loses_answers = "K2", True
    start_agent()
    server.ask_for(fresh_job())
    eventually(lambda: server.given_up)
    start_agent.stop()

    standin.set(paper_out=False)
    agent = start_agent()
    asked = len(server.given_up)
    eventually(lambda: len(server.given_up) > asked + 2)
    assert standin.shelf.papers() == []
    server.loses_answers = False

    eventually(lambda: agent.paper_states()["K1-17"] == "failed")
    assert standin.shelf.papers() == []


def test_where_no_other_printer_takes_it_the_ticket_comes_out_here_when_it_can(
    server, standin, start_agent, eventually, monkeypatch
):
    monkeypatch.setattr("printers.spool.BACK_OFF_SECONDS", (0.02,))
    standin.set(paper_out=True)
    start_agent()
    server.ask_for(fresh_job())
    eventually(lambda: len(server.given_up) >= 2)

    standin.set(paper_out=False)

    eventually(lambda: server.states_of("K1-17")[-1:] == [("printed", None)])
    assert len(standin.shelf.papers()) == 1


AGENT_PROGRAM = """
import sys
from printers.agent import PrintAgent, until_told_to_stop
until_told_to_stop(PrintAgent(*sys.argv[1:]))
"""


def test_an_agent_killed_in_mid_ticket_prints_it_after_its_restart_and_says_that_it_is_a_reprint(
    server, standin, tmp_path, eventually
):
    arguments = [server.url, TOKEN, "K1", f"tcp://127.0.0.1:{standin.port}", str(tmp_path / "K1.spool")]
    job = fresh_job()
    server.ask_for(job)
    standin.set(stalled=True)

    def is_on_its_way() -> bool:
        with closing(sqlite3.connect(tmp_path / "K1.spool")) as spool:
            return spool.execute("SELECT state FROM jobs").fetchall() == [("sending",)]

    with subprocess.Popen([sys.executable, "-c", AGENT_PROGRAM, *arguments]) as first:
        eventually(lambda: (tmp_path / "K1.spool").exists() and server.fetches and is_on_its_way())
        first.send_signal(signal.SIGKILL)
    standin.set(stalled=False)

    with subprocess.Popen([sys.executable, "-c", AGENT_PROGRAM, *arguments]) as second:
        eventually(lambda: server.states_of("K1-17")[-1:] == [("printed", None)])
        second.terminate()

    expected = draw(lay_out(PaperTicket.from_json({**job, "reprint": True})))
    printed = Image.open(standin.shelf.folder / "latest.png")
    assert printed.size == expected.size
    assert ImageChops.difference(printed.convert("L"), expected.convert("L")).getbbox() is None
    assert len(standin.shelf.papers()) == 1
    assert second.returncode == 0


def test_a_test_page_and_the_printers_around_are_asked_for_like_any_paper(
    server, standin, start_agent, eventually, monkeypatch
):
    monkeypatch.setattr(discovery, "NETWORK_PORT", standin.port)
    monkeypatch.setattr(discovery, "own_networks", lambda: [ip_network("127.0.0.1/32")])
    start_agent()
    header = {"printer": "K1", "requested_at": datetime.now(UTC).isoformat()}
    server.ask_for(header | {"job": "test.7f3a", "test": {"code": "XINTING K1 7F3A", "day": "", "language": "zh"}})
    server.ask_for(header | {"job": "find.01", "find": {}})

    eventually(lambda: server.states_of("test.7f3a") == [("printed", None)])
    (code,) = read_barcodes(Image.open(standin.shelf.folder / "latest.png").convert("L"))
    assert code.text == "XINTING K1 7F3A"
    eventually(lambda: server.found)
    assert server.found[0]["found"][0]["address"] == f"tcp://127.0.0.1:{standin.port}"
    assert len(server.found) == 1


class SteppedClock:
    """The kiosk's own clock, moved by hand."""

    def __init__(self) -> None:
        self.now = datetime.now(UTC)

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **span: float) -> None:
        self.now += timedelta(**span)


def test_a_printer_unplugged_for_twelve_minutes_under_load_prints_what_is_still_wanted_once(
    server, start_agent, tmp_path, eventually
):
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    clock = SteppedClock()
    start_agent(f"tcp://127.0.0.1:{port}", clock=clock, fetch_every_seconds=0.05)
    asked = []
    for minute in range(12):
        for number in range(2):
            asked.append(f"K1-{minute:02}{number}")
            server.ask_for(fresh_job(asked[-1]))
        eventually(lambda: all(("failed", "unreachable") in server.states_of(job) for job in asked[-2:]))
        clock.forward(minutes=1)
    clock.forward(seconds=20)
    nobody_waits, still_wanted = asked[:6], asked[6:]  # asked for more than ten minutes ago, or less
    eventually(lambda: all(("failed", "expired") in server.states_of(job) for job in nobody_waits))

    printer = Standin("127.0.0.1", port, tmp_path / "plugged-in")
    printer.start()
    try:
        clock.forward(seconds=35)  # the longest wait between two tries is thirty
        eventually(lambda: all(("printed", None) in server.states_of(job) for job in still_wanted))
        assert len(printer.shelf.papers()) == len(still_wanted), "nothing twice, and nothing that nobody waits for"
    finally:
        start_agent.stop()
        printer.stop()


def test_two_kiosks_on_one_printer_that_listens_to_one_of_them_at_a_time_get_each_paper_whole_and_once(
    tmp_path, eventually
):
    tray = PaperTray(tmp_path / "papers")
    tray.set(one_at_a_time=True, paper_seconds=0.4)
    tray.start()
    servers = [JobsServer(with_feed=False) for _ in range(2)]
    asked = [(server, f"T00{kiosk}{n}") for n in range(3) for kiosk, server in enumerate(servers)]
    numbers = [number for _, number in asked]
    for server, number in asked:
        server.ask_for(fresh_job(f"K1-{number}", ticket=number))
    agents = [
        PrintAgent(server.url, TOKEN, "K1", f"tcp://127.0.0.1:{tray.port}?writing=native", tmp_path / f"spool-{place}")
        for place, server in enumerate(servers)
    ]
    threads = [threading.Thread(target=agent.run) for agent in agents]
    try:
        for thread in threads:
            thread.start()
        eventually(lambda: all(("printed", None) in server.states_of(f"K1-{number}") for server, number in asked))
    finally:
        for agent in agents:
            agent.stop()
        for thread in threads:
            thread.join(timeout=15)
        for server in servers:
            server.stop()
        tray.stop()
    assert [server.given_up for server in servers] == [[], []]
    came_out = sorted((paper.number, paper.again) for paper in tray.papers)
    assert came_out == [(number, False) for number in sorted(numbers)]
