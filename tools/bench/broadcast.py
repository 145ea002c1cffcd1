"""A broadcast at the platform's limit while people press, against a server that enforces it.

    python -m tools.bench.broadcast [PEOPLE]

Says how much of the 30 a second was used, how many calls were refused, how long a press waited.
"""

from __future__ import annotations

import sys
import tempfile
import time
from math import ceil
from pathlib import Path
from typing import Any

from bot.storage.database import Database
from bot.storage.tables import candidates, conversations
from tests.acceptance.coach import Coach
from tests.fakes.bot_api import BotApi, Call
from tests.fakes.rates import Rates
from tests.fakes.world import Message
from tests.talk import START
from tools.bench.prepare import Press, people_with_quizzes, sqlite_url

PRESSES_A_SECOND = 5
PER_SECOND = 30
# Those who press have three questions each, or more, that one press answers.
PRESSES_EACH = 3
FEWEST_PRESSERS = 60
COUNTED = ("sendmessage", "editmessagetext")
# Chats from here on are the audience's; those who press have smaller ones.
AUDIENCE = 100_000

Pressed = tuple[float, int]
"""When somebody pressed, and the update that it made."""


def prepare(url: str, people: int) -> list[Press]:
    """An audience, people in a quiz, and a broadcast that is to be sent."""
    presses = people_with_quizzes(url, _pressers(people))
    database = Database(url)
    with database.begin() as store:
        store.connection.execute(candidates.insert(), [candidate_row(n) for n in range(people)])
        store.connection.execute(
            conversations.insert(), [conversation_row(n) for n in range(people)]
        )
        made = store.broadcasts.draft("bench:1", "Bonjour", "fr", ["telegram"], START)
        store.broadcasts.set_stage(made.id, "sending")
    database.close()
    return presses


def _pressers(people: int) -> int:
    """Enough to press until everybody has the message: presses take their share of the second."""
    seconds = people / (PER_SECOND - PRESSES_A_SECOND)
    return max(FEWEST_PRESSERS, ceil(seconds * PRESSES_A_SECOND / PRESSES_EACH))


def candidate_row(number: int) -> dict[str, Any]:
    """Somebody past the welcome, with no quiet hours."""
    times = ("quiz_time", "reminder_time", "quiet_from", "quiet_to")
    return {
        "id": f"b{number:07}",
        "language": "fr",
        "stream": "benefits",
        "grade": "B",
        "zone": "Africa/Casablanca",
        **dict.fromkeys(times, START.time()),
        "push_to": "",
        "keep_voice": False,
        "consent_at": START,
        "onboarded_at": START,
    }


def conversation_row(number: int) -> dict[str, Any]:
    """Their private chat."""
    chat = str(AUDIENCE + number)
    return {
        "channel": "telegram",
        "chat": chat,
        "thread": "",
        "person": chat,
        "candidate_id": f"b{number:07}",
        "used_at": START,
    }


def run(people: int) -> dict[str, float]:
    """The figures of one run."""
    with tempfile.TemporaryDirectory() as name, BotApi(rates=Rates()).in_thread() as api:
        presses = prepare(sqlite_url(Path(name)), people)
        for number in range(people):
            api.person(AUDIENCE + number)
        _show_quizzes(api, presses)
        coach = Coach(
            Path(name),
            TELEGRAM_BOT_TOKEN=api.token,
            TELEGRAM_API_URL=api.url,
            COACH_TEST_CLOCK="2026-11-24T10:20:00Z",
        )
        with coach:
            return _figures(api, _press_meanwhile(api, presses, people))


def _show_quizzes(api: BotApi, presses: list[Press]) -> None:
    """The messages that are going to be pressed: each press then costs one rewrite."""
    for chat, message, _ in presses:
        messages = api.chats[api.person(chat)].messages
        messages[message] = Message(message_id=message, from_bot=True, date=0, text="quiz")


def _press_meanwhile(api: BotApi, presses: list[Press], people: int) -> list[Pressed]:
    """Press until the whole audience has the message."""
    pressed: list[Pressed] = []
    received, seen = set[int](), 0
    began = time.monotonic()
    while len(received) < people:
        number = len(pressed)
        if time.monotonic() - began > number / PRESSES_A_SECOND and number < len(presses):
            chat, message, data = presses[number]
            pressed.append((time.monotonic(), api.press(chat, message, data, forged=True)))
        if time.monotonic() - began > people / PER_SECOND * 3 + 60:
            raise TimeoutError("the broadcast did not end")
        time.sleep(0.01)
        received |= _received(new := api.calls[seen:])
        seen += len(new)
    time.sleep(2)
    return pressed


def _received(calls: list[Call]) -> set[int]:
    """Who of the audience has the message by one of these calls."""
    sent = (call for call in calls if (call.method, call.status) == ("sendmessage", 200))
    return {chat for call in sent if (chat := int(call.arguments["chat_id"])) >= AUDIENCE}


def _figures(api: BotApi, pressed: list[Pressed]) -> dict[str, float]:
    counted = [call for call in api.calls if call.method in COUNTED]
    sent = [call.at for call in counted if call.status in (200, 400)]
    # From the first full second of the broadcast to its end.
    first = sent[0] + 2
    last = [call.at for call in counted if call.method == "sendmessage"][-1] - 1
    steady = [at for at in sent if first <= at < last]
    chats = {int(call.arguments["chat_id"]) for call in counted}
    # A process that begins to send is silent for a second: that is not a broadcast's doing.
    waits = _waits(api, counted, [each for each in pressed if each[0] >= first])
    return {
        "utilisation %": 100 * len(steady) / ((last - first) * PER_SECOND),
        "calls refused with 429": sum(call.status == 429 for call in api.calls),
        "most in a second": _most(sent),
        "press to first call, p50 ms": waits[len(waits) // 2],
        "press to first call, p99 ms": waits[int(len(waits) * 0.99)],
        "presses": len(waits),
        "people who pressed": sum(chat < AUDIENCE for chat in chats),
        "messages": len(sent),
        "seconds": sent[-1] - sent[0],
    }


def _waits(api: BotApi, counted: list[Call], pressed: list[Pressed]) -> list[float]:
    """Milliseconds from each press to the first of these calls for its chat after it."""
    waits = []
    chats = {query.update_id: query.chat for query in api.queries.values()}
    for at, update in pressed:
        later = (
            call.at
            for call in counted
            if call.at >= at and int(call.arguments["chat_id"]) == chats[update]
        )
        if (first := next(later, None)) is not None:
            waits.append((first - at) * 1000)
    return sorted(waits)


def _most(times: list[float]) -> int:
    """The most in any second."""
    most, start = 0, 0
    for end, at in enumerate(times):
        while at - times[start] >= 1.0:
            start += 1
        most = max(most, end - start + 1)
    return most


def main() -> None:
    """Print the figures."""
    people = int(sys.argv[1]) if len(sys.argv) > 1 else 1500
    print(f"a broadcast to {people} with {PRESSES_A_SECOND} presses a second")
    for name, value in run(people).items():
        print(f"  {name:30} {value:10.1f}")


if __name__ == "__main__":
    main()
