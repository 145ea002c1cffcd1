"""/pause: quiet while away, warm at the return."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from bot.domain.pause import UNTIL_RETURN
from bot.messages import Address
from bot.storage.outbox import OutboxRow, Urgency
from bot.storage.tables import outbox
from content.schema import LANGUAGES
from tests.lives import me, settle
from tests.talk import Talk


@pytest.fixture
def talk() -> Talk:
    """A candidate on Telegram, 24 November 2026 at 10:00, quiz hour 20:00."""
    talk = Talk()
    settle(talk)
    mine = talk.candidate_id
    with talk.database.begin() as store:
        store.timers.arm(mine, "daily_quiz", "", talk.now.replace(hour=20))
    return talk


def returns(talk: Talk) -> dict[str, datetime]:
    mine = talk.candidate_id
    with talk.database.begin() as store:
        return store.timers.due_of(mine, "return")


@pytest.mark.parametrize(("label", "days"), [("1 jour", 1), ("3 jours", 3), ("1 semaine", 7)])
def test_a_pause_skips_as_many_quizzes_as_days_and_ends_with_one_greeting(
    talk: Talk, label: str, days: int
) -> None:
    talk.say("/pause")
    assert "J-1" in talk.screen.text
    talk.press(label)
    assert me(talk).paused_until == talk.now + timedelta(days=days)
    seen = len(talk.chat.bubbles)
    talk.wait(days=days, minutes=-1)
    assert len(talk.chat.bubbles) == seen
    talk.wait(minutes=2)
    assert len(talk.chat.bubbles) == seen + 1
    assert "Content de vous revoir" in talk.screen.text
    assert list(talk.screen.buttons.values()) == ["quiz::open"]
    assert me(talk).paused_until is None
    talk.wait_until(talk.now.replace(hour=20, minute=1))
    assert "Quiz du jour" in talk.screen.text


def test_until_i_return_waits_for_a_tap_only(talk: Talk) -> None:
    talk.say("/pause")
    talk.press("Jusqu’à mon retour")
    assert me(talk).paused_until == UNTIL_RETURN
    assert returns(talk) == {}
    assert "jusqu’à votre retour" in talk.screen.text
    seen = len(talk.chat.bubbles)
    talk.wait(days=30)
    assert len(talk.chat.bubbles) == seen
    talk.press("▶️ Je reviens")
    assert me(talk).paused_until is None
    assert "Rien ne s’est accumulé" in talk.screen.text


def test_the_command_again_ends_the_pause(talk: Talk) -> None:
    talk.press_token("pause:3d:")
    assert returns(talk)
    talk.say("/pause")
    assert me(talk).paused_until is None
    assert returns(talk) == {}
    assert "Content de vous revoir" in talk.screen.text


def test_the_settings_show_the_pause_and_lead_to_its_end(talk: Talk) -> None:
    talk.press_token("pause:1w:")
    talk.say("/settings")
    assert "En pause jusqu’au mardi 1 décembre 2026" in talk.screen.text
    talk.press("Pause")
    assert me(talk).paused_until is not None
    talk.press("▶️ Je reviens")
    assert me(talk).paused_until is None


def test_a_greeting_waits_for_the_end_of_the_quiet_hours(talk: Talk) -> None:
    talk.now = datetime(2026, 11, 24, 22, 30, tzinfo=UTC)
    talk.press_token("pause:1d:")
    assert returns(talk) == {"": datetime(2026, 11, 26, 8, 0, tzinfo=UTC)}


def test_pushes_on_their_way_are_taken_back_but_for_reminders_of_dates(talk: Talk) -> None:
    mine = talk.candidate_id
    with talk.database.begin() as store:
        for kind in ("daily_quiz", "weekly_report", "milestone"):
            row = OutboxRow(
                address=talk.who,
                candidate_id=mine,
                payload={"text": kind},
                urgency=Urgency.PUSH,
                dedupe_key=f"{mine}:{kind}:x:1:0",
                created_at=talk.now,
            )
            store.outbox.add(row, claimed_until=0.0)
    talk.press_token("pause:1d:")
    with talk.database.engine.connect() as connection:
        kept = connection.execute(
            sa.select(outbox.c.dedupe_key).where(outbox.c.sent_at.is_(None))
        ).scalars()
        assert list(kept) == [f"{mine}:milestone:x:1:0"]


def test_a_return_that_was_overtaken_says_nothing(talk: Talk) -> None:
    talk.press_token("pause:1d:")
    talk.press_token("pause:1w:")
    mine = talk.candidate_id
    with talk.database.begin() as store:
        store.timers.arm(mine, "return", "", talk.now + timedelta(minutes=1))
    seen = len(talk.chat.bubbles)
    talk.wait(minutes=5)
    assert len(talk.chat.bubbles) == seen
    assert me(talk).paused_until is not None


@pytest.mark.parametrize("token", ["pause:9y:", "pause:::", "pause:open2:x", "pause"])
def test_a_forged_length_pauses_nothing(talk: Talk, token: str) -> None:
    talk.press_token(token)
    assert me(talk).paused_until is None
    assert "Combien de temps" in talk.screen.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_screen_is_there_in_every_language(language: str) -> None:
    talk = Talk(language=language)
    talk.who = Address(channel="web", chat="w9")
    settle(talk)
    talk.say("/pause")
    talk.press_token("pause:open:", ref=talk.screen.ref)
    talk.press_token("pause::back", ref=talk.screen.ref)
    assert me(talk).paused_until is None
