"""/journal: one tap a miss."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.talk import START, Talk, pack


@pytest.fixture
def missed(talk: Talk) -> Talk:
    """A candidate who missed two of today's five."""
    talk.join()
    for right in (True, False, True, False, True):
        talk.answer(right=right)
    return talk


def cause_token(talk: Talk, cause: str) -> str:
    return next(t for t in talk.screen.buttons.values() if t.endswith(f":{cause}"))


def test_without_a_miss_the_journal_is_warm_and_leads_to_the_quiz(talk: Talk) -> None:
    talk.join()
    talk.say("/journal")
    assert "aucune erreur" in talk.screen.text
    assert "quiz::open" in talk.screen.buttons.values()


def test_m77_a_miss_shows_both_answers_why_and_four_causes(missed: Talk) -> None:
    missed.say("/journal")
    for part in ("Vous :", "Il fallait :", "💡", "Qu’est-ce qui s’est passé ?"):
        assert part in missed.screen.text
    causes = [t.rpartition(":")[2] for t in missed.screen.buttons.values()]
    assert causes[:4] == ["knowledge", "misread", "reasoning", "time"]


def test_t20_one_tap_sorts_a_miss_and_shows_the_next_in_place(missed: Talk) -> None:
    missed.say("/journal")
    bubble, before = missed.screen, missed.screen.text
    missed.press("👓", bubble=bubble)
    assert missed.screen is bubble
    assert bubble.text != before
    assert "Noté : mal lu" in missed.notice
    assert "repérez le mot" in bubble.text
    missed.press("⏱", bubble=bubble)
    assert "Tout est trié" in bubble.text
    assert "mal lu : 1" in bubble.text
    assert "manque de temps : 1" in bubble.text
    me = missed.candidate_id
    with missed.database.begin() as store:
        causes = [a.cause for a in store.quizzes.answers(me) if not a.correct]
    assert causes == ["time", "misread"]


def test_a_doubled_press_counts_once(missed: Talk) -> None:
    missed.say("/journal")
    bubble, token = missed.screen, cause_token(missed, "reasoning")
    missed.press_token(token, ref=bubble.ref)
    missed.press_token(token, ref=bubble.ref)
    me = missed.candidate_id
    with missed.database.begin() as store:
        causes = [a.cause for a in store.quizzes.answers(me)]
    assert causes.count("reasoning") == 1


def test_the_summary_offers_to_take_the_misses_again(missed: Talk) -> None:
    missed.say("/journal")
    missed.press("🤷")
    missed.press("🤷")
    missed.press("🔁")
    assert "Entraînement · 1/2" in missed.screen.text


def test_f10_no_count_of_what_is_left_to_sort_is_shown(talk: Talk) -> None:
    talk.join()
    for _ in range(5):
        talk.answer(right=False)
    talk.say("/journal")
    assert "5" not in talk.screen.text.splitlines()[0]
    assert "restant" not in talk.screen.text


@pytest.mark.parametrize(
    "token",
    [
        "journal:1.1:nonsense",
        "journal:999.0:time",
        "journal:1.0:time",
        "journal:²:time",
        "journal:١.٢:time",
        "journal:99999999999999999999.1:time",
        "journal::time",
        "journal:x:show",
    ],
)
def test_a_forged_press_is_answered_kindly_and_changes_nothing(missed: Talk, token: str) -> None:
    missed.press_token(token)
    assert "écran précédent" in missed.notice
    assert "Journal" in missed.screen.text
    me = missed.candidate_id
    with missed.database.begin() as store:
        assert not any(a.cause for a in store.quizzes.answers(me))


def test_nobody_sorts_another_persons_misses(missed: Talk) -> None:
    missed.say("/journal")
    token = cause_token(missed, "time")
    owner = missed.candidate_id
    missed.move_to("telegram", "2002")
    missed.join()
    missed.press_token(token)
    with missed.database.begin() as store:
        assert not any(a.cause for a in store.quizzes.answers(owner))


def test_an_error_made_again_is_named(talk: Talk) -> None:
    talk.join()
    for _ in range(5):
        talk.answer(right=False)
    talk.press_token("quiz::retake")
    talk.answer(right=False)
    talk.say("/journal")
    assert "Erreur répétée" in talk.screen.text


@pytest.fixture(params=["telegram", "web"])
def on_channel(talk: Talk, request: pytest.FixtureRequest) -> Talk:
    """A candidate of either channel who missed one of Tuesday's five, at noon."""
    talk.move_to(request.param, "3003")
    talk.join()
    for right in (False, True, True, True, True):
        talk.answer(right=right)
    return talk


def missed_ids(talk: Talk) -> list[str]:
    me = talk.candidate_id
    with talk.database.begin() as store:
        return [each.item_id for each in store.quizzes.answers(me) if not each.correct]


def asked(talk: Talk) -> list[str]:
    me = talk.candidate_id
    with talk.database.begin() as store:
        quiz = store.quizzes.open_of(me)
    return [item.item_id for item in quiz.items] if quiz else []


def days_later(talk: Talk, days: int) -> None:
    """Go to ten in the morning so many days after the miss."""
    talk.wait_until(START + timedelta(days=days))


def test_t20_the_journal_says_the_day_of_the_next_try_then_that_it_is_due(
    on_channel: Talk,
) -> None:
    on_channel.say("/journal")
    assert "Prochain nouvel essai : jeudi 26 novembre 2026" in on_channel.screen.text
    on_channel.press("🤷")
    assert "🔁 Nouvel essai : jeudi 26 novembre 2026" in on_channel.screen.text
    days_later(on_channel, 1)
    on_channel.say("/journal")
    assert "prête" not in on_channel.screen.text
    days_later(on_channel, 2)
    on_channel.say("/journal")
    assert "1 question est prête pour un nouvel essai" in on_channel.screen.text


def test_f10_however_many_are_due_no_more_are_spoken_of_than_one_practice_asks(talk: Talk) -> None:
    talk.join()
    for _ in range(15):
        talk.answer(right=False)
        if "quiz::extra" in talk.screen.buttons.values():
            talk.press_token("quiz::extra")
    days_later(talk, 3)
    talk.say("/journal")
    assert "5 questions sont prêtes" in talk.screen.text
    talk.say("/quiz")
    for _ in range(5):
        talk.answer()
    assert "🔁 À retenter" in talk.screen.buttons


def test_t20_extra_practice_offers_what_is_due_on_days_2_and_7_only(on_channel: Talk) -> None:
    (retest,) = missed_ids(on_channel)
    offered = []
    for day in range(1, 9):
        days_later(on_channel, day)
        on_channel.say("/quiz")
        assert retest not in asked(on_channel), "never forced into the daily five"
        for _ in range(5):
            on_channel.answer()
        if "🔁 À retenter" in on_channel.screen.buttons:
            offered.append(day)
            on_channel.press("🔁")
            assert asked(on_channel) == [retest]
            on_channel.answer()
            assert "quiz::retake" not in on_channel.screen.buttons.values()
    assert offered == [2, 7]


def test_a_withdrawn_question_is_not_promised_again(missed: Talk) -> None:
    days_later(missed, 2)
    me, questions = missed.candidate_id, [pack().questions[each] for each in missed_ids(missed)]
    with missed.database.begin() as store:
        for question in questions:
            store.reports.add(me, question, "wrong", missed.now)
            store.reports.decide(question, "withdrawn", "", missed.now)
    missed.say("/journal")
    assert "nouvel essai" not in missed.screen.text


@pytest.mark.parametrize(
    ("language", "heading"), [("ar", "دفتر الأخطاء"), ("en", "Error journal")]
)
def test_it_speaks_the_candidates_language(language: str, heading: str) -> None:
    talk = Talk(language=language)
    talk.join()
    for _ in range(5):
        talk.answer(right=False)
    talk.say("/journal")
    assert heading in talk.screen.text
    for _ in range(5):
        talk.press_token(cause_token(talk, "knowledge"), ref=talk.screen.ref)
    assert "quiz::retake" in talk.screen.buttons.values()
