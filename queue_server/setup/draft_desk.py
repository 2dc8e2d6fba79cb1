"""Where administrators change the draft that they share: one part at a time, nobody's work lost to somebody else's."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

from queue_server.setup.checking import Found, faults
from queue_server.setup.document import Document, Path_
from queue_server.setup.hall_setup import HallSetup
from queue_server.setup.versions import Draft, Texts

TRIES = 5


class SomebodyWasQuicker(Exception):
    """The part is another one than the form began with."""


def mark_of(value: Any) -> str:
    """Another one as soon as the part says something else."""
    said = json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(said.encode()).hexdigest()[:16]


class DraftDesk:
    def __init__(self, setup: HallSetup) -> None:
        self.setup = setup

    def draft(self) -> Draft | None:
        return self.setup.versions.draft()

    def texts(self) -> Texts:
        """The draft; what holds where there is none. Raises HallFileError when not even the hall's file can be read."""
        draft = self.draft()
        return draft.texts if draft else self.setup.in_force()

    def part(self, path: Path_) -> Any:
        """What the draft says there; `path` begins with the file. A part that is not there is empty."""
        return Document(text_of(self.texts(), str(path[0]))).plain(path[1:])

    def change(
        self,
        where: str,
        change: Callable[[Document], None],
        blocks: Callable[[Found], bool],
        *,
        by: str,
        at: datetime,
    ) -> list[Found]:
        """Put a change into the draft, unless a fault that `blocks` comes of it: then nothing is kept, and those are
        answered. `change` raises SomebodyWasQuicker where it finds another part than it was meant for.
        """
        for _ in range(TRIES):
            draft = self.draft()
            before = draft.texts if draft else self.setup.in_force()
            document = Document(text_of(before, where))
            change(document)
            after = with_text(before, where, document.text)
            if found := [one for one in faults(after, self.setup.path) if blocks(one)]:
                return found
            if after == before or self._keep(after, draft, by, at):
                return []
        raise SomebodyWasQuicker

    def _keep(self, texts: Texts, draft: Draft | None, by: str, at: datetime) -> bool:
        return self.setup.versions.keep_draft(texts, by=by, at=at, over=draft.texts.mark if draft else "")


def text_of(texts: Texts, where: str) -> str:
    return texts.hall if where == "hall" else texts.fund or ""


def with_text(texts: Texts, where: str, text: str) -> Texts:
    return Texts(text, texts.fund) if where == "hall" else Texts(texts.hall, text)
