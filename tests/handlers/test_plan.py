"""/plan: you are here, three steps, statuses by one tap in place, the calendar file."""

from __future__ import annotations

import base64
from datetime import UTC, date, datetime, timedelta

import pytest
from icalendar import Calendar

from tests.handlers.calendar import competition, joined
from tests.talk import Talk

SOURCE = "https://www.emploi-public.ma/fr/avis/12"


def test_without_a_date_the_plan_shows_steps_without_days_and_invites_to_enter_one() -> None:
    talk = joined()
    talk.shows("Sans date d’épreuve")
    assert "Surveiller la parution" in talk.screen.text
    assert "au plus tard" not in talk.screen.text


def test_you_are_here_the_next_date_and_three_steps() -> None:
    talk = joined(filing="15/12/2026 16:30", written="03/01/2027 09:00")
    talk.say("/plan")
    shown = talk.screen.text
    assert "Votre plan de 4 semaines commence dans 12 jours" in shown
    assert "Date limite de dépôt : dans 21 jours" in shown
    assert "mardi 15 décembre 2026 à 16:30 (heure de Casablanca) — date estimée" in shown
    assert shown.count("au plus tard") == 3
    talk.wait(days=13)
    talk.say("/plan")
    assert "semaine 1 sur 4" in talk.screen.text


@pytest.mark.parametrize("language", ["fr", "ar", "en"])
def test_the_screen_stays_under_1200_characters(language: str) -> None:
    talk = joined(language, filing="15/12/2026 16:30", written="03/01/2027 09:00")
    talk.press_token("dates:1:official.written")
    talk.say(f"{SOURCE} " + "x" * 150)
    talk.press_token("comp::add")
    talk.say("Un concours au nom vraiment très long, comme il y en a dans les avis")
    talk.press_token("dates:2:enter.written")
    talk.say("03/01/2027")
    talk.press_token("plan:1:show")
    assert len(talk.screen.text) <= 1200


def test_one_tap_changes_a_status_in_place_and_another_takes_a_validation_back() -> None:
    talk = joined(written="31/01/2027")
    talk.say("/plan")
    count = len(talk.chat.bubbles)
    for mark, status in (("◔ 1", "ongoing"), ("✅ 1", "validated"), ("☐ 1", "to_do")):
        current = {"◔ 1": "☐ 1", "✅ 1": "◔ 1", "☐ 1": "✅ 1"}[mark]
        talk.press(current)
        assert mark in talk.screen.buttons
        assert competition(talk).status("watch-notice") == status
    assert len(talk.chat.bubbles) == count


def test_a_doubled_press_counts_once() -> None:
    talk = joined(written="31/01/2027")
    talk.press_token("plan:1:set.ongoing.watch-notice")
    talk.press_token("plan:1:set.ongoing.watch-notice")
    assert competition(talk).status("watch-notice") == "ongoing"


def test_a_validated_step_makes_room_for_the_next_once_another_is_touched() -> None:
    talk = joined(written="31/01/2027")
    talk.press_token("plan:1:set.validated.watch-notice")
    assert "✅ 1. Surveiller" in talk.screen.text
    talk.press_token("plan:1:set.ongoing.reception-test")
    assert "Surveiller" not in talk.screen.text
    assert "◔ 1. Tester vos messages" in talk.screen.text


def test_a_step_opens_with_action_risk_and_countermeasure() -> None:
    talk = joined(written="31/01/2027")
    talk.say("/plan")
    talk.press("Détail 1")
    for part in ("👉 Ouvrez emploi-public.ma", "⚠️ La fenêtre", "🛡 Partagez"):
        assert part in talk.screen.text
    talk.press("✅ Validé")
    assert talk.screen.text.startswith("Surveiller la parution de l’avis\n✅ Validé")


def test_all_steps_page_by_page() -> None:
    talk = joined()
    talk.press("Toutes les étapes")
    assert "(1/3)" in talk.screen.text
    talk.press("Après")
    talk.press("Après")
    assert "24. Lever le pied et dormir" in talk.screen.text
    talk.press("← Avant")
    assert "(2/3)" in talk.screen.text


def test_f10_after_a_month_away_no_backlog_is_counted_and_nothing_is_past() -> None:
    talk = joined(written="31/01/2027")
    talk.wait(days=30)
    talk.say("/plan")
    assert "retard" not in talk.screen.text
    assert talk.screen.text.count("aujourd’hui au plus tard") <= 3
    assert "passé" not in talk.screen.text


def test_on_the_day_and_after_it() -> None:
    talk = joined(written="06/12/2026 09:00")
    talk.wait_until(datetime(2026, 12, 6, 12, tzinfo=UTC))
    talk.say("/plan")
    assert "C’est le jour de l’épreuve" in talk.screen.text
    assert "Vos prochains pas" not in talk.screen.text
    talk.wait(days=2)
    talk.say("/plan")
    assert "Cette épreuve est passée" in talk.screen.text


@pytest.mark.parametrize(
    "token",
    [
        "plan:99:show",
        "plan:1:set.done.watch-notice",
        "plan:1:set.validated.no-such-step",
        "plan:1:all.²",
        "plan:1:all.9999999",
        "plan:١:show",
        "plan:" + "9" * 40 + ":ics",
        "plan::",
        "plan:x:set",
        "dates:99:enter.written",
        "dates:1:enter.nonsense",
        "dates:1:official.oral",
        "comp:99:dropped",
        "remind:99:done.written",
        "remind:1:hour.written",
        "remind:1:done.nonsense",
        "watch:99:on",
        "watch:1:nonsense",
    ],
)
def test_a_forged_or_stale_button_gets_a_screen_and_breaks_nothing(token: str) -> None:
    talk = joined()
    talk.press_token(token)
    assert talk.last.route.startswith("press")
    assert talk.screen.text


def test_nobody_reaches_another_person_s_competition() -> None:
    talk = joined(written="31/01/2027")
    talk.move_to("telegram", "2002")
    talk.join()
    for token in ("plan:1:set.validated.watch-notice", "comp:1:dropped", "dates:1:clear.written"):
        talk.press_token(token)
    talk.move_to("telegram", "1001")
    assert competition(talk).statuses == {}
    assert "written" in competition(talk).dates


def exported(talk: Talk) -> Calendar:
    talk.press_token("plan:1:ics")
    file = talk.screen.file
    assert file is not None
    assert (file["name"], file["mime"]) == ("plan.ics", "text/calendar")
    calendar = Calendar.from_ical(base64.b64decode(file["data"]))
    assert isinstance(calendar, Calendar)
    return calendar


@pytest.mark.parametrize("language", ["fr", "ar", "en"])
def test_the_calendar_file_reads_back_with_alarms_and_utc_instants(language: str) -> None:
    talk = joined(language, filing="15/12/2026 16:30", written="31/01/2027")
    events = {str(event["uid"]): event for event in exported(talk).walk("VEVENT")}
    filing = next(event for uid, event in events.items() if "filing_deadline" in uid)
    assert filing.decoded("dtstart") == datetime(2026, 12, 15, 16, 30, tzinfo=UTC)
    triggers = [alarm.decoded("trigger") for alarm in filing.walk("VALARM")]
    assert triggers == [
        timedelta(days=-7, hours=-7, minutes=-30),
        timedelta(days=-3, hours=-7, minutes=-30),
        timedelta(days=-1, hours=-7, minutes=-30),
        timedelta(hours=-7, minutes=-30),
        timedelta(hours=-6),
        timedelta(hours=-2),
    ]
    written = next(event for uid, event in events.items() if "-written@" in uid)
    assert written.decoded("dtstart") == date(2027, 1, 31)
    assert len(written.walk("VALARM")) == 4
    steps = [event for uid, event in events.items() if "-step-" in uid]
    assert len(steps) == 24
    assert all(event.decoded("dtstart") < date(2027, 1, 31) for event in steps)


def test_the_calendar_s_events_keep_their_names_from_file_to_file() -> None:
    talk = joined(filing="15/12/2026 16:30", written="31/01/2027")
    first = exported(talk)
    talk.wait(days=1)
    second = exported(talk)
    uids = [{str(event["uid"]) for event in each.walk("VEVENT")} for each in (first, second)]
    assert uids[0] == uids[1]
    sequences = [each.walk("VEVENT")[0]["sequence"] for each in (first, second)]
    assert sequences[0] < sequences[1]


def test_without_a_date_the_calendar_says_what_to_do_first() -> None:
    talk = joined()
    talk.press_token("plan:1:ics")
    assert "/dates" in talk.screen.text
