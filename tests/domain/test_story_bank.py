"""Stories are matched to likely questions, and the next one to prepare is the one worth most."""

from __future__ import annotations

import pytest

from bot.domain.story_bank import coverage, likely, served_by
from tests.talk import pack

STREAMS = [stream.id for stream in pack().head.streams]


@pytest.mark.parametrize("stream", STREAMS)
def test_likely_questions_are_the_streams_common_ones_first(stream: str) -> None:
    asked = likely(pack(), stream)
    assert all(not each.streams or stream in each.streams for each in asked)
    kinds = [0 if each.common else 1 if each.streams else 2 for each in asked]
    assert kinds == sorted(kinds)
    assert len(asked) >= 12


@pytest.mark.parametrize("stream", STREAMS)
def test_three_stories_chosen_as_proposed_cover_most_questions(stream: str) -> None:
    held: set[str] = set()
    for _ in range(3):
        found = coverage(pack(), stream, held)
        assert found.next_skill is not None
        better = coverage(pack(), stream, {*held, found.next_skill.skill})
        assert len(better.covered) - len(found.covered) == found.gains
        others = (
            len(coverage(pack(), stream, {*held, story.skill}).covered)
            for story in pack().star.values()
            if not story.streams or stream in story.streams
        )
        assert len(better.covered) == max(others)
        held.add(found.next_skill.skill)
    after = coverage(pack(), stream, held)
    assert len(after.covered) + len(after.open) == len(likely(pack(), stream))
    assert len(after.covered) >= len(likely(pack(), stream)) // 3


def test_with_every_skill_held_nothing_is_left_to_prepare() -> None:
    found = coverage(pack(), "users", {story.skill for story in pack().star.values()})
    assert (found.open, found.next_skill, found.gains) == ((), None, 0)
    assert served_by(pack(), "users", "user-care")[0].common
