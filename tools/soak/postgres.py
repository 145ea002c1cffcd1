"""A PostgreSQL to try on: the one tests are given, or one of our own while it is needed."""

from __future__ import annotations

import os
import shlex
import socket
import subprocess
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa

from bot.settings import read_settings

SECRET = "x" * 32
# As a server for people is set, but for its size: every commit reaches the disk.
OPTIONS = "-c listen_addresses=127.0.0.1 -c max_connections=200"


@contextmanager
def server() -> Iterator[str]:
    """The address of a server (COACH_TEST_POSTGRES, as the tests read it, or a new one)."""
    given = os.environ.get("COACH_TEST_POSTGRES", "")
    if given:
        yield given
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        (folder / "db").mkdir()
        if os.geteuid() == 0:
            subprocess.run(["/bin/chown", "-R", "postgres", name], check=True)
        port = _free_port()
        _run("initdb", "-D", f"{name}/db", "-A", "trust", "-U", "coach", "-E", "UTF8")
        options = f"-p {port} -k {name} {OPTIONS}"
        _run("pg_ctl", "-D", f"{name}/db", "-w", "-o", options, "-l", f"{name}/log", "start")
        try:
            yield f"postgresql://coach@127.0.0.1:{port}/postgres"
        finally:
            _run("pg_ctl", "-D", f"{name}/db", "-m", "immediate", "stop")


@contextmanager
def database(server_url: str) -> Iterator[str]:
    """The coach's own address of a new, empty database there; it goes in the end."""
    name = f"soak_{uuid.uuid4().hex[:12]}"
    admin = sa.create_engine(_coachs(server_url), isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(sa.text(f"CREATE DATABASE {name}"))
    yield _coachs(server_url.rsplit("/", 1)[0] + f"/{name}")
    with admin.connect() as connection:
        connection.execute(sa.text(f"DROP DATABASE {name} WITH (FORCE)"))
    admin.dispose()


def _coachs(url: str) -> str:
    return read_settings(DATABASE_URL=url, COACH_SECRET=SECRET).database_url


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])


def _run(program: str, *arguments: str) -> None:
    """One of the server's programs; it will not run as root."""
    command = [str(_programs() / program), *arguments]
    if os.geteuid() == 0:
        command = ["su", "postgres", "-s", "/bin/bash", "-c", shlex.join(command)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def _programs() -> Path:
    """Where Debian keeps the newest server."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not found:
        raise FileNotFoundError("PostgreSQL: install it, or set COACH_TEST_POSTGRES")
    return found[-1].parent
