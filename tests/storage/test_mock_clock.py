"""Time when nobody could answer is given back to a mock oral too, and a pause is none of it."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.heartbeat import beat
from bot.storage.database import Database
from tests.handlers.mock_orals import press, running, start, the_mock
from tests.handlers.timed_sets import the_set
from tests.lives import settle
from tests.talk import START, Talk

MINUTE = timedelta(minutes=1)
SECOND = timedelta(seconds=1)
BEATS = 3 * SECOND
END = START + 20 * MINUTE


@pytest.fixture
def talk(tmp_path: Path) -> Talk:
    """A candidate whose mock of twenty minutes began at START."""
    talk = Talk(database=Database(f"sqlite:///{tmp_path}/coach.db"))
    settle(talk)
    start(talk)
    return talk


def timer(talk: Talk) -> datetime:
    candidate_id, mock = talk.candidate_id, the_mock(talk)
    with talk.database.begin() as store:
        return store.timers.due_of(candidate_id, "mock_clock")[str(mock.id)]


def beats(talk: Talk, *seconds: float) -> int:
    """Beats so many seconds after START; how many got time back."""
    return sum(beat(talk.database, START + timedelta(seconds=each), BEATS) for each in seconds)


def test_a_gap_between_two_beats_moves_the_end_and_the_next_word(talk: Talk) -> None:
    assert timer(talk) == END - 10 * MINUTE
    assert beats(talk, 1, 2, 3, 303) == 1
    assert the_mock(talk).deadline_at == END + 5 * MINUTE
    assert timer(talk) == END - 5 * MINUTE
    assert beats(talk, 304, 305) == 0


def test_a_gap_past_the_end_leaves_what_was_left(talk: Talk) -> None:
    assert beats(talk, *range(1, 62)) == 0
    talk.now = START + timedelta(hours=9)
    assert beats(talk, 9 * 3600) == 1
    assert timedelta(minutes=18) < the_mock(talk).deadline_at - talk.now <= 19 * MINUTE
    talk.say("/oral")
    assert "Encore 18 minutes" in talk.screen.text


def test_a_paused_mock_neither_beats_nor_gets_anything(talk: Talk) -> None:
    beats(talk, 1, 2)
    press(talk, "pause")
    assert beats(talk, 600) == 0
    with talk.database.begin() as store:
        assert store.install.alive_at() == START + 2 * SECOND, "nobody's time runs: no beats"
    assert the_mock(talk).deadline_at == END


def test_the_silence_of_a_pause_is_no_downtime_once_it_is_over(talk: Talk) -> None:
    """While nobody's time runs there are no beats: that gap must not be given back as well."""
    beats(talk, 1, 2)
    talk.now = START + 5 * MINUTE
    press(talk, "pause")
    talk.now = START + timedelta(hours=2)
    press(talk, "resume")
    end = the_mock(talk).deadline_at
    assert end - talk.now == 15 * MINUTE
    assert beats(talk, 7201, 7202) == 0
    assert the_mock(talk).deadline_at == end
    assert beats(talk, 7502) == 1
    assert the_mock(talk).deadline_at == end + 5 * MINUTE


def test_a_set_and_a_mock_that_run_together_both_get_it(talk: Talk) -> None:
    talk.press_token("sets:set-amo:start")
    assert beats(talk, 1, 302) == 2
    assert the_set(talk).deadline_at == END + 301 * SECOND
    assert the_mock(talk).deadline_at == END + 301 * SECOND


def test_a_word_whose_time_moved_while_it_was_on_its_way_says_nothing(talk: Talk) -> None:
    """The timer was claimed, then the gap was given back: the word comes at its new time."""
    with talk.database.begin() as store:
        (event,) = store.timers.claim_due(END - 10 * MINUTE, 1e12, 10)
    beats(talk, 1, 302)
    talk.now = END - 10 * MINUTE
    assert talk.turns.take(event, talk.now).rows == ()
    assert timer(talk) == END - 10 * MINUTE + 301 * SECOND


def test_the_end_that_was_given_back_ends_it_once(talk: Talk) -> None:
    beats(talk, 1, 301)
    talk.say("Je suis économiste")
    talk.wait_until(END + 5 * MINUTE)
    assert running(talk) is not None
    with talk.database.begin() as store:
        store.install.note_alive(store.install.alive_at(), END + 5 * MINUTE + 6 * SECOND)
    talk.wait(minutes=1)
    assert running(talk) is None
