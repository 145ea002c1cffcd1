"""A candidate who is absent is asked less often, told so kindly, and back in one tap."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
import sqlalchemy as sa

from bot.messages import Incoming
from bot.storage.database import Database
from bot.storage.tables import quizzes
from content.schema import LANGUAGES
from scheduler.jobs import fire_due_timers, follow_zone_data
from tests.handlers.calendar import joined, pushes
from tests.lives import me
from tests.talk import START, Talk, pack

HEADINGS = {"fr": "Quiz du jour ·", "en": "Today's quiz ·", "ar": "اختبار اليوم ·"}
LIST_ASKED = "La liste des admis est-elle parue"
NOTICE_ASKED = "L’avis officiel est-il paru"
SLOWER, RARE, SILENT = "tous les trois jours", "une fois par semaine", "mon dernier quiz"
SCHEDULE = [0, 1, 2, 5, 8, 11, 14, 21, 28, 35, 42]


@pytest.fixture
def talk() -> Talk:
    """A candidate since 24 November, quiz hour 20:00, who has done today's quiz before it."""
    talk = Talk()
    talk.join()
    for _ in range(5):
        talk.answer()
    return talk


def push_days(talk: Talk) -> list[date]:
    with talk.database.engine.connect() as connection:
        query = sa.select(quizzes.c.local_day).where(quizzes.c.pushed_at.is_not(None))
        return sorted(connection.execute(query).scalars())


def after(talk: Talk, first: date = date(2026, 11, 25)) -> list[int]:
    """The days of the pushes, counted from the first."""
    return [(day - first).days for day in push_days(talk)]


def until_pushes(talk: Talk, count: int) -> None:
    """Let days pass until the coach has pushed so many quizzes."""
    while len(push_days(talk)) < count:
        talk.wait(days=1)
        talk.now = talk.now.replace(hour=20, minute=30)


async def test_t34_sixty_days_through_the_scheduler_without_an_answer() -> None:
    """The quiz fades; the deadline is reminded of to its last hours, and the list asked about."""
    talk = joined(filing="20/01/2027 16:30")

    async def take(event: Incoming) -> None:
        talk.hand_in(event)

    end = START + timedelta(days=60)
    while talk.now < end:
        await fire_due_timers(talk.database, take, lambda: talk.now)
        talk.now += timedelta(minutes=30)
    assert after(talk, START.date()) == SCHEDULE
    texts = [bubble.text for bubble in talk.chat.bubbles]
    silent = next(n for n, text in enumerate(texts) if SILENT in text)
    said = [text.splitlines()[0] for text in texts[silent + 1 :]]
    assert [text for text in said if LIST_ASKED not in text] == [
        f"⏰ Date limite de dépôt : {left}"
        for left in ("dans 7 jours", "dans 3 jours", "demain", "dans 7 h", "dans 6 h", "dans 2 h")
    ]
    assert sum(LIST_ASKED in text for text in said) == 3


def test_the_report_ends_before_the_quiz_does_and_both_come_back_with_an_answer(
    talk: Talk,
) -> None:
    talk.wait(days=70)
    assert after(talk) == SCHEDULE
    reports = len([b for b in talk.chat.bubbles if "Votre semaine" in b.text])
    assert reports == 3
    talk.say("/quiz")
    talk.answer()
    talk.wait(days=7)
    assert len([b for b in talk.chat.bubbles if "Votre semaine" in b.text]) == 4
    # Back on day 70 at 10:00, the day's quiz begun and left: pushed that evening, and daily on.
    assert after(talk)[len(SCHEDULE) :][:3] == [69, 70, 71]


def test_each_change_is_said_once_with_the_push_that_brings_it(talk: Talk) -> None:
    talk.wait(days=60)
    pushed = [b for b in talk.chat.bubbles if b.payload.get("buttons")]
    for words in (SLOWER, RARE, SILENT):
        assert sum(words in bubble.text for bubble in pushed) <= 1
    assert SILENT in talk.shows("Quiz du jour").text
    assert (
        "rappels de vos dates limites et de vos épreuves continuent"
        in talk.shows("Quiz du jour").text
    )


@pytest.mark.parametrize(("count", "gap"), [(3, 3), (7, 7)])
def test_at_each_edge_the_next_push_waits(talk: Talk, count: int, gap: int) -> None:
    until_pushes(talk, count)
    assert {3: SLOWER, 7: RARE}[count] in talk.screen.text
    talk.wait(days=gap - 1)
    assert len(push_days(talk)) == count
    talk.wait(days=1)
    assert len(push_days(talk)) == count + 1


@pytest.mark.parametrize(("count", "days_away"), [(3, 0), (7, 2), (11, 60)])
@pytest.mark.parametrize("way", ["push", "back", "later", "/quiz", "/plan", "bonjour"])
def test_one_tap_or_word_brings_the_daily_rhythm_back_the_same_day(
    talk: Talk, count: int, days_away: int, way: str
) -> None:
    until_pushes(talk, count)
    talk.wait(days=days_away, hours=14)
    before = len(push_days(talk))
    _return_by(talk, way)
    for n in range(3):
        talk.wait_until(talk.now.replace(hour=20, minute=30))
        assert len(push_days(talk)) == before + n + 1
        talk.wait(hours=14)


def _return_by(talk: Talk, way: str) -> None:
    if way == "push":
        talk.press("A", bubble=talk.shows("Quiz du jour"))
    elif way == "back":
        talk.press_token("quiz::back")
    elif way == "later":
        talk.press_token(f"quiz:{len(push_days(talk)) + 1}:evening")
    else:
        talk.say(way)


@pytest.mark.parametrize("token", ["cases::list", "notes::list", "journal::show", "plan::show"])
def test_whoever_works_on_something_else_every_day_is_not_absent(talk: Talk, token: str) -> None:
    """The taper asks whether somebody is there, not what they do there."""
    for _ in range(20):
        talk.wait_until((talk.now + timedelta(days=1)).replace(hour=21, minute=0))
        talk.press_token(token)
    assert after(talk) == list(range(20))
    assert SLOWER not in "".join(bubble.text for bubble in talk.chat.bubbles)


def test_a_sign_of_life_before_the_push_is_none_after_it(talk: Talk) -> None:
    for _ in range(3):
        talk.wait_until((talk.now + timedelta(days=1)).replace(hour=19, minute=0))
        talk.say("/plan")
        talk.wait(hours=2)
    talk.wait(days=12)
    assert after(talk) == [0, 1, 2, 3, 4, 7, 10, 13]


def test_f10_a_return_counts_nothing_that_was_missed(talk: Talk) -> None:
    talk.wait(days=80)
    talk.press("▶️ Je reviens")
    welcome = talk.shows("Content de vous revoir").text
    assert "Rien ne s’est accumulé" in welcome
    assert not any(sign.isdigit() for sign in welcome.replace("20:00", ""))
    assert "1/5" in talk.screen.text


def test_the_way_back_ends_a_pause_as_well(talk: Talk) -> None:
    until_pushes(talk, 11)
    talk.press_token("pause:open:")
    talk.press_token("quiz::back")
    assert me(talk).paused_until is None
    talk.wait(days=2)
    assert len(push_days(talk)) == 13


def test_a_restart_loses_nothing(tmp_path: object) -> None:
    url = f"sqlite:///{tmp_path}/coach.db"
    talk = Talk(database=Database(url))
    talk.join()
    for n in range(20):
        talk.wait(days=3)
        talk = Talk(database=Database(url), now=talk.now, first_id=1000 * (n + 1))
        talk.who = Talk().who
    assert after(talk, START.date()) == SCHEDULE


async def test_new_zone_data_loses_nothing(talk: Talk) -> None:
    for _ in range(60):
        with talk.database.begin() as store:
            store.install.set("tzdata", "2025.2")
        assert (
            await follow_zone_data(talk.database, pack().milestones.kinds, lambda: talk.now) == 1
        )
        talk.wait(days=1)
    assert after(talk) == SCHEDULE


def test_whoever_changes_the_hour_is_there_and_asked_daily_again(talk: Talk) -> None:
    until_pushes(talk, 4)
    talk.press_token("set:quiz:1800")
    talk.wait(days=60)
    assert after(talk) == [0, 1, 2, 5, *(6 + day for day in SCHEDULE)]


def test_a_pause_is_a_sign_of_life_and_its_end_is_none(talk: Talk) -> None:
    until_pushes(talk, 4)
    talk.press_token("pause:1w:")
    talk.wait(days=70)
    assert after(talk) == [0, 1, 2, 5, *(13 + day for day in SCHEDULE)]


def test_f8_sixty_days_without_a_restart_are_sixty_pushes_to_somebody_who_answers(
    talk: Talk,
) -> None:
    for _ in range(60):
        talk.wait_until((talk.now + timedelta(days=1)).replace(hour=20, minute=30))
        talk.answer()
    assert after(talk) == list(range(60))


def test_an_answer_every_third_day_keeps_the_quiz_daily(talk: Talk) -> None:
    for n in range(1, 31):
        talk.wait_until((talk.now + timedelta(days=1)).replace(hour=20, minute=30))
        if n % 3 == 0:
            talk.answer()
    assert after(talk) == list(range(30))


def test_t37_days_the_taper_leaves_out_count_neither_way(talk: Talk) -> None:
    """Three days kept, three missed pushes, then slow ones: only planned days are rows."""
    until_pushes(talk, 4)
    mine = talk.candidate_id
    with talk.database.begin() as store:
        planned = store.quizzes.daily_days(mine, "Africa/Casablanca")
    assert [(day - date(2026, 11, 24)).days for day in planned] == [0, 1, 2, 3, 6]
    assert list(planned.values()) == [True, False, False, False, False]


@pytest.mark.parametrize("language", LANGUAGES)
def test_t38_no_greeting_comes_back_within_seven_sends_late_slow_or_put_off(
    language: str,
) -> None:
    talk = Talk(language=language)
    talk.join(hour="08:00")
    openings: list[str] = []

    def note() -> None:
        openings.append(talk.shows(HEADINGS[language]).text.splitlines()[0])

    for n in range(30):
        seen = len(push_days(talk))
        while len(push_days(talk)) == seen:
            talk.now = (talk.now + timedelta(days=1)).replace(
                hour=8, minute=25 if n % 4 == 1 else 0
            )
            talk.fire_due()
        note()
        if n % 5 == 2:
            talk.press("⏰", bubble=talk.shows(HEADINGS[language]))
            talk.wait(hours=2)
            note()
        if n in {8, 20}:
            talk.say("/quiz")
    assert len(openings) >= 30
    for first in range(len(openings) - 7):
        assert len(set(openings[first : first + 8])) == 8, openings
    assert me(talk).quiz_time == time(8)


def test_the_notice_is_asked_about_no_more_once_the_quiz_is_silent() -> None:
    talk = joined()
    talk.wait(days=150)
    asked = pushes(talk, NOTICE_ASKED)
    assert len(asked) == 6
    seen = len(talk.chat.bubbles)
    talk.press("Pas encore", bubble=asked[-1])
    talk.wait(days=7)
    assert any(NOTICE_ASKED in bubble.text for bubble in talk.chat.bubbles[seen:])


def test_whoever_answers_about_the_notice_each_week_is_there_for_the_quiz_too() -> None:
    talk = joined()
    for week in range(1, 13):
        talk.wait(days=7)
        assert len(pushes(talk, NOTICE_ASKED)) == 1, week
        talk.press("Pas encore")
    assert after(talk, START.date())[-4:] == [77, 78, 79, 82]
