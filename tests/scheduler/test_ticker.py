"""The ticker stops as quietly as it runs, whatever it is in the middle of."""

from __future__ import annotations

import asyncio
import logging
import threading
from pathlib import Path

import pytest

from bot.render import Renderer
from bot.storage.database import Database
from scheduler.ticker import Ticker
from tests.databases import database_at
from tests.talk import START, pack, texts


def ticker(database: Database) -> Ticker:
    async def take(_event: object) -> None:
        raise AssertionError("no timer is due")

    return Ticker(
        database=database,
        take=take,
        now=lambda: START,
        kinds=pack().milestones.kinds,
        renderer=Renderer(texts()),
        channels={},
    )


@pytest.mark.parametrize("ends", [True, False], ids=["a job that ends", "a job that does not"])
async def test_a_stop_in_the_middle_of_a_job_logs_no_fault(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch, ends: bool
) -> None:
    """SIGTERM used to log a CancelledError with its traceback for each job under way."""
    monkeypatch.setattr("scheduler.ticker.STOP_SECONDS", 10.0 if ends else 0.01)
    caplog.set_level(logging.INFO)
    database, gate = database_at(f"sqlite:///{tmp_path}/coach.db"), threading.Event()
    busy = asyncio.create_task(database.run(gate.wait))
    await asyncio.sleep(0)
    running = ticker(database)
    running.start()
    # The look at the zone data is the first job: it waits for the database.
    while not running._under_way:
        await asyncio.sleep(0)
    stop = asyncio.create_task(running.stop())
    await asyncio.sleep(0)
    if ends:
        gate.set()
    await stop
    gate.set()
    await busy
    assert not running._under_way
    assert [record for record in caplog.records if record.levelno >= logging.ERROR] == []
    assert ("cut short" in caplog.text) is not ends
    database.close()
