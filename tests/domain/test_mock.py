"""A mock oral's questions, follow-ups and clock (T19, M54, M58-M60)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.mock import (
    COUNTS,
    MINUTES_EACH,
    PINGS,
    Asked,
    Mock,
    compose,
    follow_up_of,
    next_moment,
    ping_at,
)
from bot.domain.oral import IN_ONE_GO, PITCH, Draft, Note
from bot.domain.rubric import self_assess
from tests.talk import pack

NOW = datetime(2026, 11, 24, 10, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
STREAMS = [each.id for each in pack().head.streams]
PLAN = (
    Asked(frame="pitch", prompt_id=PITCH),
    Asked(frame="prep", prompt_id="prep-limit"),
    Asked(frame="star", prompt_id="star-analysis"),
    Asked(frame="prep", prompt_id="surprise-one-word"),
)


def answer(number: int, frame: str, prompt_id: str, *texts: str, over: bool = True) -> Draft:
    return Draft(
        id=number,
        frame=frame,  # type: ignore[arg-type]
        prompt_id=prompt_id,
        part=IN_ONE_GO,
        rewrite_of=None,
        created_at=NOW,
        finished_at=NOW if over else None,
        assessment=None,
        banked=False,
        notes=tuple(Note(part=IN_ONE_GO, text=text) for text in texts),
        mock_id=1,
    )


def mock_of(*answers: Draft) -> Mock:
    return Mock(
        id=1,
        started_at=NOW,
        resumed_at=NOW,
        deadline_at=NOW + 20 * MINUTE,
        paused_at=None,
        ended_at=None,
        outcome=None,
        plan=PLAN,
        results=(),
        answers=answers,
    )


def test_m54_four_to_six_questions_take_twenty_to_thirty_minutes() -> None:
    assert [count * MINUTES_EACH for count in COUNTS] == [20, 25, 30]


@given(st.sampled_from(STREAMS), st.sampled_from(COUNTS), st.integers(0, 9999))
def test_m58_m59_the_pitch_opens_then_known_ones_of_the_stream_and_a_surprise(
    stream: str, count: int, seed: int
) -> None:
    plan = compose(pack(), stream, count, {}, Random(seed))
    ids = [each.prompt_id for each in plan]
    assert len(set(ids)) == len(ids) == count
    assert ids[0] == PITCH
    assert any(each in pack().surprises for each in ids)
    assert any(each in pack().prep and stream in pack().prep[each].streams for each in ids)
    assert sum(each.frame == "star" for each in plan) == 1
    for each in (pack().prep.get(one) or pack().star.get(one) for one in ids):
        assert each is None or not each.streams or stream in each.streams
    if count > COUNTS[0]:
        assert any(each in pack().prep and pack().prep[each].common for each in ids)


@settings(deadline=None, max_examples=30)
@given(st.sampled_from(STREAMS), st.sampled_from(COUNTS), st.integers(0, 9999))
def test_a_question_comes_back_only_after_all_of_its_kind_were_asked(
    stream: str, count: int, seed: int
) -> None:
    rng, met = Random(seed), {}
    own = {key for key, each in pack().prep.items() if stream in each.streams}
    kinds = (own, set(pack().surprises), set(pack().prep) - own)
    for number in range(1, 9):
        plan = compose(pack(), stream, count, met, rng)
        for asked in plan:
            kind = next((each for each in kinds if asked.prompt_id in each), {asked.prompt_id})
            mine = {e for e in kind if e not in pack().prep or _is_for(stream, e)}
            if asked.prompt_id in met:
                assert mine <= met.keys() | {each.prompt_id for each in plan}
        met |= {each.prompt_id: number for each in plan}


def _is_for(stream: str, prompt_id: str) -> bool:
    streams = pack().prep[prompt_id].streams
    return not streams or stream in streams


def test_a_pack_without_surprises_gives_known_questions_instead() -> None:
    plan = compose(replace(pack(), surprises={}), "data", 6, {}, Random(1))
    assert len({each.prompt_id for each in plan}) == 6


def test_a_pack_with_few_questions_gives_what_it_has() -> None:
    few = replace(pack(), surprises={}, star={}, prep=dict(list(pack().prep.items())[:1]))
    assert len(compose(few, "data", 6, {}, Random(1))) == 2


GAPS = [
    each
    for each in {(e.frame, e.gap) for e in pack().follow_ups.values()}
    if each[1] in {"point", "reason", "example", "who", "brings", "situation", "result"}
]


@pytest.mark.parametrize(("frame", "gap"), sorted(GAPS))
def test_a_follow_up_is_drawn_from_the_gap_and_asked_once(frame: str, gap: str) -> None:
    prompt = next(each.prompt_id for each in PLAN if each.frame == frame)
    given_answer = answer(1, frame, prompt, "une réponse")
    lacking = replace(self_assess(frame, (), 60), focus=gap, advice="add_reason")  # type: ignore[arg-type]
    asked = []
    for _ in range(9):
        earlier = [answer(number, frame, each, "x") for number, each in enumerate(asked, 2)]
        mock = mock_of(given_answer, *earlier)
        follow = follow_up_of(pack(), mock, given_answer, lacking, {})
        if follow is None:
            break
        assert (follow.frame, follow.gap) == (frame, gap)
        asked.append(follow.id)
    assert len(asked) == len(set(asked)) >= 2


def test_the_follow_up_that_earlier_mocks_did_not_ask_comes_first() -> None:
    given_answer = answer(1, "prep", "prep-limit", "une réponse")
    lacking = replace(self_assess("prep", (), 60), focus="reason", advice="add_reason")
    mock = mock_of(given_answer)
    first = follow_up_of(pack(), mock, given_answer, lacking, {})
    assert first is not None
    other = follow_up_of(pack(), mock, given_answer, lacking, {first.id: 7})
    assert other is not None
    assert other.id != first.id


def test_no_follow_up_after_a_skip_after_a_follow_up_or_where_nothing_lacks() -> None:
    lacking = replace(self_assess("prep", (), 60), focus="reason", advice="add_reason")
    whole = replace(lacking, focus="", advice="none")
    skipped = answer(1, "prep", "prep-limit")
    said = answer(1, "prep", "prep-limit", "une réponse")
    follow = answer(2, "prep", "follow-prep-add-reason-1", "parce que")
    for mock, last, assessment in (
        (mock_of(skipped), skipped, lacking),
        (mock_of(said), said, whole),
        (mock_of(said, follow), follow, lacking),
    ):
        assert follow_up_of(pack(), mock, last, assessment, {}) is None


def test_each_answer_finds_its_question_and_its_follow_up() -> None:
    pitch = answer(1, "pitch", PITCH, "x")
    limit = answer(2, "prep", "prep-limit", "x")
    follow = answer(3, "prep", "follow-prep-add-reason-1", "x")
    story = answer(4, "star", "star-analysis", over=False)
    mock = mock_of(pitch, limit, follow, story)
    assert [each.answer for each in mock.exchanges] == [pitch, limit, story, None]
    assert [each.follow for each in mock.exchanges] == [None, follow, None, None]
    assert mock.current == story
    assert mock.number == 3
    assert mock.next_question == PLAN[3]


@given(st.integers(-7200, 7200), st.integers(0, 600))
def test_the_timer_is_always_due_in_the_future_and_never_misses_a_word(
    after_the_end: int, tick: int
) -> None:
    end = NOW + 20 * MINUTE
    now = end + timedelta(seconds=after_the_end, milliseconds=tick)
    due_at = next_moment(end, now)
    assert due_at > now
    between = [end - each * MINUTE for each in PINGS if now < end - each * MINUTE < due_at]
    assert between == []


def test_a_word_belongs_to_its_moment_and_to_no_other() -> None:
    end = NOW + 20 * MINUTE
    assert [ping_at(end, end - each * MINUTE) for each in PINGS] == list(PINGS)
    moved = end + timedelta(seconds=1)
    assert [ping_at(moved, end - each * MINUTE) for each in PINGS] == [None, None]
    assert ping_at(end, next_moment(end, end)) is None


def test_a_paused_clock_stands_still() -> None:
    paused = replace(mock_of(), paused_at=NOW + 5 * MINUTE)
    assert paused.now_at(NOW + timedelta(days=3)) == NOW + 5 * MINUTE
    assert mock_of().now_at(NOW + timedelta(days=3)) == NOW + timedelta(days=3)
