"""`xinting printer`: which printers the hall has and this machine can reach, how one is, and a test page on it."""

from __future__ import annotations

import argparse
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from queue_server.mistake import Mistake

if TYPE_CHECKING:
    from printers.devices import Device
    from printers.discovery import Found, Unseen

WHY_UNSEEN = {
    "no_network": "this machine stands in no local network; name one with --network 192.168.1.0/24",
    "no_libusb": "libusb is not installed (apt install libusb-1.0-0)",
    "no_cups": "CUPS' commands are not installed (apt install cups-client)",
    "not_allowed": "not allowed; try as root",
    "no_answer": "no answer",
}


def add_printer_commands(commands: Any) -> None:
    printer = commands.add_parser("printer", help="printers: list, discover, status, and a test page")
    verbs = printer.add_subparsers(required=True, metavar="VERB")

    one = verbs.add_parser("list", help="the hall's printers, as its file has them, and how each is")
    one.set_defaults(run=list_printers)

    one = verbs.add_parser("discover", help="what this machine can reach: network (port 9100), USB, serial ports, CUPS")
    one.add_argument(
        "--network", action="append", metavar="NET", help="as 192.168.1.0/24; else where this machine stands"
    )
    one.set_defaults(run=discover_printers)

    for name, run, text in (
        ("status", printer_status, "how a printer is, and the one thing to do"),
        ("test", print_test, "a page that shows letters, code, cutter and width"),
    ):
        one = verbs.add_parser(name, help=text)
        one.add_argument(
            "printer", metavar="ADDRESS", help="tcp://192.168.1.50:9100, usb://…; or a name of the hall's file"
        )
        one.set_defaults(run=run)
    for each in verbs.choices.values():
        each.add_argument("--lang", choices=("zh", "en"), default="zh")
        each.add_argument("--data", type=Path)
        each.add_argument("--hall", dest="hall_file", type=Path)


def list_printers(given: argparse.Namespace) -> None:
    from printers.devices import open_device
    from queue_server.cli import hall_of

    for one in hall_of(given).printers:
        print(f"{one.id}\t{one.address}\t{_how_it_is(open_device(one.address), one.id, given.lang)[1]}")


def discover_printers(given: argparse.Namespace) -> None:
    from printers.discovery import Found, discover

    try:
        seen = discover(given.network)
    except ValueError as error:
        raise Mistake(f"--network: {error}") from error
    for one in seen:
        print(_found(one) if isinstance(one, Found) else _unseen(one))
    if not any(isinstance(one, Found) for one in seen):
        print("No printer found.")


def _found(one: Found) -> str:
    return "\t".join(part for part in (one.address, one.way, one.name, one.says) if part)


def _unseen(one: Unseen) -> str:
    return f"{one.way} was not looked at: {WHY_UNSEEN[one.why]}" + (f" ({one.detail})" if one.detail else "")


def printer_status(given: argparse.Namespace) -> int:
    device, name = _device(given)
    is_well, said = _how_it_is(device, name, given.lang)
    print(f"{name}\t{said}")
    return 0 if is_well else 1


def _how_it_is(device: Device, name: str, language: str) -> tuple[bool, str]:
    from printers.devices import PrinterStatus, PrinterTrouble, advice_for

    try:
        status = device.status()
    except PrinterTrouble as trouble:
        return False, f"{trouble.code}\t{trouble.advice_in(language, name)}"
    says_well = status in (PrinterStatus.READY, PrinterStatus.UNKNOWN)
    return (
        status.can_print,
        status.value if says_well else f"{status.value}\t{advice_for(status.value, language, name)}",
    )


def print_test(given: argparse.Namespace) -> int:
    from printers.devices import PrinterStatus, PrinterTrouble
    from printers.paper_testpage import PaperTest
    from printers.testpage_layout import lay_out_test

    device, name = _device(given)
    now = datetime.now().astimezone()
    page = PaperTest(f"XINTING {now:%m%d %H%M%S}", f"{now:%Y-%m-%d %H:%M}", given.lang)
    try:
        after = device.print_lines(lay_out_test(page, name, device.make))
    except PrinterTrouble as trouble:
        print(f"{trouble.code}: {trouble.advice_in(given.lang, name)}", file=sys.stderr)
        return 1
    took = "took it; whether it is on paper it does not say" if after is PrinterStatus.UNKNOWN else "printed it"
    print(f"{name} {took}. The code on it says {page.code}.")
    return 0


def _device(given: argparse.Namespace) -> tuple[Device, str]:
    """By address, or by name from the hall's file."""
    from printers.devices import open_device
    from queue_server.cli import hall_of

    if ":" in given.printer:
        try:
            return open_device(given.printer), given.printer
        except ValueError as error:
            raise Mistake(str(error)) from error
    known = {one.id: one for one in hall_of(given).printers}
    if given.printer not in known:
        raise Mistake(f"The hall has no printer {given.printer!r}; it has {', '.join(known) or 'none'}.")
    return open_device(known[given.printer].address), given.printer
