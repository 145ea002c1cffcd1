"""/oral: a mock interview from its checklist to its report, in three languages (T19, M54-M62)."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from bot.domain.assessment.verdict import ADVICE
from bot.domain.frames import RUBRICS
from bot.domain.mock import COUNTS
from bot.storage.tables import drafts, mocks
from content.schema import LANGUAGES
from tests.handlers.mock_orals import (
    BARE,
    GOOD,
    answer,
    play,
    press,
    reload,
    running,
    settled,
    start,
    the_mock,
)
from tests.talk import MOST_PLAIN, Talk, pack, texts


@pytest.fixture
def talk() -> Talk:
    return settled()


def plain(talk: Talk) -> str:
    """The newest message, its hard spaces as plain ones."""
    return talk.screen.text.replace("\xa0", " ")


def rows(talk: Talk, table: object) -> list[dict[str, object]]:
    with talk.database.engine.connect() as connection:
        return [dict(row) for row in connection.execute(table.select()).mappings()]  # type: ignore[attr-defined]


# --- before ---


def test_m62_three_things_to_have_ready_stand_before_each_mock(talk: Talk) -> None:
    talk.say("/oral")
    ready = [line for line in plain(talk).splitlines() if line.startswith(("▫️", "✅"))]
    assert len(ready) == 3
    assert "présentation" in ready[0]
    assert "STAR : 0 dans la banque" in ready[1]
    assert "CNOPS" in ready[2]
    assert list(talk.screen.buttons) == ["20 min", "25 min", "30 min", "Menu"]


def test_what_is_ready_is_ticked(talk: Talk) -> None:
    talk.say("/pitch")
    talk.say(GOOD["fr"])
    talk.press("Terminer ici")
    talk.say("/oral")
    assert "✅ Votre présentation de 60 secondes" in plain(talk)


@pytest.mark.parametrize("door", ["/menu", "/library"])
def test_the_menu_and_the_library_lead_to_it(talk: Talk, door: str) -> None:
    talk.say(door)
    talk.press("🎙")
    assert "Oral blanc" in talk.screen.text


# --- while it runs ---


@pytest.mark.parametrize("count", COUNTS)
def test_m54_so_many_questions_in_five_minutes_each(talk: Talk, count: int) -> None:
    mock = start(talk, count)
    assert len(mock.plan) == count
    assert mock.deadline_at - talk.now == timedelta(minutes=5 * count)
    assert f"question 1/{count}" in talk.screen.text
    assert f"Encore {5 * count} minutes" in talk.screen.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_whole_mock_in_each_language(language: str) -> None:
    """Typed in two messages, spoken and ticked, skipped, followed up, reported on."""
    talk = settled(language)
    start(talk)
    talk.say(BARE[language])
    talk.say(GOOD[language])
    assert BARE[language] in talk.screen.text
    press(talk, "done")
    seen_follow_up = False
    turns = 0
    while (mock := running(talk)) is not None:
        assert mock.current is not None
        seen_follow_up = seen_follow_up or not mock.is_main(mock.current)
        turns += 1
        if turns % 3 == 1:
            talk.speak(70)
            press(talk, f"tick.on.{mock.current.part_ids[0]}")
            press(talk, "done")
        elif turns % 3 == 2:
            press(talk, "skip")
        else:
            answer(talk, BARE[language])
    assert seen_follow_up
    report = talk.screen.payload["text"]
    assert report.startswith("🏁")
    assert 400 < len(report) <= MOST_PLAIN
    assert "{" not in report
    for number in ("1.", "2.", "3.", "4."):
        assert f"<b>{number}" in report.replace("\u2066", "").replace("\u2069", "")
    with talk.database.begin() as store:
        assert store.faults.count() == 0


def test_an_answer_in_several_messages_is_given_with_one_button(talk: Talk) -> None:
    mock = start(talk)
    for text in ("Je suis", "économiste", "à Fès"):
        talk.say(text)
    assert "3 messages" in talk.screen.text
    assert "✅ J’ai répondu" in talk.screen.buttons
    press(talk, "done")
    first = reload(talk, mock).answers[0]
    assert [note.text for note in first.notes] == ["Je suis", "économiste", "à Fès"]
    assert first.is_finished


def test_a_follow_up_is_drawn_from_what_the_answer_lacks(talk: Talk) -> None:
    mock = start(talk)
    answer(talk, "Je suis Salma, licenciée en économie de l'université de Fès.")
    assert "question 1/4, relance" in plain(talk)
    follow = the_mock(talk).answers[1]
    assert follow.prompt_id in pack().follow_ups
    first = reload(talk, mock).answers[0]
    assert first.assessment is not None
    gap = pack().follow_ups[follow.prompt_id].gap
    assert gap in {first.assessment.focus, first.assessment.advice}
    assert pack().follow_ups[follow.prompt_id].question.fr in talk.screen.text
    answer(talk, "L'assuré gagne du temps : son dossier est traité en dix jours.")
    assert "question 2/4" in plain(talk)
    assert "relance" not in plain(talk)


def test_a_skipped_question_gets_no_follow_up_and_an_empty_answer_cannot_be_given(
    talk: Talk,
) -> None:
    start(talk)
    press(talk, "done")
    assert "Rien n’est encore écrit" in talk.notice
    press(talk, "skip")
    assert "question 2/4" in plain(talk)
    assert "relance" not in plain(talk)


def test_a_doubled_press_gives_one_answer(talk: Talk) -> None:
    mock = start(talk)
    talk.say(GOOD["fr"])
    token = f"mock:{mock.id}:done.0"
    talk.press_token(token, ref=talk.screen.ref)
    before = the_mock(talk)
    talk.press_token(token, ref=talk.screen.ref)
    assert the_mock(talk) == before
    assert "écran précédent" in talk.notice


def test_starting_twice_is_one_mock(talk: Talk) -> None:
    mock = start(talk)
    talk.press_token("mock::start.6", ref=talk.screen.ref)
    assert the_mock(talk) == mock
    assert len(rows(talk, mocks)) == 1


@pytest.mark.parametrize(
    "token",
    [
        "mock::start.5000", "mock::start.", "mock:x:done.0", "mock:99:done.0", "mock:1:done.7",
        "mock:1:tick.0.on.nowhere", "mock:1:tick", "mock:1:see.1", "mock:1:work", "mock:1:resume",
        "mock:1:forget", "mock:999999999999999999:end", "oral:1:finish", "oral:1:resume",
        "oral:1:tick-who", "bank:1:keep",
    ],
)  # fmt: skip
def test_a_forged_press_changes_nothing(talk: Talk, token: str) -> None:
    start(talk)
    talk.say("Je suis économiste")
    before = the_mock(talk)
    talk.press_token(token)
    assert the_mock(talk) == before
    with talk.database.begin() as store:
        assert store.faults.count() == 0


def test_another_candidate_s_mock_cannot_be_touched(talk: Talk) -> None:
    mock = start(talk)
    talk.move_to("telegram", "2002")
    talk.join()
    for action in ("end", "done.0", "pause", "work"):
        talk.press_token(f"mock:{mock.id}:{action}")
    talk.move_to("telegram", "1001")
    assert the_mock(talk) == mock


def test_prep_beside_a_mock_is_an_answer_of_its_own(talk: Talk) -> None:
    talk.say("/prep")
    talk.say("Je veux rejoindre la CNOPS")
    mock = start(talk)
    talk.say("Je suis économiste")
    talk.say("/pitch")
    assert "Je suis économiste" not in talk.screen.text
    talk.say("/prep")
    assert "Je veux rejoindre la CNOPS" in talk.screen.text
    talk.say("parce que")
    talk.say("/oral")
    assert "Votre oral est en cours" in plain(talk)
    assert "Je suis économiste" in talk.screen.text
    assert [note.text for note in reload(talk, mock).answers[0].notes] == ["Je suis économiste"]


def test_an_edited_message_changes_the_open_answer_and_no_given_one(talk: Talk) -> None:
    mock = start(talk)
    typed = talk.typed_of("Je suis économste")
    talk.hand_in(typed)
    talk.edit(typed.message_ref, "Je suis économiste")
    assert "Je suis économiste" in talk.screen.text
    press(talk, "done")
    talk.edit(typed.message_ref, "autre chose")
    assert "n’est pas prise" in talk.screen.text
    assert reload(talk, mock).answers[0].notes[0].text == "Je suis économiste"


def test_a_file_beside_the_answer_leads_away_from_nothing(talk: Talk) -> None:
    start(talk)
    talk.send_file()
    assert not talk.screen.buttons


def test_a_set_that_runs_is_finished_first(talk: Talk) -> None:
    talk.press_token("sets:set-amo:start")
    talk.say("/oral")
    assert "un seul chrono" in talk.screen.text
    talk.press_token("mock::start.4")
    assert "un seul chrono" in talk.screen.text
    assert running(talk) is None


# --- the report ---


def test_the_report_says_how_the_score_comes_about(talk: Talk) -> None:
    mock = play(talk, GOOD["fr"], GOOD["fr"], GOOD["fr"], BARE["fr"])
    text = plain(talk)
    scores = [each.score for each in mock.results]
    shown = re.findall(r"^\d\. .* · ✍️ (\d)/5", text, re.MULTILINE)
    assert [int(each) for each in shown] == scores
    tenths = int(10 * sum(scores) / 4 + 0.5)
    head = re.search(r"Oral blanc : ([\d,]+)/5", text)
    assert head is not None
    assert round(10 * float(head[1].replace(",", "."))) == tenths
    assert "C’est la moyenne des 4 questions, chacune notée sur 5" in text
    assert "✍️ 4 réponses lues" in text
    assert "min sur 20" in text
    assert "La clarté et l’écoute ne se mesurent pas" in text
    assert "Vos oraux, 1 sur 4" in text


def test_skipped_questions_count_nothing_and_say_so(talk: Talk) -> None:
    start(talk)
    answer(talk)
    while running(talk) is not None:
        press(talk, "skip")
    assert "3 questions sans réponse : 0" in plain(talk)
    assert plain(talk).count("▫️ sans réponse") == 3


def test_one_button_leads_to_what_to_work_on(talk: Talk) -> None:
    mock = play(talk, GOOD["fr"], GOOD["fr"], GOOD["fr"], BARE["fr"])
    weakest = min(range(4), key=lambda index: mock.results[index].score)
    assert f"À travailler d’abord : la question {weakest + 1}" in plain(talk)
    answered = mock.exchanges[weakest].answer
    talk.press("Refaire la n")
    assert answered is not None
    assert answered.notes[0].text[:20] in talk.screen.text
    newest = rows(talk, drafts)[-1]
    assert (newest["rewrite_of"], newest["mock_id"]) == (answered.id, None)


def test_a_skipped_question_is_worked_on_from_nothing(talk: Talk) -> None:
    start(talk)
    press(talk, "skip")
    answer(talk)
    while running(talk) is not None:
        press(talk, "skip")
    talk.press("Refaire la n")
    newest = rows(talk, drafts)[-1]
    assert (newest["prompt_id"], newest["mock_id"]) == ("pitch", None)
    assert "Présentez-vous en 60 secondes" in talk.screen.text


def test_a_number_opens_the_whole_feedback_below_the_report(talk: Talk) -> None:
    play(talk)
    report = talk.screen
    talk.press("1", bubble=report)
    assert "Votre retour" in talk.screen.text
    assert report.text.startswith("🏁")


def test_m61_the_trend_shows_the_last_four_and_counts_to_four(talk: Talk) -> None:
    for number in range(1, 6):
        play(talk, BARE["fr"] if number % 2 else GOOD["fr"])
        assert f"Vos oraux, {min(number, 4)} sur 4" in plain(talk)
    trend = next(line for line in plain(talk).splitlines() if line.startswith("📈"))
    assert trend.count("→") == 3
    talk.say("/oral")
    assert "Oraux faits : 4 sur 4" in plain(talk)


def test_a_mock_that_was_given_up_does_not_count_and_is_kept(talk: Talk) -> None:
    mock = start(talk)
    answer(talk)
    press(talk, "stop")
    assert "Arrêter cet oral ?" in plain(talk)
    press(talk, "end")
    assert "Oral arrêté" in talk.screen.text
    assert "/5" not in talk.screen.text.splitlines()[0]
    kept = reload(talk, mock)
    assert kept.outcome == "given_up"
    assert kept.answers[0].notes
    talk.say("/oral")
    assert "Oraux faits : 0 sur 4" in plain(talk)


def test_the_question_whether_to_stop_leads_back(talk: Talk) -> None:
    start(talk)
    press(talk, "stop")
    press(talk, "go_on")
    assert "question 1/4" in talk.screen.text


def test_a_message_after_the_end_is_a_question_to_the_coach(talk: Talk) -> None:
    play(talk)
    talk.say("bonjour")
    assert "Oral blanc" not in talk.screen.text


def test_what_was_asked_in_a_mock_is_not_asked_in_the_next(talk: Talk) -> None:
    asked: list[str] = []
    for _ in range(3):
        asked += [each.prompt_id for each in play(talk, BARE["fr"]).plan[1:]]
    assert len(set(asked)) == len(asked) == 9


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_advice_that_an_assessment_may_give_has_its_short_words(language: str) -> None:
    mends = {
        advice
        for rubric in RUBRICS.values()
        for part in rubric.parts
        for advice in (part.if_missing, part.if_weak)
    }
    for advice in {*ADVICE, *mends, "add_plan"} - {"none"}:
        assert texts().template(f"mock.do_{advice}", language, None)  # type: ignore[arg-type]


def test_a_pitch_without_its_speaker_is_told_to_say_who_not_to_say_i(talk: Talk) -> None:
    play(
        talk, "J'ai trié 40 dossiers et le délai est passé de 60 à 20 jours pour les assurés.", ""
    )
    report = plain(talk)
    assert "❌\xa0Qui je suis" in talk.screen.text
    assert "👉 Dites qui vous êtes" in report
    assert "votre part à vous" not in report.split("2. ")[0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_longest_report_fits_one_message(language: str) -> None:
    talk = settled(language)
    words = f"{GOOD[language]} {GOOD[language]}"
    play(talk, words, BARE[language], count=6)
    assert len(talk.screen.payload["text"]) <= 2200


# --- the gate ---


def test_t6_progress_says_where_the_oral_stands(talk: Talk) -> None:
    def oral() -> str:
        talk.say("/progress")
        assert len(talk.screen.text) <= 900
        return next(line for line in plain(talk).splitlines() if "12/20" in line)

    assert "deux oraux blancs à faire (/oral)" in oral()
    play(talk)
    assert re.search(r"oral stable : [\d,]+/5, un second à faire", oral())
    _suppose(talk, 3, 3, 3, 3)
    assert "✅ oral stable : 3 puis 3/5" in _gate_after(talk, oral, 3, 3, 3, 3)
    assert "oral pas encore stable : 3 puis 2,8/5 (/oral)" in _gate_after(talk, oral, 3, 3, 3, 2)
    assert "pas encore mesuré" in oral()


def _gate_after(talk: Talk, oral: object, *scores: int) -> str:
    _suppose(talk, *scores)
    return oral()  # type: ignore[operator, no-any-return]


def _suppose(talk: Talk, *scores: int) -> None:
    """One more mock, with these results."""
    mock = play(talk)
    kept = [{"how": "read", "score": each, "follow": "none"} for each in scores]
    with talk.database.engine.begin() as connection:
        connection.execute(mocks.update().where(mocks.c.id == mock.id).values(results=kept))


def test_the_gate_says_that_part_of_it_was_ticked(talk: Talk) -> None:
    play(talk)
    start(talk)
    while (mock := running(talk)) is not None:
        assert mock.current is not None
        talk.speak(70)
        for part in mock.current.part_ids:
            press(talk, f"tick.on.{part}")
        press(talk, "done")
    talk.say("/progress")
    assert "en partie coché par vous" in talk.screen.text
