"""/prep and /pitch: an answer is collected, survives, is finished once, gets honest feedback."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from bot.domain.frames import RUBRICS
from bot.domain.rubric import self_assess
from bot.messages import TextReceived
from bot.storage.tables import draft_texts, drafts, voice_files
from content.schema import LANGUAGES
from tests.lives import settle
from tests.talk import MOST_PLAIN, Bubble, Talk, pack, texts

PARTS = (
    "Je veux rejoindre la CNOPS pour le remboursement des soins",
    "parce que le délai pèse sur les familles modestes",
    "je suis sérieux et j'aide tout le monde",
    "Donc la CNOPS est mon choix",
)

# A whole answer without an example, and the example alone, as a tired candidate sends it.
WHOLE_AND_CASE = {
    "fr": (
        (
            "Il faut informer l'assuré dès le dépôt. Parce qu'un assuré bien informé ne "
            "revient pas deux fois au guichet. Donc informer tôt est la bonne voie."
        ),
        (
            "L'an dernier à la mutuelle de Salé, une dame est venue 3 fois pour une "
            "feuille sans cachet : j'ai affiché la liste et les retours sont passés de 12"
            " à 5 par semaine."
        ),
    ),
    "ar": (
        (
            "يجب إخبار المؤمن له منذ إيداع الملف. لأن المؤمن الذي يعرف الوثائق لا يعود "
            "مرتين إلى الشباك فتربح المصلحة الوقت. لذلك فالإخبار المبكر هو الحل الأفضل."
        ),
        (
            "في السنة الماضية بتعاضدية سلا جاءت سيدة ثلاث مرات بسبب ورقة علاج بدون ختم "
            "فعلقت لائحة الوثائق وانخفضت الملفات المرجعة من 12 إلى 5 في الأسبوع."
        ),
    ),
    "en": (
        (
            "We must inform the insured as soon as the file is lodged. Because an insured"
            " person who knows the papers does not come back twice. So informing early is"
            " the best way."
        ),
        (
            "Last year at the Salé mutual a lady came 3 times for a form without a stamp:"
            " I put up the list and returned files fell from 12 to 5 a week."
        ),
    ),
}


@pytest.fixture
def ready(talk: Talk) -> Talk:
    """A candidate past the welcome."""
    talk.join()
    return talk


def _label(talk: Talk, key: str) -> str:
    return texts().template(key, talk.language, None)  # type: ignore[arg-type]


def _press(talk: Talk, key: str, bubble: Bubble | None = None) -> None:
    talk.press(_label(talk, key), bubble=bubble)


def _plain(talk: Talk) -> str:
    """The newest message, its hard spaces as plain ones."""
    return talk.screen.text.replace("\xa0", " ")


def _write_parts(talk: Talk, parts: tuple[str, ...] = PARTS) -> None:
    """Type each part and close it; the last one asks for the feedback."""
    for number, text in enumerate(parts, 1):
        talk.say(text)
        _press(talk, "oral.next_part" if number < len(parts) else "oral.see_feedback")


def _typed(talk: Talk, text: str, ref: str) -> TextReceived:
    return TextReceived(**talk._common(), text=text, message_ref=ref)


def _rows(talk: Talk, table: object) -> list[dict[str, object]]:
    with talk.database.engine.connect() as connection:
        rows = connection.execute(table.select()).mappings()  # type: ignore[attr-defined]
        return [dict(row) for row in rows]


def test_parts_are_asked_one_by_one_and_the_screen_stays_below_what_is_typed(ready: Talk) -> None:
    ready.say("/prep")
    assert "PREP · 1/4 · Point" in ready.screen.text
    assert "Pourquoi la CNOPS" in ready.screen.text
    ready.say(PARTS[0])
    assert ready.screen.text.count("Je veux rejoindre") == 1
    before = len(ready.chat.bubbles)
    _press(ready, "oral.next_part")
    assert len(ready.chat.bubbles) == before, "a press edits in place"
    assert "PREP · 2/4 · Raison" in ready.screen.text


def test_several_messages_make_one_part(ready: Talk) -> None:
    ready.say("/prep")
    for text in ("Je veux", "rejoindre", "la CNOPS"):
        ready.say(text)
    assert "3 messages" in ready.screen.text
    _press(ready, "oral.finish_here")
    assert "Je veux" in ready.screen.text
    assert [row["text"] for row in _rows(ready, draft_texts)] == [
        "Je veux",
        "rejoindre",
        "la CNOPS",
    ]


def test_t16_feedback_gives_one_advice_and_quotes_the_candidate(ready: Talk) -> None:
    ready.say("/prep")
    _write_parts(ready)
    text = _plain(ready)
    assert text.count("👉") == text.count("✏️") == text.count("❓") == 1
    assert "Rendez l’exemple concret" in text
    assert "« En [mois], à [lieu]" in text
    assert "« je suis sérieux et j'aide tout le monde »" in text
    assert len(text) <= 700


def test_a_skipped_part_is_named(ready: Talk) -> None:
    ready.say("/prep")
    ready.say(PARTS[0])
    _press(ready, "oral.next_part")
    _press(ready, "oral.next_part")
    assert ready.notice == _label(ready, "oral.skipped")
    _press(ready, "oral.next_part")
    ready.say(PARTS[3])
    _press(ready, "oral.see_feedback")
    assert "❌ Raison : laissé vide" in _plain(ready)
    assert "❌ Exemple : laissé vide" in _plain(ready)


def test_nothing_written_cannot_be_finished(ready: Talk) -> None:
    ready.say("/prep")
    ready.press_token("oral:1:finish", ref=ready.screen.ref)
    assert ready.notice == _label(ready, "oral.nothing_yet")
    assert "1/4" in ready.screen.text


def test_all_in_one_message_is_taken_apart(ready: Talk) -> None:
    ready.say("/prep")
    _press(ready, "oral.in_one_go")
    ready.say(
        "Je veux servir à la CNOPS parce que le délai pèse sur les familles. Par exemple en mai, "
        "à la mutuelle, j'ai traité 40 dossiers. Donc je veux y mettre ma rigueur."
    )
    _press(ready, "oral.see_feedback")
    for part in ("Point", "Raison", "Exemple", "Point final"):
        assert f"✅ {part}" in ready.screen.text


def test_a_draft_survives_a_quiz_and_a_restart(ready: Talk) -> None:
    ready.say("/prep")
    ready.say(PARTS[0])
    ready.say("/quiz")
    ready.press("A")
    again = Talk(database=ready.database)
    again._ids = ready._ids
    again.say(PARTS[1])
    assert "2 messages" in again.screen.text


def test_an_unfinished_draft_is_offered_again_with_a_new_question_beside_it(ready: Talk) -> None:
    ready.say("/prep")
    ready.say(PARTS[0])
    _press(ready, "oral.later")
    assert _label(ready, "oral.resume") in ready.screen.buttons
    ready.say("/prep")
    assert _label(ready, "oral.resumed") in ready.screen.text
    assert "Je veux rejoindre" in ready.screen.text
    _press(ready, "oral.another_prep")
    assert "Quel indicateur" in ready.screen.text
    assert [row["finished_at"] for row in _rows(ready, drafts)] == [None, None]


def test_another_question_moves_on_and_leaves_nothing_behind(ready: Talk) -> None:
    ready.say("/prep")
    _press(ready, "oral.another_prep")
    assert "Quel indicateur" in ready.screen.text
    assert len(_rows(ready, drafts)) == 1
    old = ready.screen
    ready.press_token("oral:1:another", ref=old.ref)
    assert "Quel indicateur" in ready.screen.text, "a doubled press counts once"


def test_putting_off_an_untouched_question_keeps_nothing(ready: Talk) -> None:
    ready.say("/prep")
    _press(ready, "oral.later")
    assert _label(ready, "oral.put_off_prep") in ready.screen.text
    assert _rows(ready, drafts) == []


def test_presses_from_earlier_screens_close_nothing_twice(ready: Talk) -> None:
    ready.say("/prep")
    ready.say(PARTS[0])
    first = ready.screen
    _press(ready, "oral.next_part")
    ready.press_token("oral:1:next-0", ref=first.ref)
    assert "2/4" in first.text
    assert ready.notice == _label(ready, "common.stale")
    ready.say(PARTS[1])
    _press(ready, "oral.finish_here")
    ready.press_token("oral:1:finish", ref=ready.screen.ref)
    assert ready.notice == _label(ready, "oral.finished_already")
    ready.press_token("oral:1:next-1", ref=ready.screen.ref)
    assert "Votre retour" in ready.screen.text


@pytest.mark.parametrize(
    "token",
    [
        "oral:1:next-99",
        "oral:1:next-",
        "oral:1:back-0",
        "oral:1:tick-point",
        "oral:1:rewrite",
        "oral:1:show",
        "oral:1:",
        "oral:1:parts:x",
        "oral:99999:finish",
        "oral:٣:finish",
        "oral:²:finish",
        "oral:-1:finish",
        "oral:99999999999999999999:finish",
        "oral::",
        "oral::nothing",
        "bank:1:keep",
        "bank:1:for-1",
        "bank:x:start",
        "bank:prep-limit:start",
        "bank:99:read",
    ],
)
def test_forged_tokens_change_nothing(ready: Talk, token: str) -> None:
    ready.say("/prep")
    ready.say(PARTS[0])
    before = _rows(ready, drafts), _rows(ready, draft_texts)
    ready.press_token(token, ref=ready.screen.ref)
    assert (_rows(ready, drafts), _rows(ready, draft_texts)) == before
    assert ready.last.route != "fault"
    assert "Je veux rejoindre" in ready.screen.text


def test_another_persons_draft_is_out_of_reach(ready: Talk) -> None:
    ready.say("/prep")
    ready.say(PARTS[0])
    ready.move_to("telegram", "2002")
    ready.join()
    ready.say("/prep")
    for value in ("resume", "finish", "later", "show", "rewrite"):
        ready.press_token(f"oral:1:{value}", ref=ready.screen.ref)
        assert not any("Je veux rejoindre" in bubble.text for bubble in ready.chat.bubbles)
    assert _rows(ready, drafts)[0]["finished_at"] is None


def test_an_edited_message_replaces_its_text_in_place(ready: Talk) -> None:
    ready.say("/prep")
    ready.hand_in(_typed(ready, "mal tapé", "m-edit"))
    before = len(ready.chat.bubbles)
    ready.edit("m-edit", "bien tapé")
    assert "bien tapé" in ready.screen.text
    assert len(ready.chat.bubbles) == before
    ready.edit("m-of-nothing", "ailleurs")
    assert len(ready.chat.bubbles) == before


def test_editing_after_the_feedback_leaves_it_and_offers_a_rewrite(ready: Talk) -> None:
    ready.say("/prep")
    ready.hand_in(_typed(ready, PARTS[0], "m-edit"))
    _press(ready, "oral.finish_here")
    ready.edit("m-edit", "autre chose")
    assert _label(ready, "oral.edited_late") in ready.screen.text
    assert _label(ready, "oral.rewrite") in ready.screen.buttons
    assert [row["text"] for row in _rows(ready, draft_texts)] == [PARTS[0]]


def test_a_rewrite_starts_from_the_old_words_at_the_part_to_mend(ready: Talk) -> None:
    ready.say("/prep")
    _write_parts(ready)
    feedback = ready.screen
    _press(ready, "oral.rewrite")
    assert "Votre retour" in feedback.text, "the feedback stays readable above"
    assert "3/4 · Exemple" in ready.screen.text
    assert "Version précédente" in ready.screen.text
    ready.press_token("oral:1:rewrite", ref=feedback.ref)
    assert len(_rows(ready, drafts)) == 2, "a doubled press starts one rewrite"
    ready.say("En mai, à la mutuelle, j'ai réduit l'attente d'une dame de 9 à 3 jours")
    _press(ready, "oral.finish_here")
    assert "Gagné : Exemple. Avant : « je suis sérieux" in _plain(ready)
    first, second = _rows(ready, drafts)
    assert second["rewrite_of"] == first["id"]
    assert first["assessment"] != second["assessment"]


@pytest.mark.parametrize("language", ["fr", "ar", "en"])
def test_a_whole_answer_is_repaired_by_adding_only_the_missing_example(language: str) -> None:
    bare, case = WHOLE_AND_CASE[language]
    talk = Talk(language=language)
    settle(talk)
    talk.say("/prep")
    _press(talk, "oral.in_one_go")
    talk.say(bare)
    _press(talk, "oral.see_feedback")
    example = _label(talk, "oral.part_example")
    assert f"❌ {example}" in talk.screen.text
    _press(talk, "oral.rewrite")
    assert _label(talk, "oral.then_add") in talk.screen.text
    keep = talk.screen.buttons[_label(talk, "oral.keep_and_add")]
    for _ in range(2):
        talk.press_token(keep, ref=talk.screen.ref)
    assert _label(talk, "oral.then_finish") in talk.screen.text
    talk.say(case)
    talk.press_token(keep, ref=talk.screen.ref)
    _press(talk, "oral.see_feedback")
    for part in ("point", "reason", "example"):
        assert f"✅ {_label(talk, f'oral.part_{part}')}" in talk.screen.text
    assert [row["text"] for row in _rows(talk, draft_texts)] == [bare, bare, case], (
        "the first stays as it was"
    )


def test_the_same_answer_gets_the_same_feedback_twice(ready: Talk) -> None:
    ready.say("/prep")
    _write_parts(ready)
    first = ready.screen.text
    ready.press_token("oral:1:show", ref=ready.screen.ref)
    assert ready.screen.text == first


def test_a_text_for_an_answer_finished_elsewhere_is_not_lost_in_silence(ready: Talk) -> None:
    ready.say("/prep")
    ready.say(PARTS[0])
    me = ready.candidate_id
    with ready.database.begin() as store:
        draft = store.drafts.get(1, me)
        assert draft is not None
        store.drafts.finish(draft, self_assess("prep", (), 5), ready.now)
    ready.say("encore un mot")
    assert _label(ready, "oral.nothing_open") in ready.screen.text
    assert _label(ready, "oral.see_feedback") in ready.screen.buttons


# --- voice ---


def test_t18_a_voice_pitch_is_timed_and_ticked(ready: Talk) -> None:
    ready.say("/pitch")
    ready.speak(58)
    assert "🟢 58 s" in _plain(ready)
    for part in ("who", "brings"):
        ready.press_token(f"oral:1:tick-{part}", ref=ready.screen.ref)
        ready.press_token(f"oral:1:tick-{part}", ref=ready.screen.ref)
    ready.press_token("oral:1:untick-brings", ref=ready.screen.ref)
    _press(ready, "oral.see_feedback")
    text = ready.screen.text
    assert "je n’ai pas écouté" in text
    assert "✅ Qui je suis" in text
    assert "❌ Ce que j’apporte" in text


@pytest.mark.parametrize(("seconds", "mark"), [(40, "🟠 40 s"), (80, "🟠 80 s"), (0, "⚪")])
def test_t18_outside_the_target_it_says_why(ready: Talk, seconds: int, mark: str) -> None:
    ready.say("/pitch")
    ready.speak(seconds)
    assert mark in _plain(ready)
    assert "50 à 65 s" in _plain(ready)


def test_a_voice_note_is_kept_only_for_who_chose_so(ready: Talk) -> None:
    ready.say("/prep")
    ready.speak(70, content=b"opus")
    assert _rows(ready, voice_files) == []
    assert _label(ready, "oral.voice_not_kept") in ready.screen.text
    me = ready.candidate_id
    with ready.database.begin() as store:
        store.candidates.change(me, keep_voice=True)
    ready.speak(75, content=b"opus")
    (kept,) = _rows(ready, voice_files)
    assert (kept["content"], kept["seconds"], kept["draft_id"]) == (b"opus", 75, 1)
    assert _label(ready, "oral.voice_kept") in ready.screen.text


def test_typed_words_stay_when_a_voice_note_comes_and_goes(ready: Talk) -> None:
    ready.say("/prep")
    ready.say(PARTS[0])
    ready.speak(70)
    ready.say("un mot de plus")
    assert "note vocale" in ready.screen.text
    _press(ready, "oral.write_instead")
    assert "2 messages" in ready.screen.text


def test_without_a_tick_only_the_time_is_judged(ready: Talk) -> None:
    ready.say("/prep")
    ready.speak(70)
    _press(ready, "oral.see_feedback")
    assert "non évalué" in ready.screen.text
    assert "Refaites un essai en cochant" in ready.screen.text


# --- extremes and languages ---


@pytest.mark.parametrize(
    "text",
    ["🙂" * 50, "<b>gras</b> & <script>", "\u202eabc\u202c", "x" * 4096, "   ", "لأن " * 900],
)
def test_any_text_is_noted_and_assessed(ready: Talk, text: str) -> None:
    ready.say("/prep")
    ready.say(text)
    ready.say("et voilà")
    _press(ready, "oral.finish_here")
    assert ready.last.route != "fault"
    assert "Votre retour" in ready.screen.text
    assert len(ready.screen.text) <= 700


def test_thirty_long_messages_make_a_short_feedback(ready: Talk) -> None:
    ready.say("/prep")
    for _ in range(30):
        ready.say("Je veux servir les assurés parce que leur temps compte. " * 70)
    _press(ready, "oral.finish_here")
    assert len(ready.screen.text) <= 700


@pytest.mark.parametrize("language", ["fr", "ar", "en"])
@pytest.mark.parametrize("stream", range(4))
def test_the_whole_walk_in_each_language_and_stream(language: str, stream: int) -> None:
    talk = Talk(language=language)
    talk.join(stream=stream)
    talk.say("/prep")
    for _ in pack().prep:
        _press(talk, "oral.another_prep")
    _write_parts(talk, ("a b c d", "", "لأن كذا وكذا", "so so"))
    assert talk.last.route != "fault"
    _press(talk, "oral.another_prep")
    _press(talk, "oral.in_one_go")
    _press(talk, "oral.in_parts")
    talk.say("/pitch")
    talk.speak(58)
    _press(talk, "oral.see_feedback")
    _press(talk, "oral.retry")
    assert len(talk.screen.text) <= 700


def test_counts_tell_progress_what_was_finished(ready: Talk) -> None:
    ready.say("/prep")
    _write_parts(ready)
    ready.say("/pitch")
    ready.say("Je m'appelle Salma")
    me = ready.candidate_id
    with ready.database.begin() as store:
        counts = store.drafts.counts(me)
    assert (counts.prep_finished, counts.pitch_finished, counts.star_finished) == (1, 0, 0)
    assert counts.last_prep_at == ready.now
    assert counts.banked == 0


def test_a_rewrite_that_loses_a_part_says_so(ready: Talk) -> None:
    ready.say("/prep")
    _write_parts(ready)
    _press(ready, "oral.rewrite")
    _press(ready, "oral.finish_here")
    assert "Mêmes parties qu’avant" in ready.screen.text
    _press(ready, "oral.rewrite")
    ready.say("En mai, au guichet, j'ai aidé une dame en 5 minutes")
    _press(ready, "oral.part_before")
    ready.say("oui oui oui")
    _press(ready, "oral.finish_here")
    assert "Gagné : Exemple." in _plain(ready)
    assert "Affaibli : Raison. Avant : « parce que le délai" in _plain(ready)
    _press(ready, "oral.rewrite")
    for _ in range(2):
        _press(ready, "oral.next_part")
    ready.say("et puis bref")
    _press(ready, "oral.see_feedback")
    assert ready.last.route != "fault"


def test_a_pack_without_a_question_for_the_stream_says_so() -> None:
    talk = Talk(the_pack=replace(pack(), prep={}))
    talk.join()
    talk.say("/prep")
    assert _label(talk, "oral.no_question") in talk.screen.text


def test_a_draft_outlives_its_question() -> None:
    before = Talk()
    before.join()
    before.say("/prep")
    before.say(PARTS[0])
    after = Talk(database=before.database, the_pack=replace(pack(), prep={}))
    after._ids = before._ids
    after.say(PARTS[1])
    assert _label(after, "oral.question_gone") in after.screen.text
    _press(after, "oral.finish_here")
    _press(after, "oral.another_prep")
    assert _label(after, "oral.no_question") in after.screen.text


def test_a_limit_without_a_plan_is_asked_for_one(ready: Talk) -> None:
    me = ready.candidate_id
    with ready.database.begin() as store:
        store.drafts.start(me, "prep", "prep-limit", ready.now)
    ready.press_token("oral:1:resume", ref=ready.screen.ref)
    ready.say("Il me manque SQL. Parce que mon poste n'en demandait pas.")
    _press(ready, "oral.finish_here")
    assert _label(ready, "feedback.remark_no_plan") in ready.screen.text


def test_after_the_feedback_the_jury_asks_again_and_a_model_shows_how_it_is_built(
    ready: Talk,
) -> None:
    ready.say("/prep")
    _write_parts(ready)
    feedback = ready.screen
    ready.press(_label(ready, "feedback.to_model"), bubble=feedback)
    shown = ready.screen
    assert shown is not feedback
    prompt = next(p for p in pack().prep.values() if p.question.fr in shown.text)
    assert all(part.fr in shown.text for part in (*prompt.model, *prompt.marks))
    assert "Le jury relance" in shown.text
    assert any(each.question.fr in shown.text for each in pack().follow_ups.values())
    assert "Réécrire" in shown.buttons


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_model_fits_one_message_and_names_its_parts(language: str) -> None:
    talk = Talk(language=language)
    talk.join()
    for frame, prompts in (
        ("prep", {**pack().prep, **pack().surprises}),
        ("star", pack().star),
        ("pitch", ["pitch"]),
    ):
        for prompt_id in prompts:
            with talk.database.begin() as store:
                draft = store.drafts.start(talk.candidate_id, frame, prompt_id, talk.now)  # type: ignore[arg-type]
                store.drafts.append(
                    draft, "Je veux servir les assurés.", "telegram", "m", talk.now
                )
            talk.press_token(f"oral:{draft.id}:finish")
            talk.press_token(f"oral:{draft.id}:model")
            assert _label(talk, "feedback.model")[4:-4] in talk.screen.text, prompt_id
            assert len(talk.screen.payload["text"]) <= MOST_PLAIN


def test_m58_a_surprise_question_is_answered_like_any_and_another_follows(ready: Talk) -> None:
    ready.say("/surprise")
    first = next(s for s in pack().surprises.values() if s.question.fr in ready.screen.text)
    assert first.hint.fr in ready.screen.text
    ready.say("/surprise")
    assert first.question.fr in ready.screen.text
    _write_parts(ready)
    ready.press(_label(ready, "oral.another_prep"))
    second = next(s for s in pack().surprises.values() if s.question.fr in ready.screen.text)
    assert second != first


@pytest.mark.parametrize("frame", ["prep", "star", "pitch"])
def test_the_jury_has_a_question_for_every_gap_of_a_frame(frame: str) -> None:
    gaps = {each.gap for each in pack().follow_ups.values() if each.frame == frame}
    assert {part.id for part in RUBRICS[frame].parts} <= gaps  # type: ignore[index]


def test_m32_m82_the_grid_shows_each_criterion_with_what_it_rests_on(ready: Talk) -> None:
    ready.say("/prep")
    _press(ready, "oral.in_one_go")
    ready.say(
        "Je veux servir à la CNOPS parce que le délai pèse sur les familles. Par exemple en mai, "
        "à la mutuelle, j'ai traité 40 dossiers en retard avec le KPI. Donc je veux y aller."
    )
    _press(ready, "oral.see_feedback")
    feedback = ready.screen
    _press(ready, "feedback.to_grid")
    text = _plain(ready)
    assert "Votre retour" in feedback.text, "the feedback stays readable above"
    assert "Structuré : " in text
    assert re.search("✅ Chiffré : «.*40", text)
    assert "⚠️ Clair : « KPI »" in text
    assert "✅ Sans excuse" in text
    assert "120-160 mots par minute" in text
    assert "Non évalués : la voix" in text


def test_the_grid_of_a_voice_note_judges_only_time_and_ticks(ready: Talk) -> None:
    ready.say("/pitch")
    ready.speak(58)
    ready.press_token("oral:1:tick-who", ref=ready.screen.ref)
    _press(ready, "oral.see_feedback")
    _press(ready, "feedback.to_grid")
    text = _plain(ready)
    assert "Structuré : 1 sur 3" in text
    assert "Le reste : non évalué" in text
    assert "Chiffré" not in text
    assert "✅ Bref et tenu : 58 s" in text


def test_a_good_but_short_answer_is_told_to_say_more_of_it(ready: Talk) -> None:
    ready.say("/prep")
    _write_parts(
        ready,
        (
            "Je veux travailler à la CNOPS pour que le remboursement arrive vite",
            "parce qu'une famille qui avance 3000 dh ne peut pas attendre deux mois",
            "en mai à la mutuelle de Salé une dame attendait, j'ai retrouvé sa facture en 4 jours",
            "donc la CNOPS est l'endroit où je serai utile",
        ),
    )
    assert "Rien d’important ne manque. Développez" in _plain(ready)


def test_a_rewrite_of_an_unticked_voice_note_compares_only_the_times(ready: Talk) -> None:
    ready.say("/pitch")
    for seconds in (58, 72):
        ready.speak(seconds)
        _press(ready, "oral.see_feedback")
        if seconds == 58:
            _press(ready, "oral.retry")
    assert "Environ 58 s avant, 72 s maintenant" in _plain(ready)
    assert "Mêmes parties" not in ready.screen.text
