"""The setup as files: what holds written out, and a file published, as `xinting setup` does it."""

from __future__ import annotations

import getpass
from datetime import UTC, datetime
from pathlib import Path

from queue_server.fund_file import fund_file_of, fund_text_of
from queue_server.hall_file import HallFile, hall_of_texts, hall_text_of
from queue_server.setup.changes import changes
from queue_server.setup.document import Document
from queue_server.setup.hall_setup import HallSetup
from queue_server.setup.versions import AnotherIsAwaited, Texts, Version


class FileInTheWay(Exception):
    """A file of this name is there already, and files are not written over."""


class CannotPublish(Exception):
    """What was asked cannot be published now; the text says what to do."""


def write_texts(path: Path, texts: Texts) -> list[str]:
    """The hall's file and the fund file beside it if there are figures. Raises FileInTheWay before any is written."""
    wanted = {path: texts.hall} | ({fund_file_of(path): texts.fund} if texts.fund is not None else {})
    for file in wanted:
        if file.exists():
            raise FileInTheWay(f"{file} is there already; choose another name or move it away.")
    for file, text in wanted.items():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return [str(file) for file in wanted]


def export(setup: HallSetup, path: Path, *, with_people: bool = False) -> tuple[Version | None, list[str]]:
    """Which version holds (None: the hall's file) and the files written. Raises FileInTheWay."""
    texts = setup.in_force()
    if with_people:
        texts = Texts(text_with_people(setup, texts), texts.fund)
    return setup.versions.in_force(), write_texts(path, texts)


def text_with_people(setup: HallSetup, texts: Texts) -> str:
    """The hall's file with the people as they are now, also those whom administrators invited; without passwords."""
    document = Document(texts.hall)
    rows = [one.model_dump(exclude_none=True, exclude_defaults=True) for one in setup.read(texts).people]
    if document.plain(("people",)) != rows:
        document.put_rows(("people",), rows)
    return document.text


def people_beside(setup: HallSetup) -> list[str]:
    """Sign-in names of those whom administrators invited, changed or removed: the file does not speak of that."""
    return [one.id for one in setup.staff.all()] if setup.staff else []


def publish_file(setup: HallSetup, path: Path, at: str | None, note: str) -> str:
    """Check and publish a file, with the fund file beside it or else the figures that hold. What was done, in words.

    Raises HallFileError with every fault, CannotPublish where something else stands in the way.
    """
    now, before = datetime.now(UTC), setup.in_force()
    fund = fund_text_of(fund_file_of(path))
    texts = Texts(hall_text_of(path), before.fund if fund is None else fund)
    hall_file = hall_of_texts(path, texts.hall, texts.fund)
    if hall_file.id != setup.read(before).id:
        raise CannotPublish(f"{path} is the file of another hall, {hall_file.id!r}: start that with --hall {path}.")
    if before == texts:
        raise CannotPublish("Nothing would change: these very words hold already.")
    due_at = _moment(at, hall_file) if at else now
    author = f"command line, {getpass.getuser()}"
    try:
        number = setup.publish(texts, author=author, note=note, at=now, due_at=due_at)
    except AnotherIsAwaited as error:
        sentence = "A version is already published and does not hold yet: withdraw it at /setup, or wait for it."
        raise CannotPublish(sentence) from error
    lines = [f"{change.kind:8} {'.'.join(change.path)}" for change in changes(before, texts)]
    when = f"from {at}" if at else "at once; a running server takes it within a second or two"
    return "\n".join([*lines, f"Version {number} is published and holds {when}."])


def _moment(at: str, hall_file: HallFile) -> datetime:
    try:
        return datetime.fromisoformat(at).replace(tzinfo=hall_file.rules.timezone)
    except ValueError as error:
        raise CannotPublish(f"--at {at!r}: write the moment as '2026-12-01 08:00', in the hall's own time.") from error
