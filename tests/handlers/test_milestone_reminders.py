"""Reminders as the candidate gets them: in time, once, silent once validated (T9, F5, F6)."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.clock import wall_seconds
from bot.domain.enrolment import MilestoneDate
from bot.render import Renderer
from bot.routes import load_routes
from bot.storage.database import Database
from bot.storage.tables import outbox
from bot.turn import Turns
from tests.handlers.calendar import armed, competition, enter, joined, pushes
from tests.talk import Talk, pack, texts

DEADLINE = "Date limite de dépôt"
FILING = "15/12/2026 16:30"


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """An instant of December 2026; Casablanca is on UTC."""
    return datetime(2026, 12, day, hour, minute, tzinfo=UTC)


def test_six_reminders_come_at_their_hour_each_with_the_true_time_left() -> None:
    talk = joined(filing=FILING)
    talk.wait_until(at(15, 16))
    said = [bubble.text.splitlines()[0] for bubble in pushes(talk, f"⏰ {DEADLINE}")]
    assert said == [
        f"⏰ {DEADLINE} : {left}"
        for left in ("dans 7 jours", "dans 3 jours", "demain", "dans 7 h", "dans 6 h", "dans 2 h")
    ]


def test_a_reminder_says_what_when_whence_and_what_to_do_against_the_risk() -> None:
    talk = joined(filing=FILING)
    talk.wait_until(at(8, 9))
    text = talk.screen.text
    for part in (
        "mardi 15 décembre 2026 à 16:30 (heure de Casablanca)",
        "date estimée, saisie le 24/11/2026",
        "⚠️ Le portail ferme souvent",
        "🛡 Notez l’heure exacte",
    ):
        assert part in text
    assert list(talk.screen.buttons) == ["✅ C’est fait", "Dans 1 h", "Demain", "Voir mon plan"]


def test_done_in_one_tap_silences_the_milestone_and_takes_back_what_is_on_its_way() -> None:
    talk = joined(filing=FILING)
    talk.wait_until(at(8, 9))
    with talk.database.begin() as store:
        due = store.timers.claim_due(at(12, 9), wall_seconds() + 3600, 100)
    mine = next(event for event in due if event.ref.endswith("J-3"))
    talk.turns.take(mine, at(12, 9))
    assert pending(talk.database) == 1
    talk.press("✅ C’est fait")
    assert "plus de rappel" in talk.screen.text
    assert pending(talk.database) == 0
    assert not any("filing_deadline" in ref for ref in armed(talk))
    talk.wait_until(at(15, 16))
    assert len(pushes(talk, f"⏰ {DEADLINE}")) == 0


def pending(database: Database) -> int:
    """Pushes about milestones that have not left yet."""
    query = sa.select(sa.func.count()).where(
        outbox.c.dedupe_key.contains(":milestone:"), outbox.c.sent_at.is_(None)
    )
    with database.engine.begin() as connection:
        return int(connection.execute(query).scalar_one())


def test_undo_on_the_dates_screen_arms_what_lies_ahead() -> None:
    talk = joined(filing=FILING)
    before = armed(talk)
    talk.press_token("dates:1:done.filing_deadline")
    assert armed(talk) == {}
    talk.press("Pas encore fait")
    assert armed(talk) == before


def test_changing_a_date_rearms_everything() -> None:
    talk = joined(filing=FILING)
    old = armed(talk)
    enter(talk, "filing_deadline", "22/12/2026 16:30")
    assert armed(talk) == {ref: due + timedelta(days=7) for ref, due in old.items()}
    enter(talk, "filing_deadline", "22/12/2026")
    assert set(armed(talk)) == {f"1:filing_deadline:J-{days}" for days in (7, 3, 1, 0)}
    talk.press_token("dates:1:clear.filing_deadline")
    assert armed(talk) == {}


def test_changing_hours_rearms_everything() -> None:
    talk = joined(filing=FILING)
    me = talk.candidate_id
    with talk.database.begin() as store:
        changed = store.candidates.change(me, reminder_time=time(18, 30))
        store.enrolments.rearm(changed, pack().milestones.kinds, talk.now)
    assert armed(talk)["1:filing_deadline:J-3"] == at(12, 18, 30)
    assert armed(talk)["1:filing_deadline:H-2"] == at(15, 14, 30)
    assert "1:filing_deadline:J-0" not in armed(talk)


def test_past_marks_are_not_armed() -> None:
    talk = joined(filing="25/11/2026 16:30")
    assert set(armed(talk)) == {f"1:filing_deadline:{mark}" for mark in ("J-0", "H-6", "H-2")}


def test_f6_a_late_tick_still_sends_once_flagged_with_the_time_truly_left() -> None:
    talk = joined(filing=FILING)
    talk.now = at(12, 9, 10)
    talk.fire_due()
    talk.fire_due()
    (push,) = pushes(talk, f"⏰ {DEADLINE}")
    assert "⏳ Rappel en retard, prévu à 09:00." in push.text
    assert "dans 3 jours" in push.text


def test_several_missed_reminders_of_a_milestone_become_one() -> None:
    talk = joined(filing=FILING)
    talk.now = at(15, 15)
    talk.fire_due()
    (push,) = pushes(talk, f"⏰ {DEADLINE}")
    assert "dans 1 h" in push.text
    assert "en retard" in push.text


def test_after_the_deadline_it_says_so_once_and_what_to_do() -> None:
    talk = joined(filing=FILING)
    talk.now = at(15, 18)
    talk.fire_due()
    assert pushes(talk, f"⏰ {DEADLINE}") == []
    (push,) = pushes(talk, "c’est passé")
    assert "avis a été prolongé" in push.text
    assert "Changer la date" in push.buttons


def test_more_than_a_day_late_it_is_dropped() -> None:
    talk = joined(filing=FILING)
    talk.now = at(16, 15)
    talk.fire_due()
    assert pushes(talk, f"⏰ {DEADLINE}") == []
    assert pushes(talk, "c’est passé") == []


def test_a_test_is_never_announced_once_it_began() -> None:
    talk = joined(written="20/12/2026 14:00")
    talk.now = at(20, 15)
    talk.fire_due()
    assert pushes(talk, "Épreuves écrites : ") == []


def test_snooze_an_hour_and_until_tomorrow() -> None:
    talk = joined(filing=FILING)
    talk.wait_until(at(8, 9))
    talk.press("Dans 1 h")
    assert "je vous le rappelle à 10:00" in talk.screen.text
    talk.wait_until(at(8, 10, 20))
    assert "dans 7 jours" in talk.screen.text
    talk.press("Demain")
    assert "demain à 09:00" in talk.screen.text
    talk.wait_until(at(9, 9))
    assert "dans 6 jours" in talk.screen.text


def test_a_snooze_never_passes_the_deadline() -> None:
    talk = joined(filing="15/12/2026 10:30")
    talk.wait_until(at(15, 8, 45))
    assert "Demain" not in talk.screen.buttons
    talk.press_token("remind:1:tomorrow.filing_deadline", ref=talk.screen.ref)
    assert "Plus assez de temps" in talk.notice


def test_a_deadline_speaks_even_in_a_pause_and_an_event_does_not() -> None:
    talk = joined(filing=FILING)
    enter(talk, "publication", "08/12/2026")
    me = talk.candidate_id
    with talk.database.begin() as store:
        store.candidates.change(me, paused_until=at(30, 0))
    talk.wait_until(at(8, 10))
    assert len(pushes(talk, f"⏰ {DEADLINE}")) == 1
    assert pushes(talk, "⏰ Publication") == []


def test_it_waits_while_the_candidate_is_active() -> None:
    talk = joined(filing=FILING)
    talk.now = at(12, 8, 55)
    talk.say("/plan")
    talk.wait_until(at(12, 9, 5))
    assert talk.screen.text.startswith("🗓")
    talk.wait_until(at(12, 9, 11))
    assert talk.screen.text.startswith(f"⏰ {DEADLINE} : dans 3 jours")


def test_a_draft_in_hand_is_not_interrupted_by_a_reminder_s_button() -> None:
    talk = joined(filing=FILING)
    talk.wait_until(at(8, 9))
    talk.press_token("dates:1:enter.written")
    talk.press_token("remind:1:hour.filing_deadline")
    talk.say("03/01/2027")
    assert competition(talk).dates["written"].day == date(2027, 1, 3)


@pytest.mark.parametrize("language", ["fr", "ar", "en"])
def test_every_reminder_fits_400_characters(language: str) -> None:
    talk = Talk(language=language)
    talk.join()
    talk.press_token("plan::show")
    talk.press_token("comp::add")
    talk.say("Un concours au nom vraiment très long")
    me = talk.candidate_id
    for kind in pack().milestones.kinds:
        known = MilestoneDate(
            kind=kind.id,
            day=date(2026, 12, 23),
            hour=time(16, 30),
            provenance="official",
            source="https://www.emploi-public.ma/fr/" + "x" * 200,
            entered_on=date(2026, 11, 24),
        )
        for number in (1, 2):
            with talk.database.begin() as store:
                mine = store.enrolments.get(number, me)
                someone = store.candidates.get(me)
                assert mine is not None
                assert someone is not None
                store.enrolments.set_date(mine, known)
                store.enrolments.rearm(someone, pack().milestones.kinds, talk.now)
    talk.now = at(20, 9, 30)
    talk.fire_due()
    reminders = [b for b in talk.chat.bubbles if b.text.startswith("⏳") and "⏰" in b.text]
    assert len(reminders) == 12
    assert max(len(bubble.text) for bubble in reminders) <= 400


def workers(database: Database, count: int) -> list[Turns]:
    """Processes that share a database."""
    return [
        Turns(
            database=database,
            pack=pack(),
            renderer=Renderer(texts()),
            routes=load_routes(),
            zone="Africa/Casablanca",
            channels={"telegram": True},
        )
        for _ in range(count)
    ]


def test_f5_two_workers_firing_one_timer_leave_one_message(tmp_path: Path) -> None:
    path = f"sqlite:///{tmp_path}/coach.db"
    talk = Talk(database=Database(path))
    talk.join()
    talk.press_token("plan::show")
    enter(talk, "filing_deadline", FILING)
    other = Database(path)
    with talk.database.begin() as store:
        due = store.timers.claim_due(at(8, 9), wall_seconds() + 3600, 100)
    event = next(each for each in due if each.kind == "milestone")
    first, second = workers(talk.database, 1)[0], workers(other, 1)[0]
    outcomes = [first.take(event, at(8, 9)), second.take(event, at(8, 9))]
    assert [len(outcome.rows) for outcome in outcomes] == [1, 0]
    assert outcomes[1].duplicate
    assert pending(other) == 1
    other.close()
    talk.database.close()


def test_f5_an_expired_lease_taken_by_a_second_worker_sends_nothing_twice(tmp_path: Path) -> None:
    path = f"sqlite:///{tmp_path}/coach.db"
    talk = Talk(database=Database(path))
    talk.join()
    talk.press_token("plan::show")
    enter(talk, "filing_deadline", FILING)
    other = Database(path)
    claims = []
    for database, wall in ((talk.database, 1.0), (other, 1_000.0)):
        with database.begin() as store:
            due = store.timers.claim_due(at(8, 9), wall, 100)
        claims += [event for event in due if event.kind == "milestone"]
    assert len(claims) == 2
    for database, claim in zip((other, talk.database), claims, strict=True):
        workers(database, 1)[0].take(claim, at(8, 9))
    assert pending(other) == 1
    other.close()
    talk.database.close()
