"""Which questions come: spread over topics by need, never repeated before the bank is seen."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.gain import bank_of, gains
from bot.domain.memory import Answered, remember
from bot.domain.need import topic_needs
from bot.domain.selection import sample_questions, select_questions
from content.schema import Question
from tests.talk import pack

DAY = date(2026, 11, 24)


def draw(
    history: list[Answered] | None = None,
    *,
    seed: int = 0,
    count: int = 5,
    day: date = DAY,
    exam_day: date | None = None,
    topics: frozenset[str] | None = None,
) -> tuple[Question, ...]:
    return select_questions(
        pack(),
        stream="benefits",
        history=history or [],
        count=count,
        today=day,
        rng=Random(seed),
        exam_day=exam_day,
        topics=topics,
    )


def met(question: Question, day: date, *, right: bool = True) -> Answered:
    return Answered(item_id=question.id, correct=right, local_day=day)


def test_t3_over_200_draws_each_topic_has_its_share_within_5_points() -> None:
    counts = Counter(q.topic for seed in range(200) for q in draw(seed=seed))
    for topic, weight in pack().blueprint.streams["benefits"].items():
        assert abs(100 * counts[topic] / 1000 - weight) <= 5, (topic, counts[topic])


def test_t3_the_stream_changes_the_draw() -> None:
    def share(stream: str, topic: str) -> float:
        drawn = [
            q.topic
            for seed in range(100)
            for q in select_questions(
                pack(), stream=stream, history=[], count=5, today=DAY, rng=Random(seed)
            )
        ]
        return drawn.count(topic) / len(drawn)

    assert share("data", "tools") > share("legal", "tools") + 0.1


def test_the_same_seed_gives_the_same_questions() -> None:
    assert draw(seed=7) == draw(seed=7)


def test_nothing_comes_twice_before_everything_was_seen() -> None:
    history: list[Answered] = []
    seen: set[str] = set()
    askable = [q for q in pack().questions.values() if not q.streams or "benefits" in q.streams]
    for number in range(len(askable) // 5):
        day = DAY + timedelta(days=number)
        questions = draw(history, seed=number, day=day)
        assert not seen & {q.id for q in questions}
        seen |= {q.id for q in questions}
        history += [met(q, day) for q in questions]


def test_when_all_was_seen_old_ones_come_back_and_never_the_same_day() -> None:
    history = [met(q, DAY - timedelta(days=9)) for q in pack().questions.values()]
    again = draw(history)
    assert len(again) == 5
    today = [*history, *(met(q, DAY) for q in again)]
    assert not {q.id for q in draw(today)} & {q.id for q in again}


def test_a_missed_question_is_worth_more_than_one_of_its_concept_got_right() -> None:
    topic = pack().head.topics[0].id
    all_of_it = [q for q in pack().questions.values() if q.topic == topic and not q.streams]
    first, second = (replace(q, concept="a pair") for q in all_of_it[:2])
    paired = replace(pack(), questions={**pack().questions, first.id: first, second.id: second})
    history = [met(first, DAY, right=False), met(second, DAY)]
    memory = remember(paired.questions, history, DAY + timedelta(days=20))
    found = gains(memory, bank_of(paired, "benefits", DAY), (first, second), DAY.toordinal() + 9)
    assert found[first.id] > found[second.id]


def test_what_was_shown_today_and_not_answered_is_not_asked_again_today() -> None:
    shown = draw(seed=1)
    history = [Answered(item_id=q.id, correct=None, local_day=DAY) for q in shown]
    assert not {q.id for q in draw(history, seed=1)} & {q.id for q in shown}
    tomorrow = {
        q.id for seed in range(60) for q in draw(history, seed=seed, day=DAY + timedelta(1))
    }
    assert {q.id for q in shown} <= tomorrow


def test_a_topic_that_goes_well_is_asked_less() -> None:
    state = [q for q in pack().questions.values() if q.topic == "state"][:8]
    well = topic_needs(pack(), "benefits", [met(q, DAY) for q in state])
    badly = topic_needs(pack(), "benefits", [met(q, DAY, right=False) for q in state])
    assert well["state"] < badly["state"]


@pytest.mark.parametrize("size", [0, 1, 3])
def test_a_tiny_bank_gives_what_it_has(size: int) -> None:
    few = dict(list(pack().questions.items())[:size])
    small = replace(pack(), questions=few)
    drawn = select_questions(
        small, stream="benefits", history=[], count=5, today=DAY, rng=Random(1)
    )
    assert len(drawn) == size


def test_a_retired_item_is_never_asked() -> None:
    retired = {q.id: replace(q, retired=True) for q in pack().questions.values()}
    gone = replace(pack(), questions=retired)
    assert (
        select_questions(gone, stream="benefits", history=[], count=5, today=DAY, rng=Random(1))
        == ()
    )


def test_the_first_question_is_not_a_hard_one() -> None:
    for seed in range(50):
        questions = draw(seed=seed)
        assert questions[0].difficulty == min(q.difficulty for q in questions)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10_000), st.integers(0, 100), st.integers(1, 12))
def test_any_history_gives_distinct_questions(seed: int, known: int, count: int) -> None:
    rng = Random(seed)
    past = rng.sample(list(pack().questions.values()), known)
    history = [
        met(q, DAY - timedelta(days=rng.randint(1, 30)), right=rng.random() < 0.6) for q in past
    ]
    questions = draw(history, seed=seed, count=count)
    assert len({q.id for q in questions}) == len(questions) == count


def live(
    days: list[int], *, exam: int | None, right: float = 0.5, seed: int = 3
) -> dict[int, list[str]]:
    """The questions of each of those days for a candidate who answers them all."""
    rng, history, asked = Random(seed), [], {}
    exam_day = None if exam is None else DAY + timedelta(days=exam)
    for number in days:
        day = DAY + timedelta(days=number)
        questions = draw(history, seed=number, day=day, exam_day=exam_day)
        history += [met(q, day, right=rng.random() < right) for q in questions]
        asked[number] = [q.id for q in questions]
    return asked


@pytest.mark.parametrize("exam", [-3, 0, 1, 7, 120, 400])
def test_any_exam_day_gives_five_different_questions(exam: int) -> None:
    history = [met(q, DAY - timedelta(days=2)) for q in draw(seed=5)]
    questions = draw(history, exam_day=DAY + timedelta(days=exam))
    assert len({q.id for q in questions}) == 5


def test_nothing_comes_back_in_the_first_70_percent_of_the_days() -> None:
    early = [item for items in live(list(range(29)), exam=40).values() for item in items]
    assert len(set(early)) == len(early)


def test_in_the_last_days_what_was_missed_comes_back_among_new_ones() -> None:
    asked = live(list(range(56)), exam=56, right=0.2)
    early = {item for day, items in asked.items() if day <= 39 for item in items}
    late = {item for day, items in asked.items() if day > 39 for item in items}
    assert early & late
    assert late - early


def test_without_an_exam_day_the_time_for_returns_never_comes() -> None:
    asked = live(list(range(0, 400, 30)), exam=None)
    every = [item for items in asked.values() for item in items]
    assert len(set(every)) == len(every)


def test_the_day_before_the_exam_misses_come_before_what_is_known() -> None:
    missed = {q.id for number, q in enumerate(pack().questions.values()) if number % 10 == 0}
    history = [
        met(q, DAY - timedelta(days=10), right=q.id not in missed)
        for q in pack().questions.values()
    ]
    assert len({q.id for q in draw(history, exam_day=DAY + timedelta(days=1))} & missed) >= 3


def test_f10_t36_missed_weeks_pile_nothing_up() -> None:
    """40 misses and three weeks away: five today, as for one who never left."""
    asked = live([0, 1, 2, 3, 4, 5, 6, 7, 28, 29], exam=90, right=0.0)
    assert [len(items) for items in asked.values()] == [5] * 10
    assert len({item for items in asked.values() for item in items}) == 50


def test_a_quiz_opens_with_the_question_that_most_likely_goes_well() -> None:
    history = [
        met(q, DAY - timedelta(days=9), right=number % 3 > 0)
        for number, q in enumerate(pack().questions.values())
    ]
    memory = remember(pack().questions, history, DAY + timedelta(days=56))
    for seed in range(20):
        chances = [memory.chance_right(q, DAY.toordinal()) for q in draw(history, seed=seed)]
        assert chances[0] == max(chances)


def test_a_quiz_of_five_touches_three_topics_or_more() -> None:
    topic_of = {q.id: q.topic for q in pack().questions.values()}
    for items in live(list(range(30)), exam=30).values():
        assert len({topic_of[item] for item in items}) >= 3


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.integers(0, 60), max_size=12, unique=True).map(sorted),
    st.one_of(st.none(), st.integers(0, 90)),
    st.integers(1, 7),
)
def test_no_item_comes_twice_a_day(days: list[int], exam: int | None, size: int) -> None:
    few = replace(pack(), questions=dict(list(pack().questions.items())[:size]))
    history: list[Answered] = []
    for number in days:
        day = DAY + timedelta(days=number)
        for _ in range(2):
            questions = select_questions(
                few,
                stream="benefits",
                history=history,
                count=5,
                today=day,
                rng=Random(number),
                exam_day=None if exam is None else DAY + timedelta(days=exam),
            )
            history += [met(q, day) for q in questions]
        today = [each.item_id for each in history if each.local_day == day]
        assert len(set(today)) == len(today)


def sample(
    history: list[Answered], count: int, *topics: str, seed: int = 3, stream: str = "benefits"
) -> tuple[Question, ...]:
    return sample_questions(
        pack(),
        stream=stream,
        history=history,
        count=count,
        today=DAY,
        rng=Random(seed),
        topics=frozenset(topics),
    )


def test_m40_a_set_s_questions_are_of_its_topics_and_the_same_for_the_same_seed() -> None:
    history = [met(q, DAY - timedelta(days=3), right=False) for q in draw(count=30)]
    for each in pack().sets.values():
        for past in ([], history):
            drawn = sample(past, each.count, *each.topics)
            assert len({q.id for q in drawn}) == each.count
            assert {q.topic for q in drawn} <= set(each.topics)
            assert drawn == sample(past, each.count, *each.topics)


@pytest.mark.parametrize("seed", range(5))
def test_t6_what_was_right_or_wrong_does_not_change_a_set(seed: int) -> None:
    """The first gate and the badge want a fair sample, not what the candidate is weakest in."""
    asked = [q for q in draw(count=60, seed=seed) if q.topic == "tools"] + [
        q for q in pack().questions.values() if q.topic == "tools"
    ][::3]
    before = DAY - timedelta(days=3)
    drawn = [
        sample([met(q, before, right=right) for q in asked], 15, "tools", seed=seed)
        for right in (True, False)
    ]
    assert drawn[0] == drawn[1]


def test_a_set_s_order_says_nothing_of_how_likely_an_answer_is_right() -> None:
    """Were the hard ones last, whoever runs out of time would seem to know more."""
    easy = Counter(
        place
        for seed in range(200)
        for place, q in enumerate(sample([], 15, "tools", seed=seed))
        if q.difficulty == 1
    )
    halves = [sum(easy[place] for place in half) / len(half) for half in (range(7), range(8, 15))]
    assert abs(halves[0] - halves[1]) < 0.15 * sum(halves)


def test_a_set_asks_what_was_not_answered_before_first() -> None:
    tools = [q for q in pack().questions.values() if q.topic == "tools" and not q.streams]
    answered = [met(q, DAY - timedelta(days=3)) for q in tools[:-10]]
    assert {q.id for q in tools[-10:]} <= {q.id for q in sample(answered, 15, "tools")}


@pytest.mark.parametrize("stream", [each.id for each in pack().head.streams])
def test_a_set_of_two_topics_shares_by_exam_weight(stream: str) -> None:
    weights = pack().blueprint.streams.get(stream, pack().blueprint.base)
    expected = 20 * weights["state"] / (weights["state"] + weights["civil-service"])
    drawn = Counter(q.topic for q in sample([], 20, "state", "civil-service", stream=stream))
    assert abs(drawn["state"] - expected) < 1
    assert drawn.total() == 20


def test_a_set_covers_the_concepts_of_its_topic_before_it_repeats_one() -> None:
    for each in pack().sets.values():
        if len(each.topics) > 1:
            continue
        held = Counter(q.concept for q in pack().questions.values() if q.topic == each.topics[0])
        drawn = Counter(q.concept for q in sample([], each.count, *each.topics))
        assert len(drawn) == min(each.count, len(held))
