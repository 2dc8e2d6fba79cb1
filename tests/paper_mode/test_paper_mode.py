"""A hall without a server, in earnest: killed, called from the printed list, entered when it is back."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from datetime import UTC, date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from kiosk.alone.moments import Moment
from kiosk.alone.store import AloneStore
from queue_server.cli import main
from queue_server.demo.password import DEMO_PASSWORD
from queue_server.demo.past.record import give_a_past
from queue_server.paper_cli import sign_in
from queue_server.paper_mode.hall_door import NotEntered
from queue_server.paper_mode.paper_list import WIDTH, Row, ZoneList, as_text, columns
from queue_server.paper_mode.written import Unreadable, Written, in_the_order_called, read_lines
from queue_server.settings import read_settings
from tests.e2e.hall_process import ROOT, HallProcess

SHANGHAI = ZoneInfo("Asia/Shanghai")


def read(*lines: str) -> list[Written | Unreadable]:
    return list(read_lines(lines, date(2026, 11, 23), SHANGHAI))


def test_lines_are_read_as_people_write_them():
    written = read("号,窗口,叫号,结束", "t0012，3，9：05，9:20", "", "# 午休", "T0013\t4\t09.21\t未到\tli")
    assert [(one.line, one.ticket, one.counter) for one in written] == [(2, "T0012", "3"), (5, "T0013", "4")]
    first, second = written
    assert isinstance(first, Written)
    assert isinstance(second, Written)
    assert f"{first.called_at:%H:%M}–{first.ended_at:%H:%M}" == "09:05–09:20"
    assert (second.came, second.officer) == (False, "li")
    assert read("T0012,3,9:05,9:20")[0].key() == read("T0012 , 3 , 09:05 , 9:20")[0].key()


def test_what_cannot_be_read_says_which_line_and_why():
    wrong = read("T12,3,9:05,9:20", "T0012,3,9:05", "T0012,3,25:05,9:20", "T0012,3,9:05,soon")
    assert all(isinstance(one, Unreadable) for one in wrong)
    assert [one.line for one in wrong] == [1, 2, 3, 4]


def test_lines_are_entered_in_the_order_in_which_people_were_called():
    written = [one for one in read("T0002,3,9:30,9:40", "T0001,4,9:10,9:20") if isinstance(one, Written)]
    assert [one.ticket for one in in_the_order_called(written)] == ["T0001", "T0002"]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_list_fits_a_page_however_long_names_are(language: str):
    row = Row("T0012", "住房公积金异地转移接续并提取还贷" * 3, "09:31", ("care", "group"), "12")
    text = as_text("城关服务厅", [ZoneList("特殊业务受理区", [row], [row], [row])], "09:40", "10:42", language)
    assert "T0012  09:31" in text
    assert max(map(columns, text.splitlines())) <= WIDTH


def kiosk_file(path: Path, day: date, *numbers: str) -> Path:
    """What a kiosk that gave these numbers has on its disk, the kit of a first answer not included."""
    store = AloneStore(path)
    store.keep_numbers(day, [(number, f"http://hall.test/p/{number}") for number in numbers])
    for minute, number in enumerate(numbers):
        at = datetime.combine(day, time(9, minute), SHANGHAI)
        wish = {"service": "TQ01", "zone": "special"}
        assert store.give(number, number[0], day, wish, Moment(at.timestamp(), minute, "a"), at)
    store.close()
    return path


def test_kiosks_of_two_days_lose_nobody_and_it_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    monday = kiosk_file(tmp_path / "alone-K1.sqlite", date(2026, 11, 23), "T0901", "T0902")
    sunday = kiosk_file(tmp_path / "alone-K2.sqlite", date(2026, 11, 22), "T0801")

    assert main(["paper-mode", "list", "--kiosk", str(monday), "--kiosk", str(sunday)]) == 0

    told = capsys.readouterr()
    rows = [line for line in told.out.splitlines() if re.search(r"T0\d{3}", line)]
    assert [re.findall(r"T0\d{3}|11-22", row) for row in rows] == [["T0901"], ["T0902"], ["T0801", "11-22"]]
    assert "alone-K2.sqlite: 1 numbers are of 2026-11-22, the list is of 2026-11-23" in told.err


def test_whom_the_log_of_an_earlier_day_knows_is_not_called_again(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    settings = read_settings(data=tmp_path, demo=True)
    give_a_past(settings, 2, datetime(2026, 11, 25, 2, tzinfo=UTC))  # Monday and Tuesday, everybody gone home
    monday = kiosk_file(tmp_path / "alone-K1.sqlite", date(2026, 11, 23), "T0001", "T0901")

    assert main(["paper-mode", "list", "--data", str(tmp_path), "--kiosk", str(monday)]) == 0

    told = capsys.readouterr()
    rows = [line for line in told.out.splitlines() if re.search(r"[A-Z]\d{4}", line)]
    assert [re.findall(r"T0\d{3}|11-23", row) for row in rows] == [["T0901", "11-23"]]


def test_a_kiosks_file_that_is_missing_or_none_is_told_with_or_without_the_servers_folder(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    for data in ([], ["--data", str(tmp_path)]):
        assert main(["paper-mode", "list", *data, "--kiosk", str(tmp_path / "alone-K9.sqlite")]) == 2
        assert "There is no" in capsys.readouterr().err
    (tmp_path / "notes.sqlite").write_text("nothing of the kind, and long enough to be looked at " * 20)
    assert main(["paper-mode", "list", "--kiosk", str(tmp_path / "notes.sqlite")]) == 2
    assert "cannot be read" in capsys.readouterr().err


def test_who_signs_in_with_a_phone_is_asked_for_its_code(monkeypatch: pytest.MonkeyPatch):
    tried = []

    class Door:
        def sign_in(self, person: str, password: str, code: str = "") -> None:
            tried.append((person, password, code))
            if not code:
                raise NotEntered("The 6-digit code of your phone is needed, too.", "code_needed")

    monkeypatch.setattr("builtins.input", lambda _: " 123456 ")
    sign_in(Door(), "sun", "secret")  # type: ignore[arg-type]

    assert tried == [("sun", "secret", ""), ("sun", "secret", "123456")]


@pytest.fixture
def hall(tmp_path: Path, accounts_made: Path):
    hall = HallProcess(tmp_path, accounts_made)
    hall.start_server()
    yield hall
    hall.stop()
    assert "Traceback" not in hall.said()


def xinting(*words: object, typed: str = "") -> subprocess.CompletedProcess[str]:
    program = "import getpass, os; getpass.getpass = lambda *_: os.environ['PASSWORD']\n"
    program += "import sys; from queue_server.cli import main; sys.exit(main(sys.argv[1:]))"
    environment = os.environ | {"PASSWORD": DEMO_PASSWORD, "XINTING_DEMO": "1"}
    return subprocess.run(
        [sys.executable, "-c", program, *map(str, words)],
        cwd=ROOT, env=environment, input=typed, capture_output=True, text=True, timeout=60,
    )  # fmt: skip


@pytest.mark.slow
def test_an_hour_without_a_server_is_called_from_paper_and_entered_afterwards(hall: HallProcess, tmp_path: Path):
    numbers = [hall.take_number(again=True)["ticket"] for _ in range(3)]
    now = hall.member("sun").get("/hall")["clock"]["now"]
    hall.kill_server()

    listed = xinting("paper-mode", "list", "--data", hall.data, "--hall", hall.hall_file)
    assert listed.returncode == 0, listed.stderr
    places = [listed.stdout.index(number) for number in numbers]
    assert places == sorted(places)  # in the order in which they came

    hall.start_server()
    clock = hall.member("sun").get("/hall")["clock"]
    minute = _minute(now, clock["timezone"])
    lines = [
        "号,窗口,叫号,结束",
        f"{numbers[0]},3,{minute},{minute}",
        f"{numbers[1]},3,{minute},未到",
        f"T9999,3,{minute},{minute}",
    ]
    (tmp_path / "list.csv").write_text("\n".join(lines), encoding="utf-8")

    def enter() -> subprocess.CompletedProcess[str]:
        return xinting("paper-mode", "enter", tmp_path / "list.csv", "--server", hall.url, "--person", "sun")

    done, again = enter(), enter()
    assert (done.returncode, again.returncode) == (1, 1)  # T9999 is nobody's
    assert "T9999 not entered" in done.stderr
    assert done.stdout == again.stdout  # entered once, however often
    english = ("--server", hall.url, "--person", "sun", "--lang", "en")
    typed = xinting("paper-mode", "enter", *english, typed=f"{numbers[2]},4,9:0,9:20\n")
    assert (typed.returncode, "write times as" in typed.stderr) == (1, True)

    supervisor = hall.member("sun")
    stages = [supervisor.get(f"/tickets/{number}")["stage"] for number in numbers]
    assert stages == ["served", "no_show", "waiting"]
    events = supervisor.get("/events", after=0)["events"]
    by_hand = [event for event in events if event["name"] == "served_by_hand"]
    assert [(event["ticket"], event["actor"]) for event in by_hand] == [
        (numbers[0], "supervisor:sun"),
        (numbers[1], "supervisor:sun"),
    ]


def _minute(now: str, timezone: str) -> str:
    return f"{datetime.fromisoformat(now).astimezone(ZoneInfo(timezone)):%H:%M}"
