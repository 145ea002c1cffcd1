"""The matcher answers what candidates ask in their own words, and keeps silent on the rest."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.domain.faq_match import find_entry
from bot.domain.small_talk import small_talk
from content.schema import LANGUAGES, FaqEntry
from tests.talk import START, pack

FOLDER = Path(__file__).parent
Asked = dict[str, dict[str, list[str]]]


def read(name: str) -> Any:
    return yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))


def entries() -> tuple[FaqEntry, ...]:
    return tuple(pack().faq.values())


def answered(text: str) -> str | None:
    found = find_entry(text, entries())
    return found.entry.id if found and found.is_sure else None


def share_found(asked: Asked, languages: tuple[str, ...] = LANGUAGES) -> float:
    cases = [
        (entry, text)
        for entry, by_language in asked.items()
        for language in languages
        for text in by_language[language]
    ]
    return sum(answered(text) == entry for entry, text in cases) / len(cases)


@pytest.mark.parametrize("language", LANGUAGES)
def test_t27_nine_in_ten_unseen_paraphrases_of_every_entry_are_matched(language: str) -> None:
    asked: Asked = read("faq_unseen")
    assert asked.keys() == pack().faq.keys()
    assert all(len(texts) == 6 for texts in (each[language] for each in asked.values()))
    assert share_found(asked, (language,)) >= 0.9


def test_paraphrases_written_after_the_matcher_are_matched_as_well() -> None:
    assert share_found(read("faq_held_out")) >= 0.9


def test_situations_far_from_any_paraphrase_are_mostly_matched() -> None:
    assert share_found(read("faq_hard")) >= 0.75


def test_no_unseen_paraphrase_is_copied_from_the_pack() -> None:
    known = {
        text.casefold()
        for entry in entries()
        for language in LANGUAGES
        for text in (entry.question.in_language(language), *getattr(entry.paraphrases, language))
    }
    unseen = [
        text
        for name in ("faq_unseen", "faq_held_out", "faq_hard")
        for by_language in read(name).values()
        for texts in by_language.values()
        for text in texts
    ]
    assert [text for text in unseen if text.casefold() in known] == []


def test_the_packs_own_questions_and_paraphrases_are_matched() -> None:
    own: Asked = {
        entry.id: {
            language: [
                entry.question.in_language(language),
                *getattr(entry.paraphrases, language),
            ]
            for language in LANGUAGES
        }
        for entry in entries()
    }
    assert share_found(own) >= 0.97


@pytest.mark.parametrize("kind", ["small_talk", "moods", "noise", "off_topic", "pasted", "orders"])
def test_t27_chatter_gets_no_answer_of_the_faq(kind: str) -> None:
    chatter: list[str] = read("faq_chatter")[kind]
    today = START.date()
    assert [text for text in chatter if not small_talk(text, today) and answered(text)] == []


def test_near_misses_and_more_talk_get_hardly_ever_an_answer() -> None:
    chatter = read("faq_chatter")
    texts = chatter["near_misses"] + chatter["more_talk"]
    wrong = [text for text in texts if answered(text)]
    assert len(wrong) <= 0.06 * len(texts), wrong


def test_a_pasted_quiz_question_seldom_gets_an_answer() -> None:
    stems = [q.stem.in_language(each) for q in pack().questions.values() for each in LANGUAGES]
    assert sum(answered(stem) is not None for stem in stems) <= 0.15 * len(stems)


@pytest.mark.parametrize(
    ("text", "entry"),
    [
        ("fo9ach lmobara", "dates"),
        ("ch7al khlas dyal tasjil", "fees-scam"),
        ("الوَثَائِقُ المَطْلُوبَةُ", "documents-format"),
        ("الوثـــائق المطلوبه", "documents-format"),
        ("DATES DU CONCOURS", "dates"),
        ("convocasion pas recu", "summons"),
        ("loi 54/23", "merger"),
    ],
)
def test_spelling_faults_vowel_signs_and_latin_darija_are_read(text: str, entry: str) -> None:
    assert answered(text) == entry


@pytest.mark.parametrize("text", ["", " ", "\n", "🙂", "\u202e\u2066", "a" * 4096, "؟" * 100])
def test_odd_texts_get_no_answer_and_no_error(text: str) -> None:
    assert answered(text) is None


def test_without_entries_there_is_no_answer() -> None:
    assert find_entry("c quand le concours", ()) is None
