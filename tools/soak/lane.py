"""One installation, killed again and again: what is found at each kill, and in the end."""

from __future__ import annotations

import random
import time
from datetime import datetime

from bot.clock import monotonic_seconds, test_clock
from bot.storage.database import Database
from bot.storage.outbox import Urgency
from bot.storage.tables import timers
from tests.acceptance.coach import Coach
from tools.soak import counting
from tools.soak.people import Somebody
from tools.soak.reminders import Due
from tools.soak.server import Distant
from tools.soak.tally import MOST_MARKS, OLDEST_MARK, Tally, plus

AT_ONCE = 12
# A dead process's lease lasts ten seconds; nothing is on its way before.
LONGEST_AIM = 25.0
SETTLE_SECONDS = 120.0


class Lane:
    """One installation: people, what falls due, and what was found at each kill."""

    def __init__(
        self, url: str, api: Distant, coach: Coach, due: list[Due], rng: random.Random
    ) -> None:
        self._database = Database(url)
        self._api = api
        self._coach = coach
        self._clock = test_clock(coach.environment["COACH_TEST_CLOCK"])
        self._due = due
        self._rng = rng
        self._people = [Somebody(api, 5000 + each, rng) for each in range(AT_ONCE)]
        self._down: list[tuple[datetime, datetime]] = []
        self._found: Tally = {}

    def live_and_die(self, *, at_any_moment: bool) -> None:
        """Go on for a while, be killed, start again."""
        newest = Somebody(self._api, self._people[-1].chat + 1, self._rng)
        self._people.append(newest)
        self._go_on(self._rng.uniform(0.3, 2.5))
        if at_any_moment:
            self._go_on(self._rng.uniform(0.0, 3.0))
        else:
            self._aim()
        self._kill()

    def settle(self) -> None:
        """Let nothing more fall due, and wait until all was said and every update was taken."""
        until, calls = monotonic_seconds() + SETTLE_SECONDS, -1
        self._ended_at = self._clock.now()
        with self._database.begin() as store:
            store.connection.execute(timers.delete().where(timers.c.due_at > self._ended_at))
        while monotonic_seconds() < until and calls != self._calls():
            calls = self._calls()
            time.sleep(3)
            if self._api.queue or counting.waits_for_anything(self._database, self._ended_at):
                calls = -1

    def tally(self) -> Tally:
        """What is left to be found in the end."""
        due = [each for each in self._due if each.at <= self._ended_at]
        said = {each.chat: len(self._api.screen(each.chat)) for each in due}
        while_down = sum(began <= each.at <= ended for each in due for began, ended in self._down)
        chats = [each.chat for each in self._people]
        found = {
            "reminders due": len(due),
            "of them due while it was down": while_down,
            "reminders lost": sum(count == 0 for count in said.values()),
            "reminders that came twice": sum(max(0, each - 1) for each in said.values()),
            "answers that came twice": counting.doubles(self._api, chats),
            "rewrites that came twice": counting.rewrites_again(self._api),
            "gestures left without an answer": sum(not p.may_go_on() for p in self._people),
            "calls refused with 429": sum(call.status == 429 for call in self._api.calls),
            **counting.updates(self._database, self._api, self._people),
            **counting.answers(self._database, self._people),
            **counting.leftovers(self._database),
        }
        self._database.close()
        return self._found | found

    def _calls(self) -> int:
        return sum(call.method != "getupdates" for call in tuple(self._api.calls))

    def _go_on(self, seconds: float) -> None:
        until = monotonic_seconds() + seconds
        while monotonic_seconds() < until:
            self._act()

    def _aim(self) -> None:
        """Go on until a message is on its way."""
        until = monotonic_seconds() + LONGEST_AIM
        while monotonic_seconds() < until and not self._api.under_way:
            self._act()

    def _act(self) -> None:
        for person in self._people[-AT_ONCE:]:
            person.act()
        time.sleep(0.005)

    def _kill(self) -> None:
        """Kill it, and count what that may repeat: messages on their way, and marks unwritten."""
        cut_off, began, at = self._api.cut_off, self._clock.now(), monotonic_seconds()
        on_their_way = self._api.under_way
        self._coach.kill()
        time.sleep(0.05)  # the server hears of each broken connection
        waiting = counting.waiting_rows(self._database)
        pushes = [row for row in waiting if row.urgency is not Urgency.ANSWER]
        self._note(
            on_their_way=on_their_way,
            cut_off=self._api.cut_off - cut_off,
            unmarked=len(self._api.unmarked(waiting)),
            oldest=at - min(self._api.unmarked(pushes), default=at),
        )
        self._api.answered.clear()
        self._coach.start()
        self._down.append((began, self._clock.now()))

    def _note(self, *, on_their_way: int, cut_off: int, unmarked: int, oldest: float) -> None:
        """`oldest`: for how long a reminder, whose words come once, was not marked (seconds)."""
        found = {
            "kills": 1,
            "of them with messages on their way": int(on_their_way > 0),
            "of them with these or unwritten marks": int(on_their_way + cut_off + unmarked > 0),
            "messages on their way at a kill": cut_off,
            "marks unwritten at a kill": unmarked,
            MOST_MARKS: unmarked,
            OLDEST_MARK: round(1000 * oldest),
            "may come twice at most": cut_off + unmarked,
        }
        self._found = plus(self._found, found)
