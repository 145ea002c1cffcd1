"""People who join, answer and ask for more, by what they see: a gesture after each change."""

from __future__ import annotations

import random
import re
from contextlib import suppress

from bot.clock import monotonic_seconds
from tests.acceptance.people import OnTelegram
from tests.fakes.bot_api import BotApi

JOIN = ("J'accepte", "Gestion", "B", "Pas encore", "20:00")
ENDS = ("Question suivante", "Voir le résultat", "5 de plus")
# Seconds between two gestures of a person: a chat is sent one message a second.
READING = 1.1
# Seconds after which somebody goes on although only a toast came.
PUZZLED = 3.0
_SEVERAL = re.compile(r"(\d+)\s+bonnes\s+réponses")

Seen = list[tuple[str, list[str]]]


class Somebody(OnTelegram):
    """A candidate who goes on only when something came of the last gesture."""

    def __init__(self, api: BotApi, chat: int, rng: random.Random) -> None:
        super().__init__(api, chat)
        self._rng = rng
        self._before: Seen | None = None
        self._acted_at = float("-inf")

    def looks(self) -> Seen:
        """The chat as it is."""
        return [(each.text, each.labels) for each in self.api.screen(self.chat)]

    def may_go_on(self) -> bool:
        """Whether the last gesture had a visible answer; a toast alone is looked at for longer."""
        return self._before != self.looks() or (self._is_puzzled() and self._has_toast())

    def act(self) -> None:
        """One gesture, if it is time for one."""
        is_reading = monotonic_seconds() - self._acted_at < READING
        if is_reading or not self.may_go_on() or self._expects_more():
            return
        self._before, self._acted_at = self.looks(), monotonic_seconds()
        # A screen that changed in between has no such button any more.
        with suppress(AssertionError, LookupError):
            self._gesture()

    def _is_puzzled(self) -> bool:
        return monotonic_seconds() - self._acted_at > PUZZLED

    def _expects_more(self) -> bool:
        """Nothing to press under the newest message: another is on its way."""
        screens = self.api.screen(self.chat)
        return bool(screens) and not screens[-1].labels and not self._is_puzzled()

    def _has_toast(self) -> bool:
        last = self.updates[-1] if self.updates else 0
        queries = tuple(self.api.queries.values())
        return any(each.update_id == last and each.answer is not None for each in queries)

    def _gesture(self) -> None:
        screens = self.api.screen(self.chat)
        labels = self.labels() if screens else []
        # A question has a D, which no screen of the welcome has: its B is an answer, not a grade.
        is_question = any(label.endswith("D") for label in labels)
        known = ENDS if is_question else (*JOIN, *ENDS)
        wanted = [each for each in known if any(label.startswith(each) for label in labels)]
        if not screens:
            self.say("/start")
        elif wanted:
            self.press(wanted[0])
        elif "Valider" in labels and _ticked(labels) == _asked(self.texts()[-1]):
            self.press("Valider")
        elif _ticked(labels) > _asked(self.texts()[-1]):
            self.press("☑")
        elif letters := [label for label in labels if label[:1] in "ABCD"]:
            self.press(self._rng.choice(letters))
        else:
            self.say("/quiz")


def _ticked(labels: list[str]) -> int:
    return sum(label.startswith("☑") for label in labels)


def _asked(text: str) -> int:
    """How many answers the question wants."""
    found = _SEVERAL.search(text)
    return int(found[1]) if found else 1
