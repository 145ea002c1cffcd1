"""The rubric: a missing example is caught, quotes are the candidate's, same in, same out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.assessment import WHOLE, assess
from bot.domain.assessment.words import normalise
from bot.domain.frames import (
    RUBRICS,
    Frame,
    Length,
    estimate_seconds,
    judge_length,
)
from bot.domain.rubric import (
    Assessment,
    Level,
    compare,
    dump_assessment,
    load_assessment,
    self_assess,
)
from content.lexicon import load_lexicon

EXAMPLES = yaml.safe_load((Path(__file__).parent / "oral_examples.yaml").read_text("utf-8"))
ALL_WORDS = sorted(
    {phrase for lists in load_lexicon().values() for each in lists.values() for phrase in each}
)
TEXTS = st.one_of(
    st.text(max_size=300),
    st.lists(
        st.sampled_from([*ALL_WORDS, "12", "9.6", "65-00", "\n", ".", "؟", "<b>", "🙂", "\u202e"]),
        max_size=60,
    ).map(" ".join),
)
FRAMES = st.sampled_from(["prep", "star", "pitch"])
LANGUAGES = st.sampled_from(["fr", "ar", "en"])


def _level(answer: dict[str, Any], part: str = "example") -> Level:
    return assess("prep", answer["language"], {WHOLE: answer["text"]}).level(part)


@pytest.mark.parametrize("answer", EXAMPLES["without"], ids=lambda answer: answer["text"][:40])
def test_t16_a_missing_example_is_never_called_there(answer: dict[str, Any]) -> None:
    assert _level(answer) is not Level.THERE


def test_t16_a_missing_example_is_nearly_always_caught() -> None:
    caught = [_level(answer) in {Level.MISSING, Level.WEAK} for answer in EXAMPLES["without"]]
    assert caught.count(False) <= 2


@pytest.mark.parametrize("answer", EXAMPLES["with"], ids=lambda answer: answer["text"][:40])
def test_an_example_counts_without_any_magic_word(answer: dict[str, Any]) -> None:
    assert _level(answer) in {Level.THERE, Level.NOT_ASSESSED}


def _parts(frame: Frame, texts: list[str]) -> dict[str, str]:
    return dict(zip((part.id for part in RUBRICS[frame].parts), texts, strict=False))


@settings(max_examples=150, deadline=None)
@given(FRAMES, LANGUAGES, st.lists(TEXTS, min_size=1, max_size=4), st.booleans())
def test_any_text_is_assessed_the_same_twice_and_quotes_stand_in_it(
    frame: Frame, language: Any, texts: list[str], in_one_go: bool
) -> None:
    parts = {WHOLE: "\n".join(texts)} if in_one_go else _parts(frame, texts)
    first = assess(frame, language, parts, needs_plan=True)
    assert first == assess(frame, language, dict(reversed(parts.items())), needs_plan=True)
    assert [finding.part for finding in first.findings] == [p.id for p in RUBRICS[frame].parts]
    answer = "\n".join(parts.values())
    for each in (*first.findings, *first.remarks):
        assert each.evidence.strip("…") in answer
    assert all(f.evidence for f in first.findings if f.level in {Level.THERE, Level.WEAK})
    assert load_assessment(dump_assessment(first)) == first


@settings(max_examples=100, deadline=None)
@given(LANGUAGES, st.data())
def test_t16_words_that_tell_no_case_never_make_an_example(language: Any, data: Any) -> None:
    lists = load_lexicon()[language]
    dull = [p for n in ("stop", "reason", "closing", "praise", "example") for p in lists[n]]
    text = " ".join(data.draw(st.lists(st.sampled_from(dull), max_size=60)))
    assert assess("prep", language, {WHOLE: text}).level("example") is not Level.THERE


@pytest.mark.parametrize(
    ("written", "plain"),
    [("Été", "ete"), ("الإدارةُ", "الاداره"), ("مؤمَّن", "مومن"), ("٢٠٢٦", "2026"), ("ـمـ", "م")],
)
def test_spelling_variants_read_alike(written: str, plain: str) -> None:
    assert normalise(written) == plain


def test_nothing_readable_asks_for_an_answer_and_remarks_nothing() -> None:
    for text in ("", "🙂🙂🙂", "\u202e\u200f", "..."):
        assessment = assess("prep", "fr", {WHOLE: text})
        assert assessment.advice == "answer_the_question"
        assert assessment.remarks == ()
        assert {f.level for f in assessment.findings} == {Level.MISSING}


def test_a_very_long_answer_is_told_to_shorten() -> None:
    text = "Je veux servir les assurés parce que leur temps compte et que je sais faire. " * 60
    assessment = assess("prep", "fr", {WHOLE: text})
    assert assessment.length == "long"
    complete = (
        text + " Par exemple en mai j'ai traité 12 dossiers à la mutuelle. Donc je veux servir."
    )
    assert assess("prep", "fr", {WHOLE: complete}).advice == "shorten"


@pytest.mark.parametrize(
    ("frame", "seconds", "length"),
    [
        ("pitch", 49, "short"),
        ("pitch", 50, "good"),
        ("pitch", 65, "good"),
        ("pitch", 66, "long"),
        ("prep", 60, "good"),
        ("prep", 91, "long"),
        ("star", 89, "short"),
        ("star", 120, "good"),
        ("star", 0, "unknown"),
    ],
)
def test_t18_lengths_follow_the_targets(frame: Frame, seconds: int, length: Length) -> None:
    assert judge_length(frame, seconds) == length


def test_seconds_follow_the_pace_of_each_language() -> None:
    assert estimate_seconds(140, "fr") == 60
    assert estimate_seconds(135, "en") == 60
    assert estimate_seconds(125, "ar") == 60
    assert estimate_seconds(0, "ar") == 0
    assert estimate_seconds(1, "fr") == 1


def test_a_limit_question_wants_a_learning_plan() -> None:
    asked = "Quelle compétence vous manque pour ce poste ?"
    without = "Il me manque SQL parce que mon poste n'en demandait pas. Voilà ma limite."
    plan = without + " Je suis une formation et je m'exerce chaque semaine."
    assert assess("prep", "fr", {WHOLE: without}, prompt=asked, needs_plan=True).has("no_plan")
    assert assess("prep", "fr", {WHOLE: plan}, prompt=asked, needs_plan=True).has("plan")
    assert not assess("prep", "fr", {WHOLE: without}, prompt=asked).has("no_plan")


def test_f14_a_spoken_answer_is_ticked_never_read() -> None:
    ticked = self_assess("star", {"situation", "action"}, 100)
    assert ticked.spoken
    assert ticked.level("action") is Level.THERE
    assert ticked.level("result") is Level.MISSING
    assert ticked.advice == "add_result"
    assert not any(finding.evidence for finding in ticked.findings)
    unticked = self_assess("pitch", (), 58)
    assert {f.level for f in unticked.findings} == {Level.NOT_ASSESSED}
    assert unticked.length == "good"


def _prep(example: str, seconds: int) -> Assessment:
    parts = {
        "point": "Je réponds toujours par écrit aux assurés",
        "reason": "parce qu'une réponse écrite évite un deuxième déplacement",
        "example": example,
    }
    return assess("prep", "fr", parts, seconds)


def test_a_rewrite_is_compared_part_by_part() -> None:
    before = _prep("", 20)
    after = _prep("En mai, à la mutuelle, j'ai écrit à une dame en 2 jours", 45)
    changed = compare(before, after)
    assert changed.better == ("example",)
    assert changed.worse == ()
    assert (changed.seconds_before, changed.seconds_after) == (20, 45)
    assert compare(after, before).worse == ("example",)


def test_a_stored_assessment_this_code_cannot_read_is_none() -> None:
    assert load_assessment(None) is None
    assert load_assessment({"frame": "song"}) is None
