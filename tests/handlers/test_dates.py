"""/dates: typing a day, where it comes from, what is odd about it, competitions that clash."""

from __future__ import annotations

from datetime import date, time

import pytest
import sqlalchemy as sa

from bot.storage.tables import competition_dates, competitions, enrolments
from tests.handlers.calendar import armed, competition, enter, joined
from tests.talk import Talk


def test_a_date_is_kept_as_estimated_until_its_notice_was_seen() -> None:
    talk = joined()
    enter(talk, "written", "dimanche 14 mars 2027 à 9h")
    assert "date estimée, saisie le 24/11/2026" in talk.screen.text
    known = competition(talk).dates["written"]
    assert (known.day, known.hour) == (date(2027, 3, 14), time(9))
    assert known.provenance == "estimated"
    talk.press("Oui, avis officiel")
    assert "Où l’avez-vous lue ?" in talk.screen.text
    talk.say("https://www.emploi-public.ma/fr/avis/12")
    assert "source vérifiée : https://www.emploi-public.ma/fr/avis/12" in talk.screen.text
    known = competition(talk).dates["written"]
    assert (known.provenance, known.entered_on) == ("official", date(2026, 11, 24))


def test_p16_a_source_that_is_no_official_site_is_kept_as_typed_with_a_warning() -> None:
    talk = joined()
    enter(talk, "written", "14/03/2027")
    talk.press("Oui, avis officiel")
    talk.say("https://wadifa.example/avis")
    talk.shows("ne payez jamais pour postuler")
    assert "date officielle, source : https://wadifa.example/avis" in talk.screen.text


def test_the_source_may_be_left_out() -> None:
    talk = joined()
    enter(talk, "written", "14/03/2027")
    talk.press("Oui, avis officiel")
    talk.press("Passer")
    assert "date officielle, avis vu par vous" in talk.screen.text


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("bonjour", "Je n’ai pas reconnu de date"),
        ("31/02/2027", "Je n’ai pas reconnu de date"),
        ("12/03/2020", "déjà passé"),
        ("12/03/2035", "plus de deux ans"),
    ],
)
def test_a_bad_date_is_refused_kindly_and_asked_for_again(text: str, part: str) -> None:
    talk = joined()
    enter(talk, "written", text)
    assert part in talk.screen.text
    assert "Par exemple : 24/01/2027" in talk.screen.text
    assert "Annuler" in talk.screen.buttons
    talk.say("14/03/2027")
    assert competition(talk).dates["written"].day == date(2027, 3, 14)


def test_doubts_are_notes_not_refusals() -> None:
    talk = joined()
    enter(talk, "written", "dimanche 15 mars 2027")
    assert "ne tombe pas à cette date" in talk.screen.text
    assert "presque toujours un dimanche" in talk.screen.text
    enter(talk, "filing_deadline", "28/11/2026 16:30")
    assert "Moins de cinq jours" in talk.screen.text
    assert "rarement un samedi" in talk.screen.text


def test_estimating_the_rest_is_one_tap_labelled_and_never_in_the_past() -> None:
    talk = joined(written="27/12/2026")
    assert set(competition(talk).dates) == {"written"}
    talk.press_token("dates:1:show")
    talk.press("Estimer le reste")
    dates = competition(talk).dates
    assert set(dates) == {"filing_deadline", "admitted_list", "written", "oral"}
    assert {each.provenance for each in dates.values()} == {"estimated"}
    assert dates["filing_deadline"].day == date(2026, 11, 27)


def test_a_question_is_let_go_by_any_screen_of_the_calendar() -> None:
    talk = joined()
    talk.press_token("dates:1:enter.written")
    talk.press("Annuler")
    talk.say("14/03/2027")
    assert competition(talk).dates == {}


@pytest.mark.parametrize(("answer", "provenance"), [("known", "official"), ("estimated",) * 2])
def test_the_welcome_goes_on_after_the_date(answer: str, provenance: str) -> None:
    talk = Talk()
    talk.say("/start")
    talk.press_token("start::yes.fr")
    talk.press_token(f"start:dates:{answer}")
    talk.say("peut-être en mars")
    assert "Passer" in talk.screen.buttons
    talk.say("14/03/2027 à 9h")
    talk.shows("À quelle heure voulez-vous votre quiz")
    assert competition(talk).dates["written"].provenance == provenance
    assert armed(talk)


def test_a_date_for_a_competition_that_was_removed_meanwhile_is_answered() -> None:
    talk = joined()
    talk.press_token("dates:1:enter.written")
    mine = competition(talk)
    with talk.database.begin() as store:
        store.enrolments.remove(mine)
    talk.say("14/03/2027")
    talk.shows("n’est plus dans votre liste")
    talk.press_token("dates:1:official.written")
    assert talk.screen.text


def two_competitions(first: str, second: str) -> Talk:
    talk = joined(written=first)
    talk.press_token("comp::add")
    talk.say("  Greffiers <b>Justice</b>  ")
    enter(talk, "written", second, number=2)
    return talk


def test_t29_two_tests_within_a_day_are_flagged_both_ways() -> None:
    talk = two_competitions("14/03/2027", "15/03/2027")
    assert "Deux concours se touchent" in talk.screen.text
    for number, other in ((1, "Greffiers <b>Justice</b>"), (2, "Concours CNOPS 2025")):
        for screen in ("plan", "dates"):
            talk.press_token(f"{screen}:{number}:show")
            assert f"de {other}" in talk.screen.text
    talk.say("/competitions")
    assert talk.screen.text.count("Deux concours se touchent") == 2


def test_p09_three_days_apart_nothing_is_flagged() -> None:
    talk = two_competitions("14/03/2027", "17/03/2027")
    assert "se touchent" not in talk.screen.text


def test_removing_a_competition_is_confirmed_and_takes_its_reminders() -> None:
    talk = two_competitions("14/03/2027", "21/03/2027")
    talk.say("/competitions")
    talk.press("Retirer 2")
    assert any(ref.startswith("2:") for ref in armed(talk))
    talk.press("Oui, retirer")
    assert not any(ref.startswith("2:") for ref in armed(talk))
    assert "Greffiers" not in talk.screen.text
    assert any(ref.startswith("1:") for ref in armed(talk))


def test_no_more_than_six_competitions() -> None:
    talk = joined()
    for number in range(5):
        talk.press_token("comp::add")
        talk.say(f"Concours {number}")
    talk.press_token("comp::add")
    assert "déjà 6 concours" in talk.notice


def test_the_candidate_s_own_date_overrides_the_shared_competition_s() -> None:
    talk = joined(written="14/03/2027")
    with talk.database.engine.begin() as connection:
        shared = connection.execute(
            competitions.insert()
            .values(name="CNOPS", entered_by="operator", created_at=talk.now)
            .returning(competitions.c.id)
        ).scalar_one()
        connection.execute(
            competition_dates.insert(),
            [
                {
                    "competition_id": shared,
                    "kind": kind,
                    "day": date(2027, 4, 4),
                    "source": "emploi-public.ma",
                    "entered_on": date(2026, 11, 24),
                }
                for kind in ("written", "oral")
            ],
        )
        connection.execute(sa.update(enrolments).values(competition_id=shared))
    dates = competition(talk).dates
    assert dates["written"].day == date(2027, 3, 14)
    assert (dates["oral"].day, dates["oral"].provenance) == (date(2027, 4, 4), "official")


def test_a_competition_needs_a_name_that_can_be_read() -> None:
    talk = joined()
    talk.press_token("comp::add")
    talk.say("\u200b \u2066")
    assert "Écrivez son nom" in talk.screen.text
    talk.say("Greffiers 2027")
    talk.shows("Ajouté : Greffiers 2027")
