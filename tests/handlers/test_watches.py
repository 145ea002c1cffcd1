"""The list of admitted each day, the appeal, the notice each week (P06, P07, P10, P11, M15)."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.domain.watches import LIST, NOTICE
from bot.storage.reminder_timers import APPEAL
from tests.handlers.calendar import armed, competition, enter, joined, pushes
from tests.talk import Talk

ASKED = "La liste des admis est-elle parue"


def filed() -> Talk:
    """The filing deadline was yesterday at noon, and is done."""
    talk = joined(filing="30/11/2026 16:30")
    talk.press_token("dates:1:done.filing_deadline")
    return talk


def december(day: int, hour: int = 9, minute: int = 0) -> datetime:
    return datetime(2026, 12, day, hour, minute, tzinfo=UTC)


def test_f8_sixty_days_of_the_daily_question_without_a_restart_are_sixty_questions() -> None:
    talk = filed()
    talk.wait_until(datetime(2027, 1, 29, 12, tzinfo=UTC))
    assert len(pushes(talk, ASKED)) == 60


def test_f10_days_without_the_coach_give_one_question() -> None:
    talk = filed()
    talk.now = december(9, 10)
    talk.fire_due()
    talk.fire_due()
    assert len(pushes(talk, ASKED)) == 1
    assert armed(talk, LIST) == {"1:": december(10)}


def test_on_the_list_ends_the_questions() -> None:
    talk = filed()
    talk.wait_until(december(1))
    talk.press("Je suis dessus")
    assert "peut valoir convocation" in talk.screen.text
    assert competition(talk).is_validated("admitted_list")
    talk.wait_until(december(20))
    assert armed(talk, LIST) == {}


def test_not_on_the_list_leads_to_the_appeal_and_asks_again_the_next_day() -> None:
    talk = filed()
    talk.wait_until(december(1))
    talk.press("Je n’y suis pas")
    for part in ("agissez aujourd’hui", "reçu, récapitulatif", "réclamation datée"):
        assert part in talk.screen.text
    assert armed(talk, LIST) == {}
    assert armed(talk, APPEAL) == {"1:": december(2)}
    talk.wait_until(december(2))
    assert "Votre réclamation est-elle partie" in talk.screen.text
    talk.press("Demain")
    talk.wait_until(december(3))
    talk.press("Réclamation envoyée")
    assert armed(talk, APPEAL) == {}
    assert armed(talk, LIST) == {"1:": december(4)}


def test_the_questions_stop_on_request() -> None:
    talk = filed()
    talk.wait_until(december(1))
    talk.press("Ne plus demander")
    talk.wait_until(december(15))
    assert pushes(talk, ASKED) == []


def test_the_list_is_not_asked_about_on_a_test_day() -> None:
    talk = filed()
    enter(talk, "oral", "04/12/2026")
    talk.wait_until(december(3, 12))
    before = len(pushes(talk, ASKED))
    talk.wait_until(december(5, 12))
    assert len(pushes(talk, ASKED)) == before == 3


def test_the_question_waits_while_the_candidate_is_active_and_comes_all_the_same() -> None:
    talk = filed()
    talk.now = december(1, 8, 55)
    talk.say("/plan")
    talk.wait_until(december(1, 9, 5))
    assert pushes(talk, ASKED) == []
    talk.wait_until(december(2, 12))
    assert len(pushes(talk, ASKED)) == 2


def test_the_notice_is_asked_about_each_week_until_it_is_official() -> None:
    talk = joined()
    talk.wait(days=15)
    asked = pushes(talk, "L’avis officiel est-il paru")
    assert len(asked) == 2
    talk.press("Oui, il est paru", bubble=asked[-1])
    enter(talk, "written", "14/03/2027")
    talk.press("Oui, avis officiel")
    talk.press("Passer")
    assert armed(talk, NOTICE) == {}


def test_a_pause_holds_the_questions_back_and_they_come_again_after_it() -> None:
    talk = filed()
    me = talk.candidate_id
    with talk.database.begin() as store:
        store.candidates.change(me, paused_until=december(5, 0))
    talk.wait_until(december(4, 12))
    assert pushes(talk, ASKED) == []
    talk.wait_until(december(5, 12))
    assert len(pushes(talk, ASKED)) == 1
