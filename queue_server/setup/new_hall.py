"""A new hall's file from a template: its own name, and nobody else's people."""

from __future__ import annotations

from pathlib import Path

from queue_server.fund_file import fund_file_of, fund_text_of
from queue_server.hall_file import Fault, HallFileError, hall_of_texts, hall_text_of
from queue_server.settings import DEPLOY
from queue_server.setup.document import Document
from queue_server.setup.files import write_texts
from queue_server.setup.versions import Texts

TEMPLATES = DEPLOY / "halls"


def write_new_hall(path: Path, template: str, hall_id: str, zh: str, en: str) -> None:
    """Raises HallFileError (no such template, a name that cannot be) or FileInTheWay; then nothing is written."""
    source = template_file(template)
    document = Document(hall_text_of(source))
    document.put(("hall", "id"), hall_id)
    document.put(("hall", "name"), {"zh": zh, "en": en})
    people = document.plain(("people",)) or []
    for place in reversed(range(len(people))):  # the template's officers work elsewhere
        if people[place]["role"] != "administrator":
            document.take_out(("people", place))
    if not any(one["role"] == "administrator" for one in people):
        document.add_row(("people",), {"id": "admin", "name": "管理员", "role": "administrator"})
    texts = Texts(document.text, fund_text_of(fund_file_of(source)))
    hall_of_texts(path, texts.hall, texts.fund)
    write_texts(path, texts)


def template_file(template: str) -> Path:
    named = TEMPLATES / f"{template}.toml"
    if named.exists():
        return named
    path = Path(template)
    if path.suffix == ".toml" and path.exists():
        return path
    known = ", ".join(sorted(file.stem for file in TEMPLATES.glob("*.toml") if "." not in file.stem))
    raise HallFileError(path, [Fault(None, f"no template of this name; known are {known}, or give a path")])
