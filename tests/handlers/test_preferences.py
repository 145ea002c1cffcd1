"""/settings: one panel; each change takes effect at once, and a forged one not at all."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Any

import pytest

from bot.conversation import EnteringHour, Idle
from bot.domain.enrolment import MilestoneDate
from bot.messages import Address
from content.schema import LANGUAGES
from tests.lives import me, settle
from tests.talk import Talk, pack

ON_THE_WEB = Address(channel="web", chat="w1")


@pytest.fixture
def talk() -> Talk:
    """A candidate on Telegram, 24 November 2026 at 10:00, quiz hour 20:00."""
    talk = Talk()
    settle(talk)
    return talk


def due(talk: Talk, kind: str) -> dict[str, datetime]:
    mine = talk.candidate_id
    with talk.database.begin() as store:
        return store.timers.due_of(mine, kind)


def set_state(talk: Talk, state: EnteringHour) -> None:
    with talk.database.begin() as store:
        store.conversations.set_state(talk.who, talk.who.chat, state)


def state_of(talk: Talk) -> object:
    with talk.database.begin() as store:
        found = store.conversations.find(talk.who, talk.who.chat)
    assert found is not None
    return found.state


@pytest.mark.parametrize(
    ("token", "field", "value", "shown"),
    [
        ("set:quiz:1230", "quiz_time", time(12, 30), "Quiz du jour : 12:30"),
        ("set:reminder:0700", "reminder_time", time(7), "Rappels de dates : 07:00"),
        ("set:quiet:2307", "quiet_from", time(23), "Heures calmes : 23:00 à 07:00"),
        ("set:quiet:off", "quiet_to", time(0), "Heures calmes : aucune"),
        ("set:stream:legal", "stream", "legal", "Filière : Droit et conformité"),
        ("set:grade:A", "grade", "A", "Grade : A"),
        ("set:push:telegram", "push_to", "telegram", "Envois vers : Telegram"),
        ("set:voice:yes", "keep_voice", True, "Notes vocales : gardées"),
    ],
)
def test_each_setting_is_changed_by_a_tap_and_shown_in_place(
    talk: Talk, token: str, field: str, value: Any, shown: str
) -> None:
    talk.say("/settings")
    panel = talk.screen
    talk.press_token(f"{token.rpartition(':')[0]}:", ref=panel.ref)
    assert token in talk.screen.buttons.values()
    for _ in range(2):
        talk.press_token(token, ref=panel.ref)
        assert getattr(me(talk), field) == value
    assert talk.screen.ref == panel.ref
    assert shown in talk.screen.text
    assert talk.notice == "✅ C’est noté."


def test_a_language_is_one_tap_and_the_same_screen_comes_back_in_it(talk: Talk) -> None:
    talk.say("/settings")
    panel = talk.screen
    talk.press("العربية")
    assert talk.screen.ref == panel.ref
    assert "إعداداتك" in panel.text
    talk.press("English")
    assert "Your settings" in panel.text
    talk.say("/language")
    talk.press("Français")
    assert "Vos réglages" in talk.screen.text
    assert me(talk).language == "fr"


def test_the_command_shows_the_panel_at_the_bottom_of_the_chat(talk: Talk) -> None:
    talk.say("/settings")
    first = talk.screen
    talk.say("/privacy")
    talk.say("/settings")
    assert talk.screen.ref != first.ref


def test_the_quiz_leaves_at_the_new_hour(talk: Talk) -> None:
    talk.press_token("set:quiz:1230")
    assert due(talk, "daily_quiz") == {"": datetime(2026, 11, 24, 12, 30, tzinfo=UTC)}
    talk.press_token("set:quiz:0800")
    assert due(talk, "daily_quiz") == {"": datetime(2026, 11, 25, 8, 0, tzinfo=UTC)}
    talk.press_token("set:quiet:2109")
    assert due(talk, "daily_quiz") == {"": datetime(2026, 11, 25, 9, 0, tzinfo=UTC)}


def test_a_quiz_due_this_very_minute_is_not_lost_by_a_change(talk: Talk) -> None:
    mine = talk.candidate_id
    with talk.database.begin() as store:
        store.timers.arm(mine, "daily_quiz", "", talk.now)
    talk.press_token("set:quiz:2000")
    assert due(talk, "daily_quiz") == {"": talk.now}


def test_reminders_follow_their_hour_and_the_quiet_hours(talk: Talk) -> None:
    mine = talk.candidate_id
    with talk.database.begin() as store:
        enrolment = store.enrolments.ensure_default(mine, "CNOPS", talk.now)
        written = MilestoneDate(kind="written", day=date(2026, 12, 20), entered_on=talk.now.date())
        store.enrolments.set_date(enrolment, written)
    talk.press_token("set:reminder:1800")
    hours = {instant.time() for ref, instant in due(talk, "milestone").items() if "J-7" in ref}
    assert hours == {time(18)}
    talk.press_token("set:reminder:0700")
    hours = {instant.time() for ref, instant in due(talk, "milestone").items() if "J-7" in ref}
    assert hours == {time(8)}, "07:00 is inside the quiet hours"


def test_before_the_welcome_is_over_no_push_is_armed() -> None:
    talk = Talk()
    settle(talk, onboarded_at=None)
    talk.press_token("set:quiz:1230")
    assert me(talk).quiz_time == time(12, 30)
    assert due(talk, "daily_quiz") == {}


def test_an_hour_of_ones_own_is_typed(talk: Talk) -> None:
    talk.say("/settings")
    talk.press("Heure du quiz")
    talk.press("✏️ Autre heure")
    assert "08:30" in talk.screen.text
    talk.say("bientôt")
    assert "08:30" in talk.screen.text
    assert state_of(talk) == EnteringHour(setting="quiz")
    talk.say("٧:٤٥ مساءً")
    assert me(talk).quiz_time == time(19, 45)
    assert "C’est noté" in talk.screen.text
    assert "Quiz du jour : 19:45" in talk.screen.text
    assert state_of(talk) == Idle()


def test_quiet_hours_of_ones_own_are_two_hours(talk: Talk) -> None:
    talk.press_token("set:quiet:own")
    talk.say("21h30")
    assert "jusqu’à" in talk.screen.text
    talk.say("7h")
    assert (me(talk).quiet_from, me(talk).quiet_to) == (time(21, 30), time(7))
    assert "Heures calmes : 21:30 à 07:00" in talk.screen.text


@pytest.mark.parametrize("way_out", ["Annuler", "/settings"])
def test_one_may_leave_without_typing(talk: Talk, way_out: str) -> None:
    talk.press_token("set:reminder:own")
    talk.say(way_out) if way_out.startswith("/") else talk.press(way_out)
    assert state_of(talk) == Idle()
    assert me(talk).reminder_time == time(9)


def test_in_the_welcome_the_typed_hour_leads_on_to_the_first_question() -> None:
    talk = Talk()
    settle(talk, onboarded_at=None)
    set_state(talk, EnteringHour(setting="quiz", onboarding=True))
    talk.say("pas d'idée")
    assert "08:30" in talk.screen.text
    assert talk.screen.buttons == {}
    talk.say("8h15")
    assert me(talk).quiz_time == time(8, 15)
    assert me(talk).onboarded_at == talk.now
    assert "1/5" in talk.screen.text
    assert state_of(talk) == Idle()


def test_a_quiz_hour_inside_the_quiet_hours_says_when_it_will_leave(talk: Talk) -> None:
    settled = me(talk)
    assert settled.quiet_to == time(8)
    talk.press_token("set:quiz:own")
    talk.say("23:00")
    assert "il partira à 08:00" in talk.screen.text


def test_who_has_only_a_web_page_is_told_what_a_closed_page_means() -> None:
    talk = Talk()
    talk.who = ON_THE_WEB
    settle(talk)
    talk.say("/settings")
    assert "Une page web fermée ne reçoit rien" in talk.screen.text
    assert "/link" in talk.screen.text
    talk.press("Canal des envois")
    assert set(talk.screen.buttons) == {"Dernier utilisé", "Chat web", "← Retour"}
    talk.press_token("set:push:telegram", ref=talk.screen.ref)
    assert me(talk).push_to == ""


def test_where_no_messaging_app_runs_none_is_advised() -> None:
    talk = Talk(channels={"web": False})
    talk.who = ON_THE_WEB
    settle(talk)
    talk.say("/settings")
    assert "Ouvrez-la chaque jour" in talk.screen.text
    assert "/link" not in talk.screen.text


def test_with_a_messaging_app_the_warning_stands_only_if_the_web_is_chosen(talk: Talk) -> None:
    mine = talk.candidate_id
    with talk.database.begin() as store:
        store.conversations.open(ON_THE_WEB, "w1", mine, talk.now)
    talk.say("/settings")
    assert "Envois vers : Telegram" in talk.screen.text
    assert "fermée" not in talk.screen.text
    talk.press_token("set:push:web", ref=talk.screen.ref)
    assert "Envois vers : Chat web" in talk.screen.text
    assert "Choisissez plutôt votre messagerie" in talk.screen.text
    talk.press_token("set:push:auto", ref=talk.screen.ref)
    assert "fermée" not in talk.screen.text


@pytest.mark.parametrize(
    "token",
    [
        "set:quiz:0330",
        "set:quiz:own2",
        "set:quiet:9999",
        "set:stream:nobody",
        "set:stream:own",
        "set:grade:Z",
        "set:push:web",
        "set:push:fax",
        "set:voice:maybe",
        "set:language:xx",
        "set:nothing:1",
        "set:id:1",
        "set",
        "set:::::",
    ],
)
def test_a_forged_press_changes_nothing_and_shows_the_panel(talk: Talk, token: str) -> None:
    before = me(talk)
    talk.press_token(token)
    assert me(talk) == before
    assert "Vos réglages" in talk.screen.text
    assert talk.last.route == "press set"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_screen_fits_in_every_language(language: str) -> None:
    """The talk itself checks labels (20 characters) and tokens (60 bytes)."""
    talk = Talk(language=language)
    settle(talk)
    talk.say("/settings")
    assert len(talk.screen.text) < 500
    for token in list(talk.screen.buttons.values()):
        if token.endswith(":"):
            talk.press_token(token, ref=talk.screen.ref)
            talk.press_token("set::", ref=talk.screen.ref)
    assert len(pack().head.streams) == 4
