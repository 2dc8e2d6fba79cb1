"""A PostgreSQL and a Redis of the tests' own: started in a folder that is thrown away, known to nobody else.

PostgreSQL will not run as root, so a root (a container, a build machine) hands it to the user that Debian made for it.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from itertools import count
from pathlib import Path
from urllib.parse import quote

import psycopg
import redis

from tests.e2e.hall_process import free_port, wait_until

POSTGRES_USER = "postgres"
STARTS_WITHIN_SECONDS = 60
# Durable as in earnest; small, since the machine is shared.
POSTGRES_SETTINGS = "-c fsync=on -c shared_buffers=32MB -c max_connections=60 -c listen_addresses=''"


class NotInstalled(Exception):
    """The database is not on this machine; `deploy/setup.sh dev` installs it."""


def postgres_program(name: str) -> str:
    """Debian keeps them out of the path, beside each other by version; the newest is taken."""
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: int(path.parts[4]))
    program = str(found[-1]) if found else shutil.which(name)
    if program is None:
        raise NotInstalled(f"{name} is not installed: run deploy/setup.sh dev")
    return program


class PostgresServer:
    """One cluster, reached through a socket in its own folder."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="xinting-pg-"))
        self._schemas = count(1)
        if os.geteuid() == 0:
            shutil.chown(self.folder, POSTGRES_USER)
        self._run(postgres_program("initdb"), "-D", str(self._data), "-U", POSTGRES_USER, "-A", "trust", "-E", "UTF8")

    @property
    def _data(self) -> Path:
        return self.folder / "data"

    @property
    def url(self) -> str:
        return f"postgresql://{POSTGRES_USER}@/{POSTGRES_USER}?host={quote(str(self.folder), safe='')}"

    @property
    def pid(self) -> int:
        return int((self._data / "postmaster.pid").read_text().split()[0])

    def fresh_url(self) -> str:
        """The address of a schema that nobody has used: as good as a database of one's own, and made in no time."""
        schema = f"hall_{next(self._schemas)}"
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(f"CREATE SCHEMA {schema}".encode())
        return f"{self.url}&options={quote(f'-csearch_path={schema}')}"

    def start(self) -> None:
        """Returns when it answers."""
        options = f"{POSTGRES_SETTINGS} -k {self.folder}"
        self._control("start", "-w", "-t", str(STARTS_WITHIN_SECONDS), "-l", str(self.folder / "log"), "-o", options)

    def crash(self) -> None:
        """Everything at once and without a word, as when the machine loses its power."""
        self._control("stop", "-m", "immediate", "-w")

    def is_up(self) -> bool:
        return (self._data / "postmaster.pid").exists()

    def __enter__(self) -> PostgresServer:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self.is_up():
            self.crash()
        shutil.rmtree(self.folder)

    def _control(self, *arguments: str) -> None:
        self._run(postgres_program("pg_ctl"), "-D", str(self._data), *arguments)

    def _run(self, *command: str) -> None:
        as_other = ("runuser", "-u", POSTGRES_USER, "--") if os.geteuid() == 0 else ()
        done = subprocess.run(
            [*as_other, *command],
            cwd=self.folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,  # a pipe would stay open as long as the server lives
            stderr=subprocess.PIPE,
            text=True,
        )
        if done.returncode:
            raise RuntimeError(f"{command[0]}: {done.stderr}")


class RedisServer:
    """In memory only; its port is chosen by the system."""

    def __init__(self) -> None:
        self._program = shutil.which("redis-server")
        if self._program is None:
            raise NotInstalled("redis-server is not installed: run deploy/setup.sh dev")
        self.folder = Path(tempfile.mkdtemp(prefix="xinting-redis-"))
        self.port = free_port()
        self._databases = count(1)

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    @property
    def pid(self) -> int:
        return self._process.pid

    def fresh_url(self) -> str:
        """The address of a database that nobody has used, so that limits on asking begin anew."""
        return f"redis://127.0.0.1:{self.port}/{next(self._databases)}"

    def start(self) -> None:
        options = {"port": self.port, "bind": "127.0.0.1", "databases": 1000, "save": "", "dir": "."}
        command = [str(self._program), *(part for name, value in options.items() for part in (f"--{name}", str(value)))]
        self._process = subprocess.Popen(command, cwd=self.folder, stdout=subprocess.DEVNULL)
        wait_until(self._answers, within_seconds=STARTS_WITHIN_SECONDS)

    def _answers(self) -> bool:
        with redis.Redis.from_url(self.url) as client:
            try:
                return bool(client.ping())
            except redis.ConnectionError:
                return False

    def crash(self) -> None:
        self._process.send_signal(signal.SIGKILL)
        self._process.wait(timeout=10)

    def __enter__(self) -> RedisServer:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.crash()
        shutil.rmtree(self.folder)
