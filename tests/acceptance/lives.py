"""A candidate at a coach that is killed and started again at later hours."""

from __future__ import annotations

import sqlite3
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.acceptance.coach import PATIENCE, Coach, Page

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
# The coach's own clock runs on while a process starts, answers and is killed.
ON_THE_WAY = timedelta(seconds=60)


class Life:
    """One candidate at such a coach."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.page: Page | None = None

    def at(self, instant: datetime) -> Coach:
        """The coach, started when its clock shows `instant`."""
        return Coach(self.folder, COACH_TEST_CLOCK=f"{instant:%Y-%m-%dT%H:%M:%SZ}")

    def begin(self) -> tuple[Coach, Page]:
        """The coach, started at noon, and the page of a candidate who has joined."""
        coach = self.at(NOON).start()
        page = self.look(coach)
        join(page)
        return coach, page

    def look(self, coach: Coach) -> Page:
        """The candidate's page at the coach."""
        page = Page(coach)
        if self.page is not None:
            page.client.cookies = self.page.client.cookies
        self.page = page
        return page

    def read(self, query: str) -> list[tuple[str, ...]]:
        """Rows of the coach's database."""
        file = f"file:{self.folder}/var/coach.db?mode=ro"
        with sqlite3.connect(file, uri=True) as database:
            return database.execute(query).fetchall()

    def deadline(self, of: str = "quizzes WHERE kind = 'set'") -> datetime:
        """When the time of what runs ends."""
        ((found,),) = self.read(f"SELECT deadline_at FROM {of}")
        return datetime.fromisoformat(found).replace(tzinfo=UTC)

    def wait_for_beat(self, since: datetime) -> None:
        """Wait until the coach has said that it runs, after `since`."""
        until = time.monotonic() + PATIENCE
        query = "SELECT value FROM install WHERE name = 'alive_at'"
        while not any(datetime.fromisoformat(said) > since for (said,) in self.read(query)):
            assert time.monotonic() < until
            time.sleep(0.05)


def join(page: Page) -> None:
    """Go through the welcome, up to the first question."""
    page.say("/start")
    page.wait_for("Bienvenue")
    for label, shown in (
        ("J'accepte", "1/4"),
        ("Gestion", "2/4"),
        ("B", "3/4"),
        ("Pas encore", "4/4"),
        ("20:00", "1/5"),
    ):
        page.press(label)
        page.wait_for(shown)
