"""/sets: timed thematic sets, from the list to the result, whatever happens in between."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from bot.domain.quiz import Quiz
from bot.messages import Address
from bot.storage.database import Database
from bot.storage.tables import quiz_items, quizzes, timers
from content.schema import LANGUAGES
from tests.lives import settle
from tests.talk import MOST_PLAIN, START, Talk, pack, texts

SECOND = timedelta(seconds=1)
TWENTY = pack().sets["set-amo"]


@pytest.fixture
def talk() -> Talk:
    talk = Talk()
    settle(talk)
    return talk


def start(talk: Talk, set_id: str = "set-amo") -> Quiz:
    """Open the set from the list and start it."""
    talk.say("/sets")
    talk.press_token(f"sets:{set_id}:show", ref=talk.screen.ref)
    talk.press_token(f"sets:{set_id}:start", ref=talk.screen.ref)
    return the_set(talk)


def running(talk: Talk) -> Quiz | None:
    candidate_id = talk.candidate_id
    with talk.database.begin() as store:
        return store.quizzes.running_set(candidate_id)


def the_set(talk: Talk) -> Quiz:
    found = running(talk)
    assert found is not None
    return found


def reload(talk: Talk, quiz: Quiz) -> Quiz:
    candidate_id = talk.candidate_id
    with talk.database.begin() as store:
        found = store.quizzes.get(quiz.id, candidate_id)
    assert found is not None
    return found


def one_letter(talk: Talk) -> str:
    """A token that answers the open question at once: the set goes on to one with one key."""
    quiz = the_set(talk)
    assert quiz.current is not None
    single = next(
        q
        for q in pack().questions.values()
        if len(q.key) == 1 and q.topic == "social-protection" and q.id not in str(quiz.items)
    )
    with talk.database.begin() as store:
        store.quizzes.swap(quiz.id, quiz.current.position, single)
    return f"quiz:{quiz.id}:a{quiz.current.position}{min(single.key)}"


# --- the list and the start ---


@pytest.mark.parametrize("language", LANGUAGES)
def test_m40_a_set_is_chosen_started_answered_and_ends_with_its_badge(language: str) -> None:
    talk = Talk(language=language)
    settle(talk)
    talk.say("/sets")
    for number, each in enumerate(pack().sets.values(), 1):
        assert f"{number}. {each.name.in_language(language)}" in talk.screen.text
    assert "0/6" in talk.screen.text
    bubble = talk.screen
    talk.press("3", bubble=bubble)
    assert "20" in talk.screen.text
    talk.press("▶", bubble=bubble)
    assert "1/20" in talk.screen.text
    for number in range(20):
        assert f"{number + 1}/20" in talk.screen.text
        assert len(talk.screen.payload["text"]) <= MOST_PLAIN
        talk.answer(right=number >= 8)
        assert talk.notice == "" or number == 19
    assert "12/20" in talk.screen.text
    assert "✅" in talk.screen.text
    assert talk.screen is bubble, "one message from the start to the result"
    talk.say("/sets")
    assert "1/6" in talk.screen.text
    assert f"✅ 3. {pack().sets['set-administration'].name.in_language(language)}" in (
        talk.screen.text
    )


def test_under_sixty_percent_there_is_a_best_result_and_no_badge(talk: Talk) -> None:
    start(talk)
    for number in range(20):
        talk.answer(right=number >= 9)
    assert "11/20" in talk.screen.text
    assert "Le badge est à 12/20" in talk.screen.text
    talk.say("/sets")
    assert "0/6" in talk.screen.text
    assert f"🔸 1. {TWENTY.name.fr} : 11/20" in talk.screen.text
    talk.press("1")
    assert "Votre meilleur résultat : 11/20" in talk.screen.text


def test_the_screen_before_the_start_starts_nothing(talk: Talk) -> None:
    talk.say("/sets")
    talk.press("1")
    assert "20 questions en 20 minutes" in talk.screen.text
    assert running(talk) is None
    assert list(talk.screen.buttons) == ["▶ Commencer", "← Les séries", "Menu"]
    talk.press("←")
    assert "Séries thématiques" in talk.screen.text


def test_a_doubled_start_finds_the_one_set_where_it_is(talk: Talk) -> None:
    quiz = start(talk)
    talk.answer()
    talk.press_token("sets:set-amo:start", ref=talk.screen.ref)
    assert the_set(talk).id == quiz.id
    assert "2/20" in talk.screen.text


def test_another_set_waits_the_candidate_goes_on_or_gives_up(talk: Talk) -> None:
    quiz = start(talk)
    talk.answer()
    talk.press_token("sets:set-tools:start")
    assert "Une série est en cours" in talk.screen.text
    assert "Réponses données : 1/20" in talk.screen.text
    talk.press("▶ Reprendre")
    assert "2/20" in talk.screen.text
    talk.press_token("sets:set-tools:start")
    talk.press("Arrêter")
    assert "Série arrêtée" in talk.screen.text
    assert reload(talk, quiz).outcome == "given_up"
    talk.say("/sets")
    assert f"▫️ 1. {TWENTY.name.fr}" in talk.screen.text, "a set given up is no result"
    assert start(talk, "set-tools").set_id == "set-tools"


def test_a_set_mostly_met_today_comes_back_tomorrow_rather_than_shorter(talk: Talk) -> None:
    for _ in range(3):
        start(talk, "set-users")
        for _ in range(15):
            talk.answer()
    talk.press_token("sets:set-users:start")
    assert "Revenez demain" in talk.screen.text
    assert running(talk) is None


def test_a_pack_without_sets_says_so() -> None:
    talk = Talk(the_pack=replace(pack(), sets={}))
    settle(talk)
    talk.say("/sets")
    assert "pas encore de série" in talk.screen.text
    for gesture in ("/progress", "/library"):
        talk.say(gesture)
        assert "Séries" not in talk.screen.text
        assert not [label for label in talk.screen.buttons if "Séries" in label]


# --- answers ---


def test_an_answer_leads_straight_to_the_next_question_with_a_toast(talk: Talk) -> None:
    start(talk)
    talk.press_token(one_letter(talk), ref=talk.screen.ref)
    assert talk.notice == "✅ Bonne réponse"
    assert "2/20" in talk.screen.text
    wrong = one_letter(talk)
    wrong = wrong[:-1] + next(letter for letter in "abcd" if letter != wrong[-1])
    talk.press_token(wrong, ref=talk.screen.ref)
    assert talk.notice.startswith("❌")
    assert "3/20" in talk.screen.text
    assert "À retenir" not in talk.screen.text


def test_t45_how_sure_one_is_is_not_asked_against_the_clock(talk: Talk) -> None:
    talk.press_token("set:confidence:yes")
    start(talk)
    talk.press_token(one_letter(talk), ref=talk.screen.ref)
    assert "2/20" in talk.screen.text


def test_a_doubled_press_counts_once_and_the_set_stays_where_it_is(talk: Talk) -> None:
    quiz = start(talk)
    token = one_letter(talk)
    talk.press_token(token, ref=talk.screen.ref)
    talk.press_token(token, ref=talk.screen.ref)
    assert talk.notice.startswith("Déjà noté")
    assert "2/20" in talk.screen.text
    assert sum(item.is_answered for item in reload(talk, quiz).items) == 1


@pytest.mark.parametrize(
    "token",
    [
        "quiz:1:a7a",
        "quiz:1:a0z",
        "quiz:1:m0",
        "quiz:1:m٣",
        "quiz:1:s0.3",
        "quiz:1:",
        "sets:1:stop9",
        "sets:999:stop",
        "sets:nobody:start",
        "sets:nobody:show",
        "sets::::",
        "sets:٣:stop",
    ],
)
def test_a_forged_press_changes_nothing(talk: Talk, token: str) -> None:
    quiz = start(talk)
    talk.press_token(token)
    assert reload(talk, quiz) == quiz
    assert talk.screen.buttons
    with talk.database.begin() as store:
        assert store.faults.count() == 0


def test_nobody_stops_or_answers_somebody_else_s_set(talk: Talk) -> None:
    quiz = start(talk)
    talk.move_to("telegram", "2002")
    settle(talk)
    for value in ("a0a", "n0", "m0"):
        talk.press_token(f"quiz:{quiz.id}:{value}")
    talk.press_token(f"sets:{quiz.id}:stop")
    talk.move_to("telegram", "1001")
    assert reload(talk, quiz) == quiz


# --- time ---


def test_the_message_shows_the_minutes_left_at_each_press(talk: Talk) -> None:
    start(talk)
    assert "Encore 20 minutes" in talk.screen.text
    talk.now += timedelta(minutes=7, seconds=30)
    talk.answer()
    assert "Encore 12 minutes" in talk.screen.text
    talk.now += timedelta(minutes=11, seconds=40)
    talk.answer()
    assert "Dernière minute" in talk.screen.text


def test_f1_an_answer_five_seconds_after_the_end_counts_and_a_later_one_does_not(
    talk: Talk,
) -> None:
    quiz = start(talk)
    assert quiz.deadline_at is not None
    first = one_letter(talk)
    talk.now = quiz.deadline_at + 5 * SECOND
    talk.press_token(first, ref=talk.screen.ref)
    assert talk.notice == "✅ Bonne réponse"
    second = one_letter(talk)
    talk.now += timedelta(microseconds=1)
    talk.press_token(second, ref=talk.screen.ref)
    assert "Le temps est écoulé" in talk.notice
    after = reload(talk, quiz)
    assert (after.outcome, after.right) == ("time_over", 1)
    assert f"{TWENTY.name.fr} : 1/20" in talk.screen.text


def test_the_end_closes_the_set_with_its_result_even_if_nobody_presses(talk: Talk) -> None:
    quiz = start(talk)
    bubble = talk.screen
    talk.answer()
    talk.answer(right=False)
    shown = len(talk.chat.bubbles)
    talk.wait(minutes=20, seconds=6)
    assert reload(talk, quiz).outcome == "time_over"
    assert len(talk.chat.bubbles) == shown, "the question's message becomes the result"
    assert f"{TWENTY.name.fr} : 1/20" in bubble.text
    assert "18 questions sans réponse" in bubble.text
    assert next(iter(bubble.buttons)) == "Revoir mes erreurs"


def test_unanswered_questions_are_no_mistakes_and_may_come_back(talk: Talk) -> None:
    quiz = start(talk)
    talk.answer(right=False)
    talk.wait(minutes=21)
    candidate_id = talk.candidate_id
    with talk.database.begin() as store:
        answers = store.quizzes.answers(candidate_id)
        met = store.quizzes.history(candidate_id)
    assert [answer.item_id for answer in answers] == [quiz.items[0].item_id]
    assert sum(each.correct is None for each in met) == 19
    talk.say("/journal")
    assert pack().questions[quiz.items[0].item_id].rationale.fr in talk.screen.text


def test_my_mistakes_are_reviewed_one_by_one_with_their_verdict(talk: Talk) -> None:
    quiz = start(talk)
    for number in range(20):
        talk.answer(right=number not in {4, 11})
    talk.press("Revoir mes erreurs")
    for position, onward in ((4, "Erreur suivante"), (11, "Trier mes erreurs")):
        question = pack().questions[quiz.items[position].item_id]
        assert question.rationale.fr in talk.screen.text
        assert all(option.why.fr in talk.screen.text for option in question.options)
        talk.press(onward)
    assert "Journal d’erreurs" in talk.screen.text


def test_an_old_button_of_a_finished_set_shows_its_result(talk: Talk) -> None:
    quiz = start(talk, "set-users")
    for _ in range(15):
        talk.answer()
    for value in ("a3b", "v3", "n2", "m0"):
        talk.press_token(f"quiz:{quiz.id}:{value}", ref=talk.screen.ref)
        assert "15/15" in talk.screen.text
        assert reload(talk, quiz).right == 15


def test_the_timer_goes_with_the_set(talk: Talk) -> None:
    start(talk, "set-users")
    for _ in range(15):
        talk.answer()
    with talk.database.engine.connect() as connection:
        kinds = connection.execute(sa.select(timers.c.kind)).scalars().all()
    assert "set_end" not in kinds


def test_while_nobody_has_shown_a_sign_of_life_the_end_waits(talk: Talk) -> None:
    """A lone worker fires timers while the process that takes answers is down."""
    quiz = start(talk)
    assert quiz.deadline_at is not None
    with talk.database.begin() as store:
        store.install.note_alive(None, talk.now + SECOND)
    talk.wait(minutes=25)
    assert the_set(talk).id == quiz.id
    with talk.database.begin() as store:
        store.install.note_alive(store.install.alive_at(), talk.now)
    talk.wait(seconds=30)
    assert running(talk) is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_screen_of_a_set_is_in_the_candidate_s_language_and_leads_on(language: str) -> None:
    talk = Talk(language=language)
    settle(talk)

    def says(key: str) -> None:
        found = texts().template(f"sets.{key}", talk.language, 15)  # type: ignore[arg-type]
        assert found.split("{")[0].strip() in talk.screen.text
        assert talk.screen.buttons

    quiz = start(talk, "set-users")
    says("left")
    talk.answer(right=False)
    talk.say("/sets")
    says("resume_or_stop")
    talk.press_token("sets::go_on", ref=talk.screen.ref)
    talk.wait(minutes=16)
    says("then_review")
    says("no_badge")
    talk.press_token(f"quiz:{quiz.id}:m0", ref=talk.screen.ref)
    assert pack().questions[quiz.items[0].item_id].rationale.in_language(language) in (
        talk.screen.text
    )
    stopped = start(talk, "set-tools")
    talk.press_token(f"sets:{stopped.id}:stop", ref=talk.screen.ref)
    says("given_up")
    says("then_another")


# --- what happens beside it ---


def test_quiz_leads_back_to_a_set_that_runs(talk: Talk) -> None:
    start(talk)
    talk.answer()
    for gesture in ("/quiz", "a"):
        talk.say(gesture)
        assert "2/20" in talk.screen.text
        assert "/sets" in talk.screen.text
    for token in ("quiz::extra", "quiz::retake", "quiz:sheet-amo:sheet"):
        talk.press_token(token)
        assert "2/20" in talk.screen.text


def test_t35_the_day_s_quiz_and_the_report_come_once_the_set_is_over() -> None:
    talk = Talk(now=datetime(2026, 11, 24, 19, 30, tzinfo=UTC))
    talk.join()
    candidate_id = talk.candidate_id
    talk.now += timedelta(minutes=25)
    with talk.database.begin() as store:
        for kind in ("daily_quiz", "weekly_report"):
            store.timers.arm(candidate_id, kind, "", talk.now + timedelta(minutes=16))
    start(talk)
    talk.answer()
    shown = len(talk.chat.bubbles)
    talk.wait(minutes=20)
    assert len(talk.chat.bubbles) == shown
    talk.wait(minutes=20)
    assert talk.shows("Votre semaine") in talk.chat.bubbles[shown:]
    assert talk.shows("Quiz du jour") in talk.chat.bubbles[shown:]


def test_the_day_s_quiz_does_not_replace_a_set(talk: Talk) -> None:
    quiz = start(talk)
    other = Talk(database=talk.database, first_id=5000)
    other.now = talk.now
    other.press_token("quiz::open")
    assert reload(talk, quiz).closed_at is None


def test_t58_a_set_goes_on_at_the_same_question_on_another_channel(talk: Talk) -> None:
    start(talk)
    talk.answer()
    question, left = talk.screen.text, talk.screen
    page = Address(channel="web", chat="cookie")
    candidate_id = talk.candidate_id
    with talk.database.begin() as store:
        store.conversations.open(page, "cookie", candidate_id, talk.now)
    talk.move_to("web", "cookie")
    talk.say("/sets")
    talk.press("▶ Reprendre")
    assert talk.screen.text == question
    talk.wait(minutes=21)
    for bubble in (talk.screen, left):
        assert "sans réponse" in bubble.text, "the result stands wherever the set was played"


def test_f4_a_restart_goes_on_at_the_same_question_with_the_time_that_is_left(
    tmp_path: object,
) -> None:
    url = f"sqlite:///{tmp_path}/coach.db"
    talk = Talk(database=Database(url))
    settle(talk)
    start(talk)
    talk.answer()
    again = Talk(database=Database(url), now=START + timedelta(minutes=5), first_id=9000)
    again.chats = talk.chats
    again.say("/quiz")
    assert "2/20" in again.screen.text
    assert "Encore 15 minutes" in again.screen.text


def test_a_question_that_left_the_pack_is_swapped_for_one_of_the_set_s_topics(talk: Talk) -> None:
    quiz = start(talk)
    assert quiz.current is not None
    gone = {k: v for k, v in pack().questions.items() if k != quiz.current.item_id}
    other = Talk(database=talk.database, the_pack=replace(pack(), questions=gone), first_id=7000)
    other.say("/quiz")
    assert "retirée" in other.screen.text
    swapped = the_set(talk).current
    assert swapped is not None
    assert pack().questions[swapped.item_id].topic == "social-protection"
    assert [i.item_id for i in the_set(talk).items].count(swapped.item_id) == 1


def test_a_set_that_left_the_pack_is_closed_and_stands_in_nobody_s_way(talk: Talk) -> None:
    quiz = start(talk)
    fewer = {key: each for key, each in pack().sets.items() if key != "set-amo"}
    other = Talk(database=talk.database, the_pack=replace(pack(), sets=fewer), first_id=7000)
    other.press_token(f"quiz:{quiz.id}:a0a")
    other.say("/sets")
    other.press_token("sets:set-tools:start")
    assert the_set(talk).set_id == "set-tools"
    with talk.database.begin() as store:
        assert store.faults.count() == 0


def test_pause_export_and_forget_are_whole_while_a_set_runs(talk: Talk) -> None:
    quiz = start(talk)
    talk.say("/pause")
    talk.press_token("pause:1d:")
    talk.say("/mydata")
    assert talk.screen.file is not None
    candidate_id = talk.candidate_id
    with talk.database.begin() as store:
        kept = json.loads(json.dumps(store.privacy.everything(candidate_id)))
    (row,) = [each for each in kept["quizzes"] if each["id"] == quiz.id]
    assert row["set_id"] == "set-amo"
    assert row["deadline_at"].startswith("2026-11-24T10:20")
    assert "set_end" in {timer["kind"] for timer in kept["timers"]}
    with talk.database.begin() as store:
        store.privacy.forget(candidate_id)
    with talk.database.engine.connect() as connection:
        for table in (quizzes, quiz_items, timers):
            assert connection.execute(sa.select(sa.func.count()).select_from(table)).scalar() == 0


def test_t6_a_set_s_answers_feed_the_first_gate_and_progress_counts_badges(talk: Talk) -> None:
    start(talk)
    for _ in range(20):
        talk.answer()
    talk.say("/progress")
    assert "100 % sur 20 des 40 réponses de fiches et de séries" in talk.screen.text
    assert "Séries thématiques : 1/6" in talk.screen.text


def test_the_library_and_the_day_s_end_lead_to_the_sets(talk: Talk) -> None:
    talk.say("/library")
    talk.press("⏱ Séries")
    assert "Séries thématiques" in talk.screen.text
    talk.say("/quiz")
    for _ in range(5):
        talk.answer()
    talk.say("/quiz")
    talk.press("⏱ Séries")
    assert "Séries thématiques" in talk.screen.text
