"""The real process in a storm, with Telegram really away for half a minute."""

from __future__ import annotations

import itertools
import time
from collections import Counter
from pathlib import Path

import pytest

from bot.storage.database import Database
from bot.storage.migrate import migrate
from tests.acceptance.coach import Coach
from tests.acceptance.people import OnTelegram
from tests.fakes.bot_api import BotApi
from tests.fakes.rates import Rates
from tests.fakes.storms import Storm
from tests.lives import settle
from tests.talk import Talk

pytestmark = pytest.mark.acceptance

CHATS = range(1, 9)
AUDIENCE = range(101, 161)
COMMANDS = ("plan", "progress", "journal", "library", "settings", "faq", "sets")
SIGNS = ("🗓", "📊", "📓", "📚", "⚙", "❓", "⏱")
OUTAGE = 30.0
# No message fails more than three times in a row then: what is seen is the storm's length.
SEED = 1


def prepare(url: str) -> None:
    """Candidates past the welcome, and a broadcast about to leave to as many and more."""
    database = Database(url)
    migrate(database)
    talk = Talk(database=database)
    for chat in (*CHATS, *AUDIENCE):
        talk.move_to("telegram", str(chat))
        settle(talk, quiet_from=talk.now.time(), quiet_to=talk.now.time(), active_at=None)
    with database.begin() as store:
        made = store.broadcasts.draft("web:x", "Bonjour", "fr", ["telegram"], talk.now)
        store.broadcasts.set_stage(made.id, "sending")
    database.close()


def typed_by(chat: int) -> list[int]:
    """The commands in this person's own order."""
    return [(chat + 3 * step) % len(COMMANDS) for step in range(len(COMMANDS))]


def seen_by(person: OnTelegram) -> list[str]:
    """The coach's answers, each by its first sign."""
    return [text[0] for text in person.texts() if text[0] in SIGNS]


def weather(api: BotApi, people: dict[int, OnTelegram]) -> float:
    """People write on through storm and outage; when the server left."""
    left = 0.0
    for step in range(len(COMMANDS)):
        for chat, person in people.items():
            person.say(f"/{COMMANDS[typed_by(chat)[step]]}")
        time.sleep(0.7)
        if step == 2:
            left = time.monotonic()
            api.have(api.go_away())
        if step == 4:
            time.sleep(OUTAGE)
            api.have(api.come_back())
    return left


def test_nothing_is_lost_reordered_or_doubled_without_cause_in_a_storm_and_an_outage(
    tmp_path: Path,
) -> None:
    (tmp_path / "var").mkdir()
    prepare(f"sqlite:///{tmp_path}/var/coach.db")
    with BotApi(rates=Rates()).in_thread() as api:
        people = {chat: OnTelegram(api, chat) for chat in CHATS}
        for chat in AUDIENCE:
            api.person(chat)
        api.storm = storm = Storm(seed=SEED)
        coach = Coach(
            tmp_path,
            TELEGRAM_BOT_TOKEN=api.token,
            TELEGRAM_API_URL=api.url,
            COACH_TEST_CLOCK="2026-11-24T10:20:00Z",
        )
        with coach:
            left = weather(api, people)
            everybody = [*CHATS, *AUDIENCE]
            api.wait_until(
                lambda: (
                    all(len(set(seen_by(each))) == len(COMMANDS) for each in people.values())
                    and all(api.screen(chat) for chat in everybody)
                ),
                60,
            )
            time.sleep(2)
        for chat, person in people.items():
            wanted = [SIGNS[number] for number in typed_by(chat)]
            assert [sign for sign, _ in itertools.groupby(seen_by(person))] == wanted
        cut = {id_of(c.arguments) for c in api.calls if left - 0.5 < c.at < left + 0.5}
        for chat in everybody:
            arrived = Counter((str(chat), message.html) for message in api.screen(chat))
            for what, count in arrived.items():
                assert count <= 1 + storm.lost[what] + (what in cut), what
        check_waits(api, storm)


def id_of(arguments: dict[str, object]) -> tuple[str, str]:
    return str(arguments.get("chat_id", "")), str(arguments.get("text", ""))


def check_waits(api: BotApi, storm: Storm) -> None:
    """Each 429 came from the storm, and its chat was left alone for as long as it said."""
    told = [call for call in api.calls if call.status == 429]
    assert len(told) == storm.told_to_wait > 0
    for one in told:
        end = one.at + int(one.description.rpartition(" ")[2])
        same = [c for c in api.calls if id_of(c.arguments)[0] == id_of(one.arguments)[0]]
        assert not [call for call in same if one.at < call.at < end]
