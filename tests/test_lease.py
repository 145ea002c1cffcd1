"""Who is cut off from the platform alone lets another send, and may come back to it."""

from __future__ import annotations

import asyncio
from pathlib import Path

from bot.clock import monotonic_seconds
from bot.delivery.lease import Lease
from bot.storage.database import Database
from tests.databases import database_at
from tests.skipping import skips_waits
from tests.test_delivery import until

TAKE_OVER = 15.0


class Site:
    """A process: its lease, and whether it reaches the platform ("hangs": no answer comes)."""

    def __init__(self, database: Database) -> None:
        self.lease = Lease(database, "telegram:1")
        self.reaches: bool | str = True
        self.looks = 0

    async def start(self) -> None:
        await self.lease.start(self.taken, self.look)

    async def taken(self) -> None:
        """Nothing to make ready."""

    async def look(self) -> bool:
        self.looks += 1
        if self.reaches == "hangs":
            await asyncio.sleep(3600)
        return bool(self.reaches)


def sites(folder: Path) -> tuple[Site, Site]:
    url = f"sqlite:///{folder}/coach.db"
    return Site(database_at(url)), Site(Database(url))


@skips_waits
async def test_a_holder_cut_off_from_the_platform_is_replaced_and_may_come_back(
    tmp_path: Path,
) -> None:
    one, two = sites(tmp_path)
    await one.start()
    await two.start()
    for how in ("hangs", False):
        for here, there in ((one, two), (two, one)):
            await until(here.lease.is_held, TAKE_OVER)
            here.reaches, since = how, monotonic_seconds()
            await until(there.lease.is_held, TAKE_OVER)
            assert not here.lease.is_held()
            assert monotonic_seconds() - since > 5
            here.reaches = True
            await asyncio.sleep(30)
            assert (here.lease.is_held(), there.lease.is_held()) == (False, True)
    await one.lease.stop()
    await two.lease.stop()


@skips_waits
async def test_while_nobody_reaches_it_nobody_holds_it_and_then_somebody_does_soon(
    tmp_path: Path,
) -> None:
    one, two = sites(tmp_path)
    one.reaches = two.reaches = False
    await one.start()
    await two.start()
    await asyncio.sleep(60)
    assert not any(each.lease.is_held() for each in (one, two))
    two.reaches = True
    await until(two.lease.is_held, 5)
    await one.lease.stop()
    await two.lease.stop()


@skips_waits
async def test_two_short_gaps_are_no_cut_and_who_does_not_hold_it_does_not_look(
    tmp_path: Path,
) -> None:
    one, two = sites(tmp_path)
    await one.start()
    await two.start()
    for _ in range(2):
        one.reaches = False
        await asyncio.sleep(5)
        one.reaches = True
        await asyncio.sleep(5)
        assert one.lease.is_held()
    assert (one.looks > 8, two.looks) == (True, 0)
    await one.lease.stop()
    await two.lease.stop()
