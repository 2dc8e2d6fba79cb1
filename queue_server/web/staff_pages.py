"""Finds the server's own pages: `pages/<page>/<page>.py` with `make_blueprint(context)`. A new page needs no list."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

from flask import Blueprint

from queue_server.web.context import Context

PAGES = Path(__file__).parent / "pages"


def staff_pages(context: Context) -> Iterator[Blueprint]:
    for folder in sorted(PAGES.iterdir()):
        if (folder / f"{folder.name}.py").is_file():
            module = import_module(f"queue_server.web.pages.{folder.name}.{folder.name}")
            yield module.make_blueprint(context)
