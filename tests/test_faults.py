"""A handler that raises, a timer that raises, a flood: none holds up anybody, none loops."""

from __future__ import annotations

import asyncio
import threading
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.domain.daily import QUIZ_TIMER
from bot.errors import StorageError
from bot.failed_timers import BACK_OFF
from bot.flood import BURST, Floods
from bot.handlers.context import Reply, TurnContext
from bot.messages import TimerFired
from bot.storage.database import Database, Priority
from bot.storage.tables import faults, timers
from bot.turn import Outcome
from scheduler.jobs import fire_due_timers
from tests.talk import Talk

WORD = "a word of a candidate"


def boom(_turn: TurnContext) -> Reply:
    raise ZeroDivisionError(WORD)


@pytest.fixture
def talk(tmp_path: Path) -> Talk:
    talk = Talk(database=Database(f"sqlite:///{tmp_path}/coach.db"))
    talk.join()
    return talk


def recorded(talk: Talk) -> list[tuple[str, str]]:
    with talk.database.engine.connect() as connection:
        return [(row.route, row.trace) for row in connection.execute(sa.select(faults))]


def test_a_poison_update_is_recorded_answered_kindly_and_never_taken_again(talk: Talk) -> None:
    talk.turns._routes.commands["plan"] = boom
    outcome = talk.say("/plan")
    assert outcome.route == "fault"
    assert "pas du vôtre" in talk.screen.text
    assert talk.hand_in_again().duplicate
    ((route, trace),) = recorded(talk)
    assert route == "CommandGiven"
    assert "boom" in trace
    assert WORD not in trace
    talk.say("/journal")
    assert talk.last.route == "/journal"


def test_an_update_for_which_even_the_kind_sentence_fails_does_not_loop(
    talk: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    talk.turns._routes.commands["plan"] = boom
    monkeypatch.setattr("bot.turn.Posting", boom)
    assert talk.say("/plan").route == "fault"
    assert talk.hand_in_again().duplicate


def quiz_due(talk: Talk) -> TimerFired:
    with talk.database.begin() as store:
        due = store.timers.claim_due(talk.now, talk._wall, 100)
    return next(event for event in due if event.kind == QUIZ_TIMER)


def armed(talk: Talk) -> object:
    with talk.database.begin() as store:
        return store.timers.due_of(talk.candidate_id, QUIZ_TIMER).get("")


def test_f8_a_timer_that_raises_backs_off_then_is_recorded_and_tomorrows_still_comes(
    talk: Talk,
) -> None:
    talk.turns._routes.timers[QUIZ_TIMER] = boom
    due_at = armed(talk)
    talk.now = due_at  # type: ignore[assignment]
    waits = []
    for _ in range(len(BACK_OFF) + 1):
        event = quiz_due(talk)
        talk.turns.take(event, talk.now)
        with talk.database.engine.connect() as connection:
            row = connection.execute(sa.select(timers).where(timers.c.kind == QUIZ_TIMER)).one()
        waits.append(row.claimed_until)
        talk._wall += 7200
    assert waits[:-1] == sorted(waits[:-1])
    assert [route for route, _ in recorded(talk)] == [f"timer {QUIZ_TIMER}"]
    assert armed(talk) > due_at  # type: ignore[operator]


async def test_one_timer_whose_turn_cannot_be_taken_leaves_the_others_theirs(talk: Talk) -> None:
    talk.now = armed(talk)  # type: ignore[assignment]
    with talk.database.begin() as store:
        store.timers.arm(talk.candidate_id, "other", "", talk.now)
    taken: list[str] = []

    async def take(event: TimerFired) -> Outcome:
        if event.kind == "other":
            raise StorageError("the database does not answer")
        taken.append(event.kind)
        return Outcome()

    await fire_due_timers(talk.database, take, lambda: talk.now)  # type: ignore[arg-type]
    assert QUIZ_TIMER in taken


def test_a_statement_that_is_wrong_is_a_fault_of_ours_and_not_of_the_database(talk: Talk) -> None:
    def wrong(turn: TurnContext) -> Reply:
        turn.store.connection.execute(sa.text("SELECT nonsense FROM nowhere"))
        return Reply()

    talk.turns._routes.commands["plan"] = wrong
    assert talk.say("/plan").route == "fault"


def test_a_person_who_sends_faster_than_a_person_can_is_a_flood_until_calm() -> None:
    floods = Floods()
    assert not any(floods.is_flood("1", 100.0) for _ in range(int(BURST)))
    assert floods.is_flood("1", 100.0)
    assert not floods.is_flood("2", 100.0)
    assert not floods.is_flood("1", 101.0)


async def test_a_flood_waits_while_anybody_elses_press_is_there(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path}/coach.db")
    order: list[str] = []
    begun, gate = threading.Event(), threading.Event()

    def hold() -> None:
        begun.set()
        gate.wait()

    first = asyncio.create_task(database.run(hold))
    await asyncio.to_thread(begun.wait)
    flood = database.run(order.append, "flood", priority=Priority.FLOOD)
    tasks = [asyncio.create_task(flood)]
    await asyncio.sleep(0)
    tasks.append(asyncio.create_task(database.run(order.append, "press")))
    await asyncio.sleep(0)
    gate.set()
    await asyncio.gather(first, *tasks)
    database.close()
    assert order == ["press", "flood"]
