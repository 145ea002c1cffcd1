"""Whether this is the only process on a SQLite file: then a former one's claims are void.

A file lock tells, since it goes with its process, however that ends: whoever gets it alone is the
first here; everyone then holds it shared for as long as they run.
"""

from __future__ import annotations

import fcntl
from pathlib import Path
from typing import IO

from bot.storage.database import Database


def release_former_claims(database: Database) -> IO[bytes] | None:
    """Release what a killed process had claimed, if no other process runs on the same file.

    Gives the held lock, to be kept open while running; None for PostgreSQL, where claims lapse.
    """
    file = database.engine.url.database
    if not database.is_sqlite or not file or file == ":memory:":
        return None
    lock = Path(f"{file}.lock").open("ab")  # noqa: SIM115 - held for the process's life
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        fcntl.flock(lock, fcntl.LOCK_SH)
        return lock
    with database.begin() as store:
        store.claims.release_all()
        store.timers.release_all()
        store.leases.release_all()
    fcntl.flock(lock, fcntl.LOCK_SH)
    return lock
