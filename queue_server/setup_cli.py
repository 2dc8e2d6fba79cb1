"""`xinting setup`, `people`, `password`, `audit`: what the hall decides about itself, and who works there."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from queue_server.mistake import Mistake

if TYPE_CHECKING:
    from queue_server.accounts import Accounts
    from queue_server.accounts.audit import Audit


def add_setup_commands(commands: Any) -> None:
    setup = commands.add_parser("setup", help="the hall's own setup as files: what holds, what shall hold, a new hall")
    verbs = setup.add_subparsers(required=True, metavar="VERB")

    export = verbs.add_parser("export", help="write what holds now to a file")
    export.add_argument("file", type=Path, metavar="FILE.toml")
    export.add_argument("--with-people", action="store_true", help="also those invited in pages; without passwords")
    export.set_defaults(run=setup_export)

    give = verbs.add_parser("import", help="check a file and publish it; a running server takes it by itself")
    give.add_argument("file", type=Path, metavar="FILE.toml")
    give.add_argument("--at", metavar="'YYYY-MM-DD HH:MM'", help="hold from then on, in the hall's time; else at once")
    give.add_argument("--note", default="", help="why, as the history shows it")
    give.set_defaults(run=setup_import)

    new = verbs.add_parser("new", help="write a new hall's file from a template")
    new.add_argument("file", type=Path, metavar="FILE.toml")
    new.add_argument("--id", required=True, help="short name, for ever in the log and in links, as anning")
    new.add_argument("--zh", required=True, help="the hall's name in Chinese")
    new.add_argument("--en", required=True, help="the hall's name in English")
    new.add_argument("--template", default="lanzhou", help="one of deploy/halls, or a path")
    new.set_defaults(run=setup_new)
    for command in (export, give):
        command.add_argument("--data", type=Path)
        command.add_argument("--hall", dest="hall_file", type=Path)


def add_people_commands(commands: Any) -> None:
    people = commands.add_parser("people", help="who works here: list, invite, lock, remove; for when no page is open")
    verbs = people.add_subparsers(required=True, metavar="VERB", dest="verb")
    verbs.add_parser("list", help="everybody, and whether they can sign in")
    for verb, text in (
        ("invite", "let somebody new in: prints a link by which they set a password"),
        ("link", "a link to set a new password"),
        ("lock", "no signing in for now; all sessions end"),
        ("unlock", "signing in works again"),
        ("remove", "works here no longer; what was done stays in the log"),
        ("code-off", "the phone with the code is lost: the password alone counts again"),
        ("back", "take back somebody who has left, with a link"),
    ):
        verbs.add_parser(verb, help=text).add_argument("person", metavar="ID")
    invite = verbs.choices["invite"]
    invite.add_argument("--name", required=True)
    invite.add_argument("--role", default="officer", choices=["officer", "guide", "supervisor", "administrator"])
    invite.add_argument("--also", nargs="+", default=[], choices=["officer", "guide", "supervisor", "administrator"])
    invite.add_argument("--counter", default="", help="where an officer usually sits")
    for command in verbs.choices.values():
        command.add_argument("--data", type=Path)
        command.add_argument("--hall", dest="hall_file", type=Path)
    people.set_defaults(run=people_of_the_hall)

    command = commands.add_parser("password", help="set a person's password (asked for, not shown)")
    command.add_argument("person")
    command.add_argument("--data", type=Path)
    command.add_argument("--hall", dest="hall_file", type=Path)
    command.set_defaults(run=password)

    command = commands.add_parser("audit", help="verify that nobody changed who did what")
    command.add_argument("verb", choices=["verify"])
    command.add_argument("--data", type=Path)
    command.set_defaults(run=audit)


def setup_export(given: argparse.Namespace) -> None:
    from queue_server.cli import setup_of
    from queue_server.setup.files import FileInTheWay, export, people_beside

    setup = setup_of(given)
    try:
        version, written = export(setup, given.file, with_people=given.with_people)
    except FileInTheWay as error:
        raise Mistake(str(error)) from error
    print(f"What holds is {f'version {version.number}' if version else setup.path}; written to {', '.join(written)}")
    if (beside := people_beside(setup)) and not given.with_people:
        print(
            f"Not in it: what was said of people in pages ({', '.join(beside)}). They stay in this hall, with their "
            "passwords, whatever is imported. For another hall: --with-people, and there xinting people link for each."
        )


def setup_import(given: argparse.Namespace) -> int:
    from queue_server.cli import setup_of
    from queue_server.hall_file import HallFileError
    from queue_server.setup.files import CannotPublish, publish_file

    try:
        said = publish_file(setup_of(given), given.file, given.at, given.note)
    except HallFileError as error:
        print(error, file=sys.stderr)
        print(f"{len(error.faults)} to put right in {error.path}; nothing was published", file=sys.stderr)
        return 1
    except CannotPublish as error:
        raise Mistake(str(error)) from error
    print(said)
    return 0


def setup_new(given: argparse.Namespace) -> None:
    from queue_server.hall_file import HallFileError
    from queue_server.setup.files import FileInTheWay
    from queue_server.setup.new_hall import write_new_hall

    try:
        write_new_hall(given.file, given.template, given.id, given.zh, given.en)
    except (FileInTheWay, HallFileError) as error:
        raise Mistake(str(error)) from error
    print(f"{given.file} is a hall. What is next:")
    print(f"  1. xinting password admin --hall {given.file} --data FOLDER")
    print(f"  2. xinting serve --hall {given.file} --data FOLDER")
    print("  3. sign in as admin and open /setup: counters, people's skills, hours, printers; then publish")


def password(given: argparse.Namespace) -> None:
    from getpass import getpass

    from queue_server.accounts import Accounts
    from queue_server.accounts.passwords import SHORTEST, fault_of
    from queue_server.cli import hall_of, settings_of
    from queue_server.web.words import word

    settings = settings_of(given)
    accounts = Accounts.open(settings.data)
    accounts.set_people(hall_of(given).people)
    known = accounts.people.find(given.person)
    if known is None:
        raise Mistake(f"Nobody works here as {given.person!r}. `xinting people list` names everybody.")
    new = getpass(f"New password for {given.person}: ")
    if fault := fault_of(new, known.id, known.name):
        raise Mistake(word(f"account.password_{fault}", "en", least=SHORTEST))
    accounts.people.set_password(given.person, new)
    _audit(settings.data, accounts).note("act", "command line", "", "password", given.person, 0, "")
    accounts.sessions.close_all_of(given.person)  # whoever knew the old one is signed out with it
    print("The password is set; open sessions of this person have ended.")


def people_of_the_hall(given: argparse.Namespace) -> None:
    from queue_server.accounts import Accounts
    from queue_server.cli import settings_of, setup_of
    from queue_server.hall_file import HallFileError
    from queue_server.setup.people_command import CannotDo, PeopleCommand

    settings = settings_of(given)
    accounts = Accounts.open(settings.data)
    try:
        people = PeopleCommand(accounts, setup_of(given), settings.address, _audit(settings.data, accounts))
        match given.verb:
            case "list":
                print(people.list())
            case "invite":
                print(people.invite(given.person, given.name, given.role, given.counter, tuple(given.also)))
            case "link":
                print(people.link(given.person))
            case "back":
                print(people.back(given.person))
            case verb:
                print(people.do(verb, given.person))
    except (CannotDo, HallFileError) as error:
        raise Mistake(str(error)) from error


def _audit(data: Path, accounts: Accounts) -> Audit:
    from queue_server.accounts.audit import FILE, Audit

    return Audit(data / FILE, accounts.key_for("audit"), accounts.now)


def audit(given: argparse.Namespace) -> int:
    from queue_server.accounts import Accounts
    from queue_server.accounts.audit import FILE
    from queue_server.cli import settings_of

    settings = settings_of(given)
    if not (settings.data / FILE).exists():
        raise Mistake(f"{settings.data} has no {FILE} yet: nobody has done anything, or it is another folder.")
    accounts = Accounts.open(settings.data)
    found = _audit(settings.data, accounts).verify()
    if found.broken_at is not None:
        print(f"Entry {found.broken_at} is broken: {found.why}. {found.entries} before it are sound.", file=sys.stderr)
        return 1
    print(f"{found.entries} entries, all as they were written; the newest is {found.last}, seal {found.seal}")
    return 0
