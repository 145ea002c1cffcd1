"""Feedback one wants to read: short, its quotes from the answer, its advice bot.assess's own."""

from __future__ import annotations

import html
import json
import re
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.assess import reply
from bot.domain.assessment import WHOLE, assess
from bot.domain.frames import RUBRICS, Frame
from bot.domain.oral import PITCH, Draft
from bot.domain.rubric import Assessment, Finding, Level, Remark, self_assess
from bot.handlers.oral import feedback, grid
from bot.messages import Line, Say
from bot.render import Renderer
from content.schema import LANGUAGES, Language
from tests.talk import pack, texts
from tools.oral.corpus import HELD_OUT, Answer, load_answers, training_hands

MOST = 700
NOW = datetime(2026, 11, 24, 20, tzinfo=UTC)
CORPUS = load_answers([*training_hands(), HELD_OUT])
SAMPLE = CORPUS[::7]
# The longest question of each frame in any language.
ASKED = {
    "prep": max(pack().prep.values(), key=lambda p: len(p.question.fr)).id,
    "star": max(pack().star.values(), key=lambda p: len(p.prompt.fr)).id,
    "pitch": PITCH,
}
_WEAK = {
    "point": ["thin"],
    "reason": ["thin", "repeats", "hollow"],
    "example": ["thin", "repeats", "generic"],
    "closing_point": ["thin", "same_words"],
    "situation": ["thin", "no_place_time"],
    "task": ["thin", "repeats", "team_goal"],
    "action": ["thin", "repeats", "we", "no_doer"],
    "result": ["thin", "vague", "no_figure"],
    "who": ["thin"],
    "brings": ["thin", "adjectives"],
    "result_for_user": ["thin", "no_user", "no_gain"],
}
_REMARKS = ["unrelated", "defensive", "no_plan", "plan", "we", "jargon", "filler"]
_FLAGS = ["figure", "no_figure", "user", "no_user"]


def _draft(frame: Frame, assessment: Assessment | None = None) -> Draft:
    return Draft(
        id=1,
        frame=frame,
        prompt_id=ASKED[frame],
        part=0,
        rewrite_of=None,
        created_at=NOW,
        finished_at=NOW,
        assessment=assessment,
        banked=False,
        notes=(),
    )


def _rendered(lines: tuple[Line, ...], language: Language) -> str:
    payload = Renderer(texts()).payload(Say(body=lines), language)
    return html.unescape(re.sub(r"</?[bi]>", "", payload["text"]))


def _screens(language: Language, now: Assessment, before: Assessment | None = None) -> list[str]:
    """The feedback, alone and as a rewrite's, and the grid."""
    draft = _draft(now.frame)
    bodies = [feedback.body(pack(), language, draft, now, None), grid.body(draft, now)]
    if before:
        bodies.append(feedback.body(pack(), language, draft, now, before))
    return [_rendered(lines, language) for lines in bodies]


def _assessed(answer: Answer, *, needs_plan: bool = False) -> Assessment:
    said = {WHOLE: answer.text}
    return assess(answer.frame, answer.language, said, prompt=answer.prompt, needs_plan=needs_plan)


def test_a_feedback_has_at_most_700_characters_over_the_corpus() -> None:
    before: dict[tuple[str, str], Assessment] = {}
    for number, answer in enumerate(SAMPLE):
        now = _assessed(answer, needs_plan=number % 3 == 0)
        last = before.get((answer.frame, answer.language))
        for text in _screens(answer.language, now, last):
            assert len(text) <= MOST, text
        before[answer.frame, answer.language] = now


def _finding(part: str) -> st.SearchStrategy[Finding]:
    words = "مؤمَّن " * 7
    reasons = [(Level.WEAK, each) for each in _WEAK[part]]
    plain = [(Level.THERE, "elsewhere"), (Level.NOT_ASSESSED, ""), (Level.MISSING, "empty")]
    chosen = st.sampled_from([*reasons, *plain])
    return chosen.map(
        lambda each: Finding(
            part=part,
            level=each[0],
            reason=each[1],
            evidence="" if each[0] is Level.MISSING else f"…{words.strip()}…",
        )
    )


@st.composite
def _assessments(draw: Any, frame: Frame) -> Assessment:
    parts = RUBRICS[frame].parts
    said = "une dame âgée attendait depuis deux mois au guichet"
    kinds = draw(st.sets(st.sampled_from([*_REMARKS, *_FLAGS])))
    part = draw(st.sampled_from([None, *parts]))
    advice = ["shorten", "lengthen", "add_figure", "link_to_user", "none", "answer_the_question"]
    given_ = draw(st.sampled_from([part.if_missing, part.if_weak, "none"] if part else advice))
    return Assessment(
        frame=frame,
        findings=tuple(draw(_finding(each.id)) for each in parts),
        remarks=tuple(
            Remark(
                kind=k, evidence="" if k.startswith("no_") else said, count=12 * (k == "filler")
            )
            for k in sorted(kinds)
        ),
        advice=given_,
        focus=part.id if part else "",
        words=2000,
        seconds=1000,
        length="long",
        pace=(110, 140),
    )


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(["prep", "star", "pitch"]), st.data())
def test_no_assessment_makes_a_feedback_of_more_than_700(frame: Any, data: Any) -> None:
    now, before = data.draw(_assessments(frame)), data.draw(_assessments(frame))
    for language in LANGUAGES:
        for text in _screens(language, now, before):
            assert len(text) <= MOST, text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("frame", ["prep", "star", "pitch"])
def test_a_spoken_feedback_and_its_grid_are_as_short(frame: Any, language: Any) -> None:
    for said in ((), tuple(part.id for part in RUBRICS[frame].parts)):
        for seconds in (0, 20, 58, 400):
            for text in _screens(language, self_assess(frame, said, seconds)):
                assert len(text) <= MOST


def test_the_chat_gives_the_advice_that_bot_assess_gives() -> None:
    for answer in SAMPLE:
        asked = {"id": 1, "lang": answer.language, "frame": answer.frame}
        line = json.dumps({**asked, "prompt": answer.prompt, "text": answer.text})
        assert _assessed(answer).advice == reply(line)["advice"]


def test_every_quote_stands_in_the_answer() -> None:
    quotes = 0
    for answer in SAMPLE:
        now = _assessed(answer, needs_plan=True)
        for each in (*now.findings, *now.remarks):
            assert each.evidence.strip("…") in answer.text
            quotes += bool(each.evidence)
        assert all(f.evidence for f in now.findings if f.level is not Level.MISSING)
    assert quotes > 3 * len(SAMPLE)


def test_what_is_said_to_be_there_is_what_bot_assess_finds() -> None:
    """Only the chat may say less: "not assessed" where it is unsure."""
    for answer in SAMPLE:
        asked = {"id": 1, "lang": answer.language, "frame": answer.frame}
        found = reply(json.dumps({**asked, "prompt": answer.prompt, "text": answer.text}))
        now = _assessed(answer)
        for each in now.findings:
            assert each.level is not Level.THERE or found["parts"][each.part], answer.id
        assert not now.has("figure") or found["has_figure"] or found["off_topic"]
        assert not now.has("user") or found["user_oriented"] or found["off_topic"]
