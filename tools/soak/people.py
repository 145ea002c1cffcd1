"""The long ones: a broadcast to 10,000, then kill -9 again and again with work in flight.

    python -m tools.soak [KILLS]

People join and answer their five questions at a server that enforces the limits, while the coach
is killed at random moments. In the end nobody's update may be lost or counted twice.
"""

from __future__ import annotations

import itertools
import random
import sqlite3
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

from tests.acceptance.coach import Coach
from tests.acceptance.people import OnTelegram
from tests.fakes.bot_api import BotApi
from tests.fakes.rates import Rates
from tools.bench import broadcast

JOIN = ("J'accepte", "Gestion", "B", "Pas encore", "20:00")
ENDS = ("Question suivante", "Voir le résultat")
# Seconds between two gestures of a person: the screen lags behind faster ones.
READING = 0.8


def looks(person: OnTelegram) -> list[tuple[str, list[str]]]:
    """What the person sees."""
    return [(each.text, each.labels) for each in person.api.screen(person.chat)]


def is_answered(person: OnTelegram) -> bool:
    """Whether the person's last press got its toast, if it was a press."""
    queries = tuple(person.api.queries.values())
    last = person.updates[-1] if person.updates else 0
    return any(each.update_id == last and each.answer is not None for each in queries)


def gesture(person: OnTelegram, rng: random.Random) -> None:
    """What the person would do now, by what the screen shows."""
    screens = person.api.screen(person.chat)
    labels = person.labels() if screens else []
    # A question has a D, which no screen of the welcome has: its B is an answer, not a grade.
    known = ENDS if "D" in labels else (*JOIN, *ENDS)
    wanted = [each for each in known if any(label.startswith(each) for label in labels)]
    if not screens:
        person.say("/start")
    elif wanted:
        person.press(wanted[0])
    elif "Valider" in labels and rng.random() < 0.4:
        person.press("Valider")
    elif letters := [label for label in labels if label[:1] in "ABCD"]:
        person.press(rng.choice(letters))
    else:
        person.say("/quiz")


def kill_again_and_again(kills: int) -> dict[str, int]:
    """The tally of a run."""
    rng, in_flight = random.Random(5), 0
    with tempfile.TemporaryDirectory() as name, BotApi(rates=Rates()).in_thread() as api:
        coach = Coach(Path(name), TELEGRAM_BOT_TOKEN=api.token, TELEGRAM_API_URL=api.url)
        coach.start()
        people: list[OnTelegram] = []
        # What each saw before the last gesture: nobody goes on before something has changed.
        before: dict[int, object] = {}
        for number in range(kills):
            people += [OnTelegram(api, 5000 + 3 * number + each) for each in range(3)]
            _go_on(people[-12:], before, rng)
            _act(people[-12:], before, rng)
            in_flight += any(not api.is_acknowledged(u) for p in people for u in p.updates[-3:])
            coach.kill()
            coach.start()
        _settle(api, people)
        silent = sum(not _may_go_on(person, before, looks(person)) for person in people)
        coach.stop()
        return {
            "kills": kills,
            "of them with work in flight": in_flight,
            "updates": sum(len(person.updates) for person in people),
            "updates never acknowledged": sum(
                not api.is_acknowledged(each) for person in people for each in person.updates
            ),
            "gestures left without an answer": silent,
            "messages that came twice": sum(map(_doubles, people)),
            "calls refused with 429": sum(call.status == 429 for call in api.calls),
            **_tables(Path(name) / "var" / "coach.db"),
        }


def _go_on(people: list[OnTelegram], before: dict[int, object], rng: random.Random) -> None:
    """Let them act for a moment, whoever may."""
    until = time.monotonic() + rng.uniform(1.0, 5.0)
    while time.monotonic() < until:
        _act(people, before, rng)
        time.sleep(READING)


def _act(people: list[OnTelegram], before: dict[int, object], rng: random.Random) -> None:
    """One gesture of whoever may go on."""
    for person in people:
        seen = looks(person)
        if _may_go_on(person, before, seen):
            before[person.chat] = seen
            with suppress(AssertionError, LookupError):
                gesture(person, rng)


def _may_go_on(person: OnTelegram, before: dict[int, object], seen: object) -> bool:
    """Whether something came of the person's last gesture."""
    return before.get(person.chat) != seen or is_answered(person)


def _settle(api: BotApi, people: list[OnTelegram]) -> None:
    """Wait until every update is acknowledged and the screens stand still."""
    until, calls = time.monotonic() + 120, -1
    while time.monotonic() < until and calls != len(api.calls):
        calls = len(api.calls)
        time.sleep(3)
        if not all(api.is_acknowledged(each) for p in people for each in p.updates):
            calls = -1


def _doubles(person: OnTelegram) -> int:
    """Messages that stand twice in a row."""
    texts = [text for text, _ in looks(person)]
    return sum(one == two for one, two in itertools.pairwise(texts))


def _tables(file: Path) -> dict[str, int]:
    with sqlite3.connect(file) as database:
        questions = {
            "answers": "SELECT count(*) FROM quiz_items WHERE chosen IS NOT NULL",
            "faults": "SELECT count(*) FROM faults",
            "messages still waiting": "SELECT count(*) FROM outbox WHERE sent_at IS NULL "
            "AND dead_reason IS NULL",
        }
        return {name: database.execute(text).fetchone()[0] for name, text in questions.items()}


def main() -> None:
    """Run both and print what was found."""
    kills = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    for name, value in kill_again_and_again(kills).items():
        print(f"  {name:32} {value:8}")
    if len(sys.argv) <= 1:
        for name, figure in broadcast.run(10_000).items():
            print(f"  {name:32} {figure:8.1f}")


if __name__ == "__main__":
    main()
