"""What operators see and do: nobody else can, each step is on record, and counts agree (T62)."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from bot.broadcasting import EXPAND_ROWS, expand
from bot.clock import wall_seconds
from bot.delivery.delivery import Delivery
from bot.domain.enrolment import MilestoneDate
from bot.render import Renderer
from bot.storage.database import Database
from bot.storage.outbox import Urgency
from bot.storage.tables import audits, broadcast_targets, candidates, outbox
from tests.lives import settle
from tests.skipping import skips_waits
from tests.talk import Talk, texts
from tests.test_delivery import Recorder, until

OPERATOR = "9000"
CHANNELS = {"telegram": True}


@pytest.fixture
def talk(tmp_path: Path) -> Talk:
    talk = Talk(
        database=Database(f"sqlite:///{tmp_path}/coach.db"),
        operators=frozenset({f"telegram:{OPERATOR}"}),
    )
    for number in range(12):
        talk.move_to("telegram", str(number + 1))
        talk.language = ("fr", "ar", "en")[number % 3]
        settle(talk, quiet_from=talk.now.time(), quiet_to=talk.now.time(), active_at=None)
    talk.language = "fr"
    talk.move_to("telegram", OPERATOR)
    settle(talk, quiet_from=talk.now.time(), quiet_to=talk.now.time(), active_at=None)
    return talk


def told(talk: Talk) -> list[str]:
    with talk.database.engine.connect() as connection:
        return [row.action for row in connection.execute(sa.select(audits).order_by(audits.c.id))]


def expand_all(talk: Talk) -> None:
    while True:
        with talk.database.begin() as store:
            if not expand(store, Renderer(texts()), CHANNELS, talk.now):
                return


def waiting(talk: Talk) -> list[Any]:
    with talk.database.engine.connect() as connection:
        wanted = outbox.c.priority == int(Urgency.BROADCAST)
        return list(connection.execute(sa.select(outbox).where(wanted)))


@pytest.mark.parametrize("command", ["status", "deadletters", "pauseall", "resume", "broadcast"])
def test_a_candidate_sees_no_such_command_and_changes_nothing(talk: Talk, command: str) -> None:
    talk.move_to("telegram", "1")
    talk.say(f"/{command}")
    assert "📣" not in talk.screen.text
    assert "🩺" not in talk.screen.text
    assert told(talk) == []
    with talk.database.begin() as store:
        assert not store.claims.are_pushes_stopped()


def test_a_forged_press_of_a_candidate_sends_nothing(talk: Talk) -> None:
    talk.say("/broadcast")
    talk.say("Bonjour à tous")
    talk.move_to("telegram", "1")
    talk.press_token("send:1:go")
    expand_all(talk)
    assert waiting(talk) == []


def test_t62_a_rehearsal_counts_exactly_whom_the_sending_reaches(talk: Talk) -> None:
    talk.say("/broadcast")
    talk.say("Les convocations sont parties <b>hier</b> & aujourd'hui")
    assert "destinataires : 13" in talk.screen.text
    assert "<b>hier</b> & aujourd'hui" in talk.shows("convocations").text
    talk.press("Essai")
    assert "destinataires 13" in talk.screen.text
    expand_all(talk)
    assert waiting(talk) == []
    # Somebody who joins meanwhile is not among them.
    talk.move_to("telegram", "77")
    settle(talk)
    talk.move_to("telegram", OPERATOR)
    talk.press("Envoyer")
    expand_all(talk)
    assert len(waiting(talk)) == 13
    assert {row.chat for row in waiting(talk)} == {str(n + 1) for n in range(12)} | {OPERATOR}
    assert told(talk) == [
        "broadcast",
        "broadcast preview",
        "broadcast rehearse",
        "broadcast go",
    ]


def test_a_broadcast_for_one_language_reaches_its_readers(talk: Talk) -> None:
    talk.say("/broadcast ar")
    talk.say("مرحبا")
    talk.press("Envoyer")
    expand_all(talk)
    assert {row.chat for row in waiting(talk)} == {"2", "5", "8", "11"}


def test_who_has_paused_shut_the_door_or_left_is_not_written_to(talk: Talk) -> None:
    talk.say("/broadcast")
    talk.say("Bonjour")
    with talk.database.begin() as store:
        ids = {each: store.conversations.block("telegram", each, None)[0] for each in "123"}
        store.candidates.change(ids["1"], paused_until=talk.now.replace(year=2027))
        store.conversations.block("telegram", "2", talk.now)
        store.privacy.forget(ids["3"])
    talk.press("Envoyer")
    expand_all(talk)
    assert {row.chat for row in waiting(talk)} & {"1", "2", "3"} == set()
    assert len(waiting(talk)) == 10


def test_a_broadcast_waits_for_the_end_of_quiet_hours(talk: Talk) -> None:
    with talk.database.engine.begin() as connection:
        connection.execute(candidates.update().values(quiet_from=talk.now.time()))
        later = (talk.now.replace(hour=(talk.now.hour + 3) % 24)).time()
        connection.execute(candidates.update().values(quiet_to=later))
    talk.say("/broadcast")
    talk.say("Bonjour")
    talk.press("Envoyer")
    expand_all(talk)
    assert all(row.not_before > 0 for row in waiting(talk))


def test_p17_a_broadcast_waits_for_the_day_after_the_readers_test(talk: Talk) -> None:
    with talk.database.begin() as store:
        (mine,) = store.conversations.block("telegram", "1", None)
        day = talk.now.date()
        test = MilestoneDate(kind="written", day=day, entered_on=day)
        store.enrolments.set_date(store.enrolments.add(mine, "CNOPS", talk.now), test)
    talk.say("/broadcast")
    talk.say("Bonjour")
    talk.press("Envoyer")
    before = wall_seconds()
    expand_all(talk)
    waits = {row.chat: row.not_before - before for row in waiting(talk)}
    assert waits.pop("1") == pytest.approx(timedelta(days=1).total_seconds(), abs=60)
    assert max(waits.values()) < 60


def test_a_crash_between_two_expansions_sends_nobody_twice_and_forgets_nobody(talk: Talk) -> None:
    talk.say("/broadcast")
    talk.say("Bonjour")
    talk.press("Envoyer")

    def crash() -> None:
        with talk.database.begin() as store:
            expand(store, Renderer(texts()), CHANNELS, talk.now)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        crash()
    assert waiting(talk) == []
    expand_all(talk)
    with talk.database.begin() as store:
        store.broadcasts.set_stage(1, "sending")
        store.connection.execute(sa.text("UPDATE broadcasts SET position = 0"))
    expand_all(talk)
    assert len(waiting(talk)) == 13


def test_a_large_audience_comes_into_the_outbox_a_few_hundred_at_a_time(talk: Talk) -> None:
    talk.say("/broadcast")
    talk.say("Bonjour")
    with talk.database.begin() as store:
        one = store.connection.execute(sa.select(broadcast_targets.c.candidate_id)).first()
        assert one is not None
        extra = [
            {"broadcast_id": 1, "position": n, "candidate_id": one.candidate_id}
            for n in range(14, 2000)
        ]
        store.connection.execute(broadcast_targets.insert(), extra)
        store.connection.execute(sa.text("UPDATE broadcasts SET size = 1999"))
    talk.press("Envoyer")
    with talk.database.begin() as store:
        expand(store, Renderer(texts()), CHANNELS, talk.now)
        assert store.broadcasts.going()[0].position == EXPAND_ROWS


def test_status_says_what_waits_and_what_failed(talk: Talk) -> None:
    talk.say("/broadcast")
    talk.say("Bonjour")
    talk.press("Envoyer")
    expand_all(talk)
    talk.say("/status")
    assert "Candidats : 13" in talk.screen.text
    assert "Annonces en attente : 13" in talk.screen.text


def test_dead_letters_are_shown_with_their_reason(talk: Talk) -> None:
    talk.say("/deadletters")
    assert "Aucun message abandonné" in talk.screen.text
    talk.say("/broadcast")
    talk.say("Bonjour")
    talk.press("Envoyer")
    expand_all(talk)
    with talk.database.engine.begin() as connection:
        first = outbox.c.id == sa.select(sa.func.min(outbox.c.id)).scalar_subquery()
        connection.execute(outbox.update().where(first).values(dead_reason="Forbidden: <x>"))
    talk.say("/deadletters")
    assert "Messages abandonnés : 1" in talk.screen.text
    assert "Forbidden: <x>" in talk.screen.text


@skips_waits
async def test_t62_pauseall_stops_within_a_second_and_resume_sends_each_once(talk: Talk) -> None:
    talk.say("/broadcast")
    talk.say("Bonjour")
    talk.press("Envoyer")
    expand_all(talk)
    channel = Recorder()
    delivery = Delivery(
        database=talk.database, channels={"telegram": channel}, now=lambda: talk.now
    )
    talk.say("/pauseall")
    await delivery.start()
    delivery.wake()
    await asyncio.sleep(30)
    assert channel.sent == []
    talk.say("/status")
    assert "arrêtés" in talk.screen.text
    talk.say("/resume")
    await until(lambda: len(channel.sent) == 13)
    await asyncio.sleep(30)
    assert sorted(chat for chat, _, _ in channel.sent) == sorted([*map(str, range(1, 13)), "9000"])
    await delivery.stop()
    assert told(talk)[-3:] == ["pauseall", "status", "resume"]


async def test_t62_what_is_in_hand_already_is_held_back_too(talk: Talk) -> None:
    talk.say("/broadcast")
    talk.say("Bonjour")
    talk.press("Envoyer")
    expand_all(talk)
    with talk.database.begin() as store:
        (row, *_) = store.claims.claim("telegram", 9e9, 20, answers=False)
    talk.say("/pauseall")
    from bot.delivery.lookup import Lookup

    assert await Lookup(talk.database, lambda: talk.now).ref_of(row) is None
    with talk.database.engine.connect() as connection:
        kept = connection.execute(sa.select(outbox).where(outbox.c.id == row.id)).one()
    assert (kept.claimed_until, kept.sent_at) == (0.0, None)
