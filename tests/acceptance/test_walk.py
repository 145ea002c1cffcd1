"""A candidate's walk with the real process, killed at every step and started again.

Shows 3 and 4 of the first issue: no refused call, no update lost, none counted twice.
"""

from __future__ import annotations

import re
import socket
import sqlite3
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.acceptance.coach import Coach
from tests.acceptance.people import OnTelegram, OnTheWeb, wait_for, wait_for_newest
from tests.fakes.bot_api import BotApi
from tests.fakes.rates import Rates

pytestmark = pytest.mark.acceptance

Person = OnTelegram | OnTheWeb
Step = tuple[Callable[[Person], None], str]

QUESTION = "Question suivante"


def say(text: str) -> Callable[[Person], None]:
    return lambda person: person.say(text)


def press(label: str) -> Callable[[Person], None]:
    return lambda person: person.press(label)


WALK: tuple[Step, ...] = (
    (say("/start"), "Bienvenue"),
    (press("J'accepte"), "1/4"),
    (press("Gestion"), "2/4"),
    (press("B"), "3/4"),
    (press("Pas encore"), "4/4"),
    (press("20:00"), "1/5"),
    (say("/plan"), "🗓"),
    (say("/prep"), "1/4"),
    (say("Il faut simplifier le dossier de remboursement pour l'assuré."), "simplifier"),
    (say("/progress"), "Où vous en êtes"),
)


def answered(folder: Path) -> int:
    """How many questions have an answer, read from the file."""
    with sqlite3.connect(f"file:{folder}/var/coach.db?mode=ro", uri=True) as database:
        query = "SELECT count(*) FROM quiz_items WHERE chosen IS NOT NULL"
        return int(database.execute(query).fetchone()[0])


@pytest.fixture
def telegram(tmp_path: Path) -> Iterator[tuple[Coach, OnTelegram, BotApi]]:
    with BotApi(rates=Rates()).in_thread() as api:
        coach = Coach(tmp_path, TELEGRAM_BOT_TOKEN=api.token, TELEGRAM_API_URL=api.url)
        with coach:
            yield coach, OnTelegram(api), api


def walk(person: Person, coach: Coach, *, kill: bool) -> None:
    for number, (gesture, shown) in enumerate(WALK):
        gesture(person)
        if kill and number % 2 == 0:
            coach.kill()
            coach.start()
            if isinstance(person, OnTheWeb):
                person.settle()
        wait_for(person, shown)


def answer_all(person: Person, coach: Coach, *, kill: bool) -> None:
    """Answer the five questions of the quiz, whatever they are."""
    person.say("/quiz")
    for number in range(1, 6):
        wait_for_newest(person, f"{number}/5")
        while "Question suivante" not in " ".join(person.labels()) and (
            "Voir le résultat" not in " ".join(person.labels())
        ):
            pick(person)
        if kill and number % 2:
            coach.kill()
            coach.start()
        person.press("Question suivante" if number < 5 else "Voir le résultat")
        if isinstance(person, OnTheWeb):
            person.settle()
    wait_for(person, "Quiz terminé")


def pick(person: Person) -> None:
    """Answer the question on the screen: one option, or as many as it asks, then confirm."""
    text = person.texts()[-1]
    before = person.labels()
    if "Valider" not in before:
        person.press("A")
        changed(person, before)
        return
    wanted = re.search(r"(\d) bonnes réponses\s*:", text)
    assert wanted, text
    for letter in "ABC"[: int(wanted[1])]:
        now = person.labels()
        person.press(letter)
        changed(person, now)
    now = person.labels()
    person.press("Valider")
    changed(person, now)


def changed(person: Person, before: list[str]) -> None:
    until = time.monotonic() + 20
    while person.labels() == before:
        assert time.monotonic() < until, before
        time.sleep(0.02)


def test_telegram_walk_without_a_refused_call(
    telegram: tuple[Coach, OnTelegram, BotApi], tmp_path: Path
) -> None:
    coach, person, api = telegram
    walk(person, coach, kill=False)
    answer_all(person, coach, kill=False)
    assert api.refused() == []
    assert answered(tmp_path) == 5
    assert set(api.commands) >= {("all_private_chats", lang) for lang in ("fr", "ar", "en")}


def test_telegram_walk_killed_on_the_way_loses_and_doubles_nothing(
    telegram: tuple[Coach, OnTelegram, BotApi], tmp_path: Path
) -> None:
    coach, person, api = telegram
    walk(person, coach, kill=True)
    answer_all(person, coach, kill=True)
    assert answered(tmp_path) == 5
    api.wait_until(lambda: all(map(api.is_acknowledged, person.updates)))


def test_f4_web_walk_killed_on_the_way_loses_and_doubles_nothing(tmp_path: Path) -> None:
    with Coach(tmp_path, COACH_WEB_PORT=str(free_port())) as coach:
        person = OnTheWeb(coach)
        walk(person, coach, kill=True)
        answer_all(person, coach, kill=True)
        assert answered(tmp_path) == 5


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
