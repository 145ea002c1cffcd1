"""How often a turn asks the database: a budget, so that no loop of queries creeps in."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.storage.database import Database
from tests.talk import Talk, pack

BEGIN = 2  # and COMMIT


@contextmanager
def counted(database: Database) -> Iterator[list[str]]:
    """The statements executed meanwhile, BEGIN among them."""
    seen: list[str] = []
    with database.engine.connect() as connection:
        driver = connection.connection.driver_connection
    assert isinstance(driver, sqlite3.Connection)  # the pool's only one: every turn's, too
    driver.set_trace_callback(seen.append)
    try:
        yield seen
    finally:
        driver.set_trace_callback(None)


@pytest.fixture
def talk(tmp_path: Path) -> Talk:
    talk = Talk(database=Database(f"sqlite:///{tmp_path}/coach.db"))
    talk.join()
    return talk


def answer_press(talk: Talk) -> Callable[[], object]:
    """A press that answers the open question."""
    with talk.database.begin() as store:
        quiz = store.quizzes.open_of(talk.candidate_id)
    assert quiz is not None
    position = next(
        item.position for item in quiz.items if len(pack().questions[item.item_id].key) == 1
    )
    for _ in range(position):
        talk.answer()
    event = f"quiz:{quiz.id}:a{position}a"
    ref = talk.screen.ref
    return lambda: talk.turns.take(talk.press_of(event, ref), talk.now)


def test_an_answered_press_takes_seven_statements(talk: Talk) -> None:
    """inbox, who and where, quiz, answer, shown, outbox; and BEGIN and COMMIT."""
    press = answer_press(talk)
    with counted(talk.database) as seen:
        press()
    assert len(seen) <= 6 + BEGIN, seen


def test_an_answer_in_a_mock_oral_costs_the_same_at_its_end_as_at_its_start(talk: Talk) -> None:
    """inbox, conversation, person, mock, its answers, their texts; then the text or the press."""
    talk.press_token("mock::start.6")
    costs = []
    for number in range(6):
        with counted(talk.database) as typed:
            talk.turns.take(talk.typed_of("je suis motivé"), talk.now)
        with counted(talk.database) as pressed:
            talk.turns.take(talk.press_of(f"mock:1:done.{number}", "c1"), talk.now)
        costs.append((len(typed), len(pressed)))
    assert {typed for typed, _ in costs} == {costs[0][0]}
    assert costs[0][0] <= 11 + BEGIN, typed
    assert max(pressed for _, pressed in costs) <= 19 + BEGIN, pressed


@pytest.mark.parametrize(
    ("command", "budget"), [("/plan", 20), ("/journal", 12), ("/progress", 22), ("/settings", 10)]
)
def test_a_screen_costs_the_same_after_fifty_answers_as_after_five(
    talk: Talk, command: str, budget: int
) -> None:
    costs = []
    for _ in range(2):
        for _ in range(5):
            talk.answer(right=False)
        talk.press_token("quiz::extra")
        with counted(talk.database) as seen:
            talk.turns.take(talk.command_of(command), talk.now)
        costs.append(len(seen))
    assert costs[0] == costs[1]
    assert costs[1] <= budget + BEGIN, seen
