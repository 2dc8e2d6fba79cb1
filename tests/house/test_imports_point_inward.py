"""web → service → domain; stores → domain; foresight → domain; the domain imports nobody (docs and design agree)."""

import ast
import sys

import pytest

from tests.house.imports_read import imports_of, is_within, module_name
from tests.house.source_tree import PACKAGES, package_files, shown

# Each part of the house, and the parts of ours it may import besides itself. The more exact name decides.
MAY_IMPORT = {
    "queue_server.domain": (),
    "queue_server.stores": ("queue_server.domain",),
    "queue_server.foresight": ("queue_server.domain",),
    "queue_server.guidance": (),
    "queue_server.service": ("queue_server.domain", "queue_server.stores", "queue_server.clock"),
    "queue_server.accounts": ("queue_server.clock",),
    "queue_server.notices": (),
    "queue_server.reports": ("queue_server.domain", "queue_server.stores", "queue_server.foresight"),
    "queue_server.paper_mode": ("queue_server.domain",),
    "queue_server.setup": ("queue_server",),  # lets a running hall take what was published; below web, which asks it
    "queue_server.web": ("queue_server",),
    # Simulated people use the hall through its public interfaces only; the demo's clock is the server's own business.
    "queue_server.demo": (),
    "queue_server.demo.start_time": ("queue_server.domain",),
    "queue_server.demo.next_morning": ("queue_server.domain", "queue_server.service", "queue_server.clock"),
    # The days behind a fresh demo hall are lived before anybody could ask anything.
    "queue_server.demo.past": ("queue_server.demo", "queue_server.domain", "queue_server.foresight"),
    "kiosk": ("printers", "displays", "device"),  # a kiosk is a screen with a printer
    "device": (),
    "displays": (),
    "printers": (),
}

# Where the parts are put together into programs. Only these may import everything, and nothing else imports them.
COMPOSERS = (
    *("queue_server.cli", "queue_server.reports_cli", "queue_server.printer_cli", "queue_server.setup_cli"),
    *("queue_server.paper_cli", "queue_server.update_cli", "queue_server.device_cli"),
    *("queue_server.__main__", "queue_server.compose"),
    *("queue_server.serving", "queue_server.demo.processes", "queue_server.demo.past.record"),
)

# The outside world, which the domain must not touch: time comes in as `at`, chance not at all.
WORLDLY = {
    *("asyncio", "http", "io", "logging", "os", "pathlib", "queue", "random", "secrets", "select", "shutil", "signal"),
    *("socket", "sqlite3", "ssl", "subprocess", "sys", "tempfile", "threading", "time", "urllib", "uuid"),
}
CLOCK_READINGS = {"now", "utcnow", "today", "time", "monotonic"}


def part_of(module: str) -> str | None:
    parts = [part for part in MAY_IMPORT if is_within(module, part)]
    return max(parts, key=len) if parts else None


def is_composer(module: str) -> bool:
    return any(is_within(module, composer) for composer in COMPOSERS)


def test_every_module_imports_only_what_lies_further_in():
    outward = []
    for path in package_files(".py"):
        module = module_name(path)
        part = part_of(module)
        if part is None or is_composer(module):
            continue
        allowed = (part, *MAY_IMPORT[part])
        for name in imports_of(path):
            ours = any(is_within(name, package) for package in PACKAGES)
            if ours and (is_composer(name) or not any(is_within(name, package) for package in allowed)):
                outward.append(f"{shown(path)} imports {name}")

    assert not outward, "\n".join(outward)


def test_the_modules_at_the_top_of_the_server_import_no_part_that_is_built_on_them():
    """settings, clock and concurrency are used by everybody, so they may lean on the domain at most."""
    outward = []
    for path in package_files(".py"):
        module = module_name(path)
        if not is_within(module, "queue_server") or part_of(module) or is_composer(module):
            continue
        for name in imports_of(path):
            part = part_of(name)
            if is_composer(name) or part not in (None, "queue_server.domain", "queue_server.guidance"):
                outward.append(f"{shown(path)} imports {name}")

    assert not outward, "\n".join(outward)


PURE_LIBRARIES = {"msgspec", "sortedcontainers"}  # records, and a list kept in order; nothing else


def test_the_domain_uses_nothing_but_the_standard_library_and_nothing_of_the_outside_world():
    worldly = []
    for path in package_files(".py"):
        if not is_within(module_name(path), "queue_server.domain"):
            continue
        for name in imports_of(path):
            top = name.partition(".")[0]
            known = top in {"queue_server", *PURE_LIBRARIES} or top in sys.stdlib_module_names
            if top in WORLDLY or not known:
                worldly.append(f"{shown(path)} imports {name}")

    assert not worldly, "\n".join(worldly)


@pytest.mark.parametrize("pure_part", ["queue_server.domain", "queue_server.foresight"])
def test_a_pure_part_never_asks_what_time_it_is(pure_part):
    readings = []
    for path in package_files(".py"):
        if not is_within(module_name(path), pure_part):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and _called_clock(node.func):
                readings.append(f"{shown(path)}:{node.lineno} {ast.unparse(node)}")

    assert not readings, "\n".join(readings)


def _called_clock(function: ast.expr) -> bool:
    if not isinstance(function, ast.Attribute) or function.attr not in CLOCK_READINGS:
        return False
    return ast.unparse(function.value).split(".")[-1] in {"datetime", "date", "time"}


def test_eventlet_is_known_to_one_folder_only():
    """Its authors discourage new use, so changing the server must stay a change of one folder."""
    knowing = {
        shown(path)
        for path in package_files(".py")
        for name in imports_of(path)
        if is_within(name, "eventlet") or is_within(name, "greenlet")
    }

    assert knowing
    assert {path for path in knowing if not path.startswith("queue_server/concurrency/")} == set()
