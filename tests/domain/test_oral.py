"""Which question comes next, and what a draft says about itself."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.domain.oral import (
    Draft,
    Note,
    PromptUse,
    are_alike,
    next_after,
    rank_prompts,
    shortened,
    skills_of,
)
from tests.talk import pack

NOW = datetime(2026, 11, 24, 10, tzinfo=UTC)


def _draft(*notes: Note, part: int = 0) -> Draft:
    return Draft(
        id=1,
        frame="prep",
        prompt_id="prep-limit",
        part=part,
        rewrite_of=None,
        created_at=NOW,
        finished_at=None,
        assessment=None,
        banked=False,
        notes=notes,
    )


def test_common_questions_come_first_then_the_streams_own_then_the_rest() -> None:
    prompts = pack().prep.values()
    ranked = rank_prompts(prompts, "data", {})
    kinds = [
        0 if pack().prep[each].common else 1 if pack().prep[each].streams else 2 for each in ranked
    ]
    assert kinds == sorted(kinds)
    assert ranked[0] == "prep-why-cnops"
    assert all(not p.streams or "data" in p.streams for p in map(pack().prep.__getitem__, ranked))


def test_answered_questions_wait_for_all_others_and_the_oldest_comes_back_first() -> None:
    prompts = pack().prep.values()
    order = rank_prompts(prompts, "users", {})
    used = {
        order[0]: PromptUse(at=NOW, finished=True),
        order[1]: PromptUse(at=NOW - timedelta(days=1), finished=True),
        order[2]: PromptUse(at=NOW, finished=False),
    }
    ranked = rank_prompts(prompts, "users", used)
    assert ranked[0] == order[3]
    assert ranked[-3:] == [order[2], order[1], order[0]]
    assert next_after(ranked, ranked[-1]) == ranked[0]


def test_every_stream_has_three_skills_to_tell_of() -> None:
    for stream in pack().head.streams:
        assert len(skills_of(pack(), stream.id)) >= 3


def test_messages_of_a_part_make_one_text_and_voice_notes_none() -> None:
    draft = _draft(
        Note(part=0, text="un"), Note(part=0, text="deux"), Note(part=1, text="", seconds=40)
    )
    assert draft.texts() == {"point": "un\ndeux"}
    assert not draft.is_empty


def test_the_same_story_told_twice_is_noticed() -> None:
    story = _draft(Note(part=0, text="En mai au guichet j'ai trié deux cents dossiers en retard"))
    again = _draft(Note(part=0, text="En mai au guichet j'ai trié deux cents dossiers perdus"))
    other = _draft(Note(part=0, text="Une dame ne comprenait pas son formulaire"))
    assert are_alike(story, again)
    assert not are_alike(story, other)
    assert not are_alike(story, _draft())


def test_long_words_are_shown_short() -> None:
    assert shortened("a\n\n b", 10) == "a b"
    assert shortened("un deux trois", 8) == "un deux…"
    assert shortened("x" * 5000, 80) == "x" * 80 + "…"
