"""The next hour goes where the forecast mark rises most, found by trying every topic (T52)."""

from __future__ import annotations

from datetime import date, timedelta

from bot.domain.learning_pace import likeliest, suppose
from bot.domain.memory import Answered
from bot.domain.next_hour import rank_hours, topics_met_once
from tests.talk import pack

DAY = date(2026, 11, 24)
EXAM = DAY + timedelta(days=40)


def answered(topic: str, count: int, *, correct: bool) -> list[Answered]:
    items = [q.id for q in pack().questions.values() if q.topic == topic and not q.streams]
    return [Answered(item_id=each, correct=correct, local_day=DAY) for each in items[:count]]


def worth(history: list[Answered]) -> dict[str, float]:
    memory = likeliest(suppose(pack().questions, history, EXAM))
    hours = rank_hours(pack(), memory, stream="benefits", today=DAY)
    assert [hour.worth for hour in hours] == sorted((h.worth for h in hours), reverse=True)
    return {hour.topic: hour.worth for hour in hours}


def test_every_topic_is_tried_and_an_hour_never_costs() -> None:
    found = worth([])
    assert found.keys() == pack().blueprint.streams["benefits"].keys()
    assert all(rise > 0 for rise in found.values())


def test_what_is_known_is_worth_less_than_what_is_not() -> None:
    before = worth([])
    good = worth(answered("social-protection", 20, correct=True))
    poor = worth(answered("social-protection", 20, correct=False))
    assert good["social-protection"] < before["social-protection"]
    assert good["social-protection"] < poor["social-protection"]


def test_the_same_history_gives_the_same_ranking() -> None:
    history = answered("tools", 9, correct=False)
    assert worth(history) == worth(list(history))


def test_an_hour_supposed_leaves_the_memory_as_it_was() -> None:
    history = answered("tools", 9, correct=False)
    memory, same = (likeliest(suppose(pack().questions, history, EXAM)) for _ in range(2))
    rank_hours(pack(), memory, stream="benefits", today=DAY)
    assert memory.items == same.items
    assert all(same.concept_traces[each] == left for each, left in memory.concept_traces.items())


def test_a_topic_that_the_days_left_do_not_bring_up_twice_is_named() -> None:
    near, far = DAY + timedelta(days=2), DAY + timedelta(days=200)
    named = topics_met_once(pack(), stream="benefits", today=DAY, exam_day=near, a_day=5)
    weights = pack().blueprint.streams["benefits"]
    assert set(named) == {topic for topic, weight in weights.items() if 10 * weight / 100 < 2}
    assert topics_met_once(pack(), stream="benefits", today=DAY, exam_day=far, a_day=5) == ()
