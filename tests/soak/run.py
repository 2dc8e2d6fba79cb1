"""Kills servers again and again while the hall works, then lives many days: `python -m tests.soak.run --kills 50`.

Then three kiosks are cut off and killed as well. With `--postgres` also two processes over one PostgreSQL, which is
crashed a few times, and one Redis. Ends with 1 when anything was contradicted.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

from queue_server.accounts import Accounts
from queue_server.compose import make_demo_accounts
from queue_server.hall_file import read_hall_file
from queue_server.settings import DEPLOY
from tests.databases import PostgresServer, RedisServer
from tests.e2e.hall_process import ROOT
from tests.soak.chaos import live_a_day, report_of
from tests.soak.chaos_hall import ChaosHall
from tests.soak.lone_kiosks import LonelyHall
from tests.soak.lonely import kill_and_cut
from tests.soak.soak import SoakedHall, Summary, soak

DATABASE_CRASHES = 5


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.soak.run", description=__doc__)
    parser.add_argument("--kills", type=int, default=50, help="at least so many, on each store")
    parser.add_argument("--postgres", action="store_true", help="two processes on PostgreSQL and Redis as well")
    parser.add_argument("--sqlite", action=argparse.BooleanOptionalAction, default=True, help="one process on SQLite")
    parser.add_argument("--lonely", type=int, default=100, help="kills while three kiosks are cut off again and again")
    parser.add_argument("--days", type=int, default=3000, help="invented days to live afterwards; 0: none")
    parser.add_argument("--chaos", type=float, metavar="MINUTES", help="only this: a day at 60×, everything failing")
    parser.add_argument("--seed", type=int, help="of what is killed, cut and broken; else one is drawn")
    parser.add_argument("--report", type=Path, metavar="FILE", help="where the chaos run writes what it found")
    wish = parser.parse_args(arguments)
    seed = random.SystemRandom().randrange(1_000_000) if wish.seed is None else wish.seed
    print(f"--seed {seed}", flush=True)
    random.seed(seed)  # of whom the soak kills, and when
    if wish.chaos:
        return chaos(wish.chaos, seed, wish.report)
    stores = [*(["SQLite"] if wish.sqlite else []), *(["PostgreSQL"] if wish.postgres else [])]
    with tempfile.TemporaryDirectory() as folder:
        accounts = make_accounts(Path(folder) / "accounts")
        contradicted = [shown(store, soaked(store, Path(folder), accounts, wish.kills)) for store in stores]
        contradicted.append(lonely(Path(folder) / "lonely", accounts, wish.lonely, seed) if wish.lonely else False)
    failed = live_days(wish.days) if wish.days else False
    return int(any(contradicted) or failed)


def make_accounts(folder: Path) -> Path:
    accounts = Accounts.open(folder)
    hall_file = read_hall_file(DEPLOY / "halls" / "lanzhou.toml")
    accounts.set_people(hall_file.people)
    make_demo_accounts(accounts, hall_file)
    accounts.close()
    return folder


def soaked(store: str, folder: Path, accounts: Path, kills: int) -> Summary:
    own = folder / store
    own.mkdir()
    if store == "SQLite":
        return soak(SoakedHall(own, accounts), kills)
    with ExitStack() as stack:
        postgres, redis = stack.enter_context(PostgresServer()), stack.enter_context(RedisServer())
        hall = SoakedHall(own, accounts, postgres, redis.fresh_url())
        return soak(hall, kills, database_crashes=min(DATABASE_CRASHES, kills // 2))


def shown(store: str, summary: Summary) -> bool:
    """Whether there is anything that contradicts a single history."""
    print(f"{store}: {summary}", flush=True)
    for finding in summary.findings:
        print(f"  {finding}", flush=True)
    return bool(summary.findings)


def lonely(folder: Path, accounts: Path, kills: int, seed: int) -> bool:
    """Whether a number was lost, there twice, on paper alone, or in another's place."""
    folder.mkdir()
    hall = LonelyHall(folder, accounts)
    try:
        found = kill_and_cut(hall, kills, seed)
    finally:
        hall.stop()
    print("\n".join(found.lines()), flush=True)
    return bool(found.findings)


def chaos(minutes: float, seed: int, report: Path | None) -> int:
    with tempfile.TemporaryDirectory() as folder:
        hall = ChaosHall(Path(folder), make_accounts(Path(folder) / "accounts"))
        try:
            found = live_a_day(hall, minutes, seed)
        finally:
            hall.stop()
    text = report_of(found)
    print(text, flush=True)
    if report is not None:
        report.write_text(text, encoding="utf-8")
    return int(bool(found.findings))


def live_days(days: int) -> bool:
    """Whether a day was found that breaks a rule."""
    command = [sys.executable, "-m", "pytest", "-q", "--timeout=0", "tests/machine"]
    return subprocess.run(command, cwd=ROOT, env=os.environ | {"TEST_DAYS": str(days)}).returncode != 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
