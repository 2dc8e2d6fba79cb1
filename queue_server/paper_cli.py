"""`xinting paper-mode`: the list to call from by hand while no server is there, and entering it afterwards."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from queue_server.mistake import Mistake

if TYPE_CHECKING:
    from kiosk.alone.paper_list import Remembered
    from queue_server.paper_mode.hall_door import HallDoor
    from queue_server.paper_mode.paper_list import ZoneList
    from queue_server.paper_mode.written import Written

PROMPT = "number,counter,called,ended > "


def add_paper_commands(commands: Any) -> None:
    paper = commands.add_parser("paper-mode", help="counters without a server: a list to call from, entered afterwards")
    verbs = paper.add_subparsers(required=True, metavar="VERB")

    command = verbs.add_parser("list", help="who waits in which order, by what is known; to standard output")
    command.add_argument("--data", type=Path, help="the server's folder, or a copy of it")
    command.add_argument("--hall", dest="hall_file", type=Path)
    command.add_argument(
        "--kiosk", type=Path, action="append", default=[], metavar="FILE",
        help="alone-K1.sqlite of a kiosk: what it gave that the server's folder does not know; may stand alone",
    )  # fmt: skip
    command.add_argument("--lang", choices=("zh", "en"), default="zh")
    command.set_defaults(run=print_list)

    command = verbs.add_parser("enter", help="enter what was called by hand, when the server is back")
    command.add_argument("file", type=Path, nargs="?", metavar="FILE", help="a line each; else asked for line by line")
    command.add_argument("--server", required=True, help="address of the hall's server")
    command.add_argument("--person", required=True, help="sign-in name of a supervisor or guide: who enters it")
    command.add_argument("--lang", choices=("zh", "en"), default="zh")
    command.set_defaults(run=enter)


# --- the list


def print_list(given: argparse.Namespace) -> None:
    if missing := next((path for path in given.kiosk if not path.is_file()), None):
        raise Mistake(f"There is no {missing}. On a kiosk it is alone-<printer>.sqlite in the folder given as --data.")
    has_log = given.data is not None or not given.kiosk
    print(of_the_log(given) if has_log else of_kiosks(given), end="")


def of_the_log(given: argparse.Namespace) -> str:
    from queue_server.cli import hall_of, settings_of
    from queue_server.domain.apply import replay
    from queue_server.paper_mode.paper_list import as_text, zone_lists
    from queue_server.stores.base import StorageTrouble
    from queue_server.stores.opening import open_log

    settings, hall = settings_of(given), hall_of(given)
    try:
        with closing(open_log(settings.data, settings.database_url)) as log:
            days = log.days(hall.id)
            if not days:
                raise Mistake(
                    f"{settings.data} knows of no day yet. With --kiosk a kiosk's own numbers make a list, too."
                )
            numbers = numbers_of_kiosks(given, max(days))
            asked = {max(days)} | ({one.day for some in numbers.values() for one in some} & set(days))
            lived = {one: replay(hall.rules, one, (each.event for each in log.read(hall.id, one))) for one in asked}
    except StorageTrouble as trouble:
        raise Mistake(str(trouble)) from trouble
    day = lived[max(days)]
    assert day.last_at is not None, "a day that the log names has events"
    now = datetime.now(UTC)
    is_today = hall.rules.local(now).date() == day.day
    at = max(now, day.last_at) if is_today else day.last_at

    def zone_name(zone: str) -> str:
        return hall.zones[zone].name.in_language(given.lang)

    def service_name(service: str) -> str:
        return hall.catalogue.service(service).plain_name.in_language(given.lang)

    zones = zone_lists(day, at, zone_name, service_name)
    with_kiosks(zones, numbers, day.day, {(one, number) for one, then in lived.items() for number in then.tickets})
    if not is_today:
        print(f"The newest record is of {day.day}, not of today.", file=sys.stderr)
    known, printed = hall.rules.local(day.last_at), hall.rules.local(now)
    return as_text(
        hall.name.in_language(given.lang), zones, f"{known:%Y-%m-%d %H:%M}", f"{printed:%Y-%m-%d %H:%M}", given.lang
    )


def numbers_of_kiosks(given: argparse.Namespace, day: date | None) -> dict[Path, list[Remembered]]:
    return {path: remembered_at(path, day, given.lang) for path in given.kiosk}


def with_kiosks(
    zones: list[ZoneList], numbers: dict[Path, list[Remembered]], day: date | None, known: set[tuple[date, str]]
) -> date | None:
    """What kiosks gave and the log does not know of (`known`: the days and numbers that it does), behind the others by
    the times on their papers. The list's day is `day`, else the newest at any kiosk. Whose number is of another day
    stands on the list as well, with its date: somebody may be waiting with it because a clock was wrong, or the
    server's folder is an old copy."""
    from queue_server.paper_mode.paper_list import Row, ZoneList

    of_day = day or max((one.day for some in numbers.values() for one in some), default=None)
    found = [one for some in numbers.values() for one in some if (one.day, one.number) not in known]
    for one in sorted(found, key=lambda one: (one.day != of_day, one.day, one.came, one.number)):
        zone = next((each for each in zones if each.zone == one.zone), None)
        if zone is None:
            zones.append(zone := ZoneList(one.zone))
        marks = ("care",) if one.care else ()
        other_day = "" if one.day == of_day else f"{one.day:%m-%d}"
        zone.waiting.append(Row(one.number, one.service, one.came, marks, day=other_day))
    for path, some in numbers.items():
        others = Counter(one.day for one in some if one.day != of_day)
        for other, many in sorted(others.items()):
            print(
                f"{path.name}: {many} numbers are of {other}, the list is of {of_day}. They are on it, marked with"
                " their date: compare with the date on the papers, and look at the clocks.",
                file=sys.stderr,
            )
        if not some:
            print(f"{path.name} knows of no number.", file=sys.stderr)
    return of_day


def remembered_at(path: Path, day: date | None, language: str) -> list[Remembered]:
    import sqlite3

    from kiosk.alone.paper_list import remembered
    from kiosk.alone.store import DiskFull

    try:
        return remembered(path, day, language)
    except (sqlite3.DatabaseError, DiskFull) as error:
        raise Mistake(f"{path} cannot be read as a kiosk's alone-….sqlite: {error}") from error


def of_kiosks(given: argparse.Namespace) -> str:
    from queue_server.paper_mode.paper_list import as_text

    zones: list[ZoneList] = []
    day = with_kiosks(zones, numbers_of_kiosks(given, None), None, set())
    now = datetime.now().astimezone()
    name = "、".join(path.stem.removeprefix("alone-") for path in given.kiosk)
    return as_text(name, zones, str(day or "—"), f"{now:%Y-%m-%d %H:%M}", given.lang, of_kiosk=True)


# --- entering


def enter(given: argparse.Namespace) -> int:
    """Ends with 1 when a line could not be entered; each says why, and the others are entered all the same."""
    from getpass import getpass
    from zoneinfo import ZoneInfo

    from queue_server.paper_mode.hall_door import HallDoor, NotEntered, NotThere
    from queue_server.paper_mode.paper_words import paper_words
    from queue_server.paper_mode.written import came_later, in_the_order_called, read_lines

    door = HallDoor(given.server, given.lang)
    try:
        clock = door.get("/hall")["clock"]
        sign_in(door, given.person, getpass(f"Password of {given.person}: "))
    except NotEntered as error:
        raise Mistake(str(error)) from error
    except NotThere as error:
        raise Mistake(f"The server is not there yet ({error}). Enter the list when it is.") from error
    timezone = ZoneInfo(clock["timezone"])
    today = datetime.fromisoformat(clock["now"]).astimezone(timezone).date()

    def one_by_one(lines: Iterable[str], order: Callable[[Sequence[Written]], Sequence[Written]]) -> bool:
        written: list[Written] = []
        is_fine = True
        for one in read_lines(lines, today, timezone):
            if hasattr(one, "problem"):
                problem = paper_words(given.lang)[f"problem_{one.problem}"]
                print(f"line {one.line}: {problem}: {one.text}", file=sys.stderr)
                is_fine = False
            else:
                written.append(one)
        later = came_later(written)
        for one in order(written):
            if one.line in later:
                print(f"line {one.line}: {one.ticket} came after all, see line {later[one.line]}")
            else:
                is_fine = entered(door, one) and is_fine
        return is_fine

    if given.file is None:
        return int(not all([one_by_one([line], list) for line in typed()]))
    try:
        lines = given.file.read_text(encoding="utf-8-sig").splitlines()
    except OSError as error:
        raise Mistake(f"{given.file} cannot be read: {error.strerror}") from error
    return int(not one_by_one(lines, in_the_order_called))


def sign_in(door: HallDoor, person: str, password: str) -> None:
    """Asks for the code of the phone where the account wants one. Raises NotEntered, NotThere."""
    from queue_server.paper_mode.hall_door import NotEntered

    try:
        door.sign_in(person, password)
    except NotEntered as error:
        if error.code != "code_needed":
            raise
        print(error, file=sys.stderr)
        door.sign_in(person, password, input("Code: ").strip())


def typed() -> Iterator[str]:
    """Until an empty line or the end."""
    while True:
        try:
            line = input(PROMPT if sys.stdin.isatty() else "")
        except EOFError:
            return
        if not line.strip():
            return
        yield line


def entered(door: HallDoor, one: Written) -> bool:
    from queue_server.paper_mode.hall_door import NotEntered, NotThere

    wish = {
        "ticket": one.ticket,
        "counter": one.counter,
        "called_at": one.called_at.isoformat(),
        "ended_at": one.ended_at.isoformat(),
        "came": one.came,
        "officer": one.officer,
    }
    try:
        door.post("/served-by-hand", wish, one.key())
    except NotEntered as error:
        print(f"line {one.line}: {one.ticket} not entered: {error}", file=sys.stderr)
        return False
    except NotThere as error:
        print(f"line {one.line}: {one.ticket} not entered, the server is away: {error}", file=sys.stderr)
        print("Enter the list once more when it is back: what is entered already stays as it is.", file=sys.stderr)
        return False
    absent = "" if one.came else " absent"
    print(f"{one.ticket} {one.called_at:%H:%M}–{one.ended_at:%H:%M} counter {one.counter}{absent}")
    return True
