"""The long tests can fail: their reckoning sees a press that was lost or counted twice."""

from __future__ import annotations

import pytest

from bot.messages import Address
from bot.storage.outbox import OutboxRow
from tests.acceptance.people import OnTelegram
from tests.fakes.bot_api import BotApi
from tests.talk import START, Talk, pack
from tools.soak import counting
from tools.soak.server import Distant


@pytest.mark.parametrize(("turns", "wrong"), [(0, 1), (1, 0), (2, 1)])
def test_a_tick_that_is_lost_or_counted_twice_is_seen(
    joined: Talk, turns: int, wrong: int
) -> None:
    several = next(each for each in pack().questions.values() if len(each.key) > 1)
    with joined.database.begin() as store:
        quiz = store.quizzes.open_of(joined.candidate_id)
        assert quiz is not None
        store.quizzes.swap(quiz.id, 0, several)
    person = OnTelegram(BotApi())
    token = f"quiz:{quiz.id}:a0a"
    person.updates.append(person.api.press(person.chat, 1, token, forged=True))
    for _ in range(turns):
        joined.press_token(token, ref=joined.screen.ref)
    assert counting.answers(joined.database, [person])["presses counted twice or lost"] == wrong


def test_an_answer_that_is_lost_is_seen(joined: Talk) -> None:
    alone = next(each for each in pack().questions.values() if len(each.key) == 1)
    with joined.database.begin() as store:
        quiz = store.quizzes.open_of(joined.candidate_id)
        assert quiz is not None
        store.quizzes.swap(quiz.id, 0, alone)
    person = OnTelegram(BotApi())
    token = f"quiz:{quiz.id}:a0a"
    person.updates.append(person.api.press(person.chat, 1, token, forged=True))
    assert counting.answers(joined.database, [person])["answers lost"] == 1
    joined.press_token(token, ref=joined.screen.ref)
    assert counting.answers(joined.database, [person])["answers lost"] == 0


def test_what_was_answered_and_still_waits_is_counted_and_nothing_else() -> None:
    api = Distant()
    rows = [
        OutboxRow(
            address=Address(channel="telegram", chat="1"),
            candidate_id=None,
            payload={"text": text},
            created_at=START,
        )
        for text in ("b", "c", "d")
    ]
    api.answered["1"] = [(1.0, ("a", ())), (2.0, ("b", ())), (3.0, ("c", ()))]
    assert api.unmarked(rows) == [2.0, 3.0]
    assert api.unmarked(rows[2:]) == []
