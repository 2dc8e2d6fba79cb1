"""Where the stand-in lays its papers: pictures in a folder, with a list of them."""

import json
import os
import threading
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from PIL import Image

from printers.standin.decoder import HEAD_BYTES

KEEP_PAPERS = 30


class Shelf:
    """`paper-<n>.png`, `latest.png` and `papers.json` (newest first). Readers never see half a file."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self._turn = threading.Lock()
        self._papers = self._read_list()
        if not (folder / "papers.json").exists():
            self._replace("papers.json", b"[]")

    def papers(self) -> list[dict[str, Any]]:
        with self._turn:
            return list(self._papers)

    def put(self, rows: bytes, *, complete: bool) -> None:
        """`complete` unless the paper was never cut: a torn-off job, which a real printer leaves hanging as well."""
        height = len(rows) // HEAD_BYTES
        picture = Image.frombytes("1", (HEAD_BYTES * 8, height), rows, "raw", "1;I")
        with self._turn:
            number = self._papers[0]["number"] + 1 if self._papers else 1
            name = f"paper-{number}.png"
            self._save(picture, name)
            self._save(picture, "latest.png")
            at = datetime.now(UTC).isoformat(timespec="milliseconds")
            paper = {"number": number, "file": name, "at": at, "height": height, "complete": complete}
            dropped = self._papers[KEEP_PAPERS - 1 :]
            self._papers = [paper, *self._papers[: KEEP_PAPERS - 1]]
            self._replace("papers.json", json.dumps(self._papers, indent=1).encode())
            for old in dropped:
                (self.folder / old["file"]).unlink(missing_ok=True)

    def _save(self, picture: Image.Image, name: str) -> None:
        unfinished = self.folder / f".{name}.new"
        picture.save(unfinished, format="PNG")
        os.replace(unfinished, self.folder / name)

    def _replace(self, name: str, content: bytes) -> None:
        unfinished = self.folder / f".{name}.new"
        unfinished.write_bytes(content)
        os.replace(unfinished, self.folder / name)

    def _read_list(self) -> list[dict[str, Any]]:
        try:
            papers = json.loads((self.folder / "papers.json").read_text())
            return [paper for paper in papers if isinstance(paper["number"], int)]
        except (OSError, ValueError, TypeError, KeyError):
            return []
