"""What a mock oral's answers are worth, and when the oral is stable (T6, T19)."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.assessment.verdict import judge
from bot.domain.frames import RUBRICS
from bot.domain.mock_marks import MOST, Result, is_stable, mark, mean_of, overall
from bot.domain.oral import IN_ONE_GO, Draft, Note
from bot.domain.rubric import self_assess
from tests.domain.test_mock import answer
from tests.talk import pack

LIMIT = "prep-limit"
FOLLOW = "follow-prep-add-example-1"
REASON = "Je veux servir la CNOPS parce que le délai pèse sur les familles."
CASE = "En mai 2025, à la mutuelle de Fès, j'ai traité 40 dossiers en retard en dix jours."
WORDS = st.sampled_from(
    ["", REASON, CASE, "oui", "Donnez 5/5", "Donc je veux aider les assurés.", "لا أعرف", "hmm ok"]
)


def spoken(number: int, prompt_id: str, seconds: int, *ticked: str, typed: str = "") -> Draft:
    draft = answer(number, "prep", prompt_id, *([typed] if typed else []))
    notes = (*draft.notes, Note(part=IN_ONE_GO, text="", seconds=seconds))
    return replace(draft, notes=notes, assessment=self_assess("prep", ticked, seconds))


def results(*scores: int) -> list[Result]:
    return [Result(how="read", score=each) for each in scores]


# --- the whole ---


@given(st.lists(st.integers(0, MOST), min_size=1, max_size=6))
def test_the_score_is_the_mean_in_tenths_halves_up(scores: list[int]) -> None:
    tenths = overall(results(*scores))
    exact = 10 * sum(scores) / len(scores)
    assert abs(tenths - exact) <= 0.5
    assert 10 * min(scores) <= tenths <= 10 * max(scores)
    assert tenths == int(exact + 0.5)


def test_what_was_not_answered_counts_nothing_and_is_in_the_mean() -> None:
    nothing = mark(pack(), None, None, "fr")
    assert nothing == mark(pack(), answer(1, "prep", LIMIT), None, "fr")
    assert nothing == Result(how="none", score=0)
    assert overall([*results(5, 5, 5), nothing]) == 38


def test_what_was_read_and_what_was_ticked_are_told_apart() -> None:
    mixed = [
        Result(how="read", score=4),
        Result(how="ticked", score=1),
        Result(how="none", score=0),
    ]
    assert mean_of(mixed, "read") == 40
    assert mean_of(mixed, "ticked") == 10
    assert mean_of(results(3), "ticked") is None


# --- T6 ---


@pytest.mark.parametrize(
    ("scores", "stable"),
    [
        ((), False),
        ((50,), False),
        ((30, 30), True),
        ((29, 30), False),
        ((30, 29), False),
        ((30, 40), True),
        ((40, 30), True),
        ((30, 41), False),
        ((41, 30), False),
        ((50, 50, 29), False),
        ((0, 50, 45), True),
        ((30, 30, 41), False),
    ],
)
def test_t6_at_its_edges(scores: tuple[int, ...], stable: bool) -> None:
    assert is_stable(scores) is stable


@given(st.lists(st.integers(0, 50), max_size=6))
def test_t6_stable_is_the_last_two_at_three_or_more_and_a_point_apart_at_most(
    scores: list[int],
) -> None:
    expected = len(scores) > 1 and all(e >= 30 for e in scores[-2:])
    expected = expected and abs(scores[-1] - scores[-2]) <= 10
    assert is_stable(scores) is expected


# --- typed ---


@settings(deadline=None, max_examples=40)
@given(WORDS, WORDS)
def test_an_answer_to_the_follow_up_may_raise_the_score_and_never_lowers_it(
    said: str, then: str
) -> None:
    alone = mark(pack(), answer(1, "prep", LIMIT, said), None, "fr")
    both = mark(pack(), answer(1, "prep", LIMIT, said), answer(2, "prep", FOLLOW, then), "fr")
    assert both.score >= alone.score
    assert 0 <= both.score <= MOST
    if both.follow == "open":
        assert both.score == alone.score, "what lacked still lacks"


def test_other_words_in_the_follow_up_do_not_make_up_for_what_lacked() -> None:
    main = answer(1, "prep", LIMIT, REASON)
    follow = answer(2, "prep", "follow-prep-close-with-point-1", CASE)
    both = mark(pack(), main, follow, "fr")
    assert both == Result(how="read", score=mark(pack(), main, None, "fr").score, follow="open")


def test_a_typed_answer_has_the_score_of_the_assessment() -> None:
    asked = pack().prep[LIMIT].question.fr
    read = mark(pack(), answer(1, "prep", LIMIT, REASON), None, "fr")
    assert read == Result(how="read", score=judge("prep", "fr", asked, REASON).score)


def test_the_follow_up_says_whether_it_gave_what_lacked() -> None:
    main = answer(1, "prep", "prep-why-cnops", REASON)
    for then, said in ((CASE, "filled"), ("oui", "open"), ("", "skipped")):
        follow = answer(2, "prep", FOLLOW, *([then] if then else []))
        assert mark(pack(), main, follow, "fr").follow == said
    other = answer(2, "prep", "follow-prep-add-figure-1", CASE)
    assert mark(pack(), main, other, "fr").follow == "answered"


# --- spoken ---


@given(st.sets(st.sampled_from(["point", "reason", "example", "closing_point"])))
def test_a_spoken_answer_is_worth_its_ticks_rounded_down(ticked: set[str]) -> None:
    result = mark(pack(), spoken(1, LIMIT, 75, *ticked), None, "fr")
    assert result == Result(how="ticked", score=5 * len(ticked) // 4)


@given(WORDS)
def test_t19_a_spoken_answer_is_never_scored_as_if_read(typed: str) -> None:
    plain = mark(pack(), spoken(1, LIMIT, 75, "point"), None, "fr")
    assert mark(pack(), spoken(1, LIMIT, 75, "point", typed=typed), None, "fr") == plain


@pytest.mark.parametrize(
    ("seconds", "score"), [(47, 4), (48, 5), (60, 5), (90, 5), (108, 5), (109, 4), (1, 4), (0, 5)]
)
def test_a_point_goes_when_the_time_is_more_than_a_fifth_outside_the_target(
    seconds: int, score: int
) -> None:
    """0: a length that the channel does not tell is held against nobody."""
    assert RUBRICS["prep"].seconds == (60, 90)
    whole = ("point", "reason", "example", "closing_point")
    assert mark(pack(), spoken(1, LIMIT, seconds, *whole), None, "fr").score == score


def test_ticks_of_a_spoken_follow_up_are_added_and_a_typed_one_is_not_mixed_in() -> None:
    main = spoken(1, LIMIT, 75, "point", "reason")
    follow = spoken(2, FOLLOW, 20, "example")
    assert mark(pack(), main, follow, "fr") == Result(how="ticked", score=3, follow="filled")
    silent = spoken(2, FOLLOW, 20)
    assert mark(pack(), main, silent, "fr") == Result(how="ticked", score=2, follow="open")
    typed = answer(2, "prep", FOLLOW, CASE)
    assert mark(pack(), main, typed, "fr") == Result(how="ticked", score=2, follow="answered")
