"""Time when nobody could answer is given back to timed sets: once, whatever dies when."""

from __future__ import annotations

import asyncio
import threading
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.clock import Clock
from bot.domain.countdown import CLOSES_AFTER
from bot.errors import StorageError
from bot.heartbeat import Heartbeat, beat
from bot.storage.database import Database
from bot.waiting import is_set_within
from tests.handlers.timed_sets import SECOND, the_set
from tests.lives import settle
from tests.talk import START, Talk

MINUTE = timedelta(minutes=1)
BEATS = 3 * SECOND
END = START + 20 * MINUTE


@pytest.fixture
def talk(tmp_path: Path) -> Talk:
    """A candidate whose set began at START."""
    talk = Talk(database=Database(f"sqlite:///{tmp_path}/coach.db"))
    settle(talk)
    talk.press_token("sets:set-amo:start")
    return talk


def deadline(talk: Talk) -> datetime:
    found = the_set(talk).deadline_at
    assert found is not None
    return found


def timer(talk: Talk) -> datetime:
    candidate_id, quiz = talk.candidate_id, the_set(talk)
    with talk.database.begin() as store:
        return store.timers.due_of(candidate_id, "set_end")[str(quiz.id)]


def beats(talk: Talk, *seconds: float) -> int:
    """Beats so many seconds after START; how many sets were given time back."""
    return sum(beat(talk.database, START + timedelta(seconds=each), BEATS) for each in seconds)


def seen(talk: Talk, seconds: float) -> None:
    """The coach last beat so many seconds after START."""
    with talk.database.begin() as store:
        store.install.note_alive(None, START + timedelta(seconds=seconds))


def test_t4_a_gap_between_two_beats_moves_the_end_and_its_timer(talk: Talk) -> None:
    assert beats(talk, 1, 2, 3) == 0
    assert deadline(talk) == END
    assert beats(talk, 303) == 1
    assert deadline(talk) == END + 5 * MINUTE
    assert timer(talk) == END + 5 * MINUTE + CLOSES_AFTER
    assert beats(talk, 304, 305) == 0
    assert deadline(talk) == END + 5 * MINUTE


def test_a_second_process_that_starts_beside_the_first_gives_nothing(talk: Talk) -> None:
    assert beats(talk, 1, 2, 2.5, 3, 3.5, 4) == 0
    assert deadline(talk) == END


def test_two_hosts_whose_clocks_differ_do_not_make_a_set_endless(talk: Talk) -> None:
    """The host ahead gives its lead once, when it starts: by its clock the set ends earlier."""
    lead = 300
    assert beats(talk, 1, 1 + lead) == 1
    assert deadline(talk) == END + lead * SECOND
    for second in range(2, 60):
        assert beats(talk, second, second + lead) == 0
    # The host ahead stops: nothing is given while the other's clock catches up, nor then.
    assert beats(talk, *range(60, 365, 2)) == 0
    assert deadline(talk) == END + lead * SECOND
    assert beats(talk, 600) == 1


def test_a_sign_of_life_never_goes_back(talk: Talk) -> None:
    beats(talk, 10, 4)
    with talk.database.begin() as store:
        assert store.install.alive_at() == START + 10 * SECOND


def test_a_set_killed_before_its_first_beat_gets_back_all_since_its_start(talk: Talk) -> None:
    assert beats(talk, 600) == 1
    assert deadline(talk) == END + 10 * MINUTE


def test_a_kill_in_the_middle_of_giving_back_gives_it_once_all_the_same(talk: Talk) -> None:
    beats(talk, 1)
    with pytest.raises(KeyboardInterrupt), talk.database.begin() as store:  # noqa: PT012
        alive_at = store.install.alive_at()
        assert store.install.note_alive(alive_at, START + 5 * MINUTE)
        assert store.countdowns.give_back(alive_at, START + 5 * MINUTE, BEATS) == 1
        raise KeyboardInterrupt
    assert deadline(talk) == END
    assert beats(talk, 361, 362) == 1
    assert deadline(talk) == END + 6 * MINUTE


def test_a_set_whose_time_was_over_gets_nothing_back(talk: Talk) -> None:
    seen(talk, 1206)
    assert beats(talk, 4000) == 0
    assert deadline(talk) == END
    talk.wait_until(START + timedelta(seconds=4001))
    candidate_id = talk.candidate_id
    with talk.database.begin() as store:
        assert store.quizzes.running_set(candidate_id) is None


def test_time_given_back_counts_for_answers(talk: Talk) -> None:
    beats(talk, 1, 2, 1802)
    talk.now = START + timedelta(seconds=1802)
    talk.say("/quiz")
    assert "Encore 19 minutes" in talk.screen.text
    talk.answer()
    assert "2/20" in talk.screen.text


@pytest.mark.parametrize("gesture", ["answer", "/quiz", "/sets"])
def test_a_press_before_the_first_beat_after_a_gap_does_not_end_what_is_given_back(
    talk: Talk, gesture: str
) -> None:
    """A machine that slept takes the press first: the end lay in the gap, to the last moment."""
    seen(talk, 1204)
    talk.now = START + timedelta(seconds=3000)
    if gesture == "answer":
        talk.answer()
    else:
        talk.say(gesture)
    assert sum(item.is_answered for item in the_set(talk).items) == (gesture == "answer")
    assert beats(talk, 3001) == 1
    assert deadline(talk) == END + timedelta(seconds=3001 - 1204)


def test_a_sign_of_life_after_the_end_ends_the_set_at_the_next_press(talk: Talk) -> None:
    quiz = the_set(talk)
    seen(talk, 1205.5)
    talk.now = START + timedelta(seconds=3000)
    talk.press_token(f"quiz:{quiz.id}:a0a")
    assert "Le temps est écoulé" in talk.notice


def test_without_a_set_nothing_is_written(talk: Talk) -> None:
    quiz = the_set(talk)
    talk.press_token(f"sets:{quiz.id}:stop")
    assert beats(talk, 5, 500) == 0
    with talk.database.begin() as store:
        assert store.install.alive_at() is None


async def test_the_first_beat_gives_back_before_anybody_is_let_in(talk: Talk) -> None:
    beats(talk, 1)
    heart = Heartbeat(talk.database, Clock(start=START + 7 * MINUTE, speed=1e-9))
    await heart.start()
    assert timedelta(0) <= deadline(talk) - (END + 7 * MINUTE - SECOND) < SECOND
    await heart.stop()
    talk.database.close()


async def test_no_error_ends_the_beats(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without them a set would never end."""
    failed, beaten = [StorageError("full"), ValueError("odd"), KeyError("odder")], asyncio.Event()

    def falter(*_: object) -> int:
        if failed:
            raise failed.pop()
        beaten.set()
        return 0

    monkeypatch.setattr("bot.heartbeat.BEAT_SECONDS", 0.001)
    heart = Heartbeat(talk.database, Clock(start=START, speed=1))
    await heart.start()
    monkeypatch.setattr("bot.heartbeat.beat", falter)
    assert await is_set_within(beaten, 10)
    await heart.stop()
    talk.database.close()


def test_a_fast_test_clock_does_not_take_its_own_beats_for_gaps(talk: Talk) -> None:
    heart = Heartbeat(talk.database, Clock(start=START, speed=600))
    assert heart._unnoticed == timedelta(minutes=30)


@pytest.mark.postgres
def test_two_processes_that_wake_at_once_give_the_gap_back_once(postgres: Database) -> None:
    talk = Talk(database=postgres)
    settle(talk)
    talk.press_token("sets:set-amo:start")
    beats(talk, 1)
    others = [
        Database(str(postgres.engine.url.render_as_string(hide_password=False))) for _ in "abcd"
    ]
    threads = [
        threading.Thread(target=beat, args=(each, START + 5 * MINUTE + SECOND, BEATS))
        for each in others
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for each in others:
        each.close()
    assert deadline(talk) == END + 5 * MINUTE
