"""What every text of a pack must be: there, in its language, within its budget, same figures."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, fields, is_dataclass

from content.schema import LANGUAGES, Localized

# Characters that candidates read on a phone: PLATFORMS.md 4.4, and what one message can hold.
LIMITS = {
    "Question.stem": 280,
    "Option.text": 90,
    "Option.why": 160,
    "Question.rationale": 190,
    "Question.source": 90,
    "ShortAnswer.question": 280,
    "ShortAnswer.answer": 320,
    "ShortAnswer.source": 90,
    "Idea.name": 160,
    "Criterion.name": 120,
    "ThematicSet.name": 40,
    "Sheet.title": 60,
    "Sheet.source": 160,
    "Definition.term": 60,
    "Definition.text": 220,
    "ProcessStep.who": 40,
    "ProcessStep.does": 120,
    "Acronym.meaning": 120,
    "Case.title": 60,
    "Case.situation": 700,
    "Case.costs": 300,
    "Case.impacts": 300,
    "Case.risks": 300,
    "CaseNumber.question": 200,
    "TableRow.label": 40,
    "Dossier.title": 70,
    "Dossier.task": 400,
    "Dossier.problem": 260,
    "DossierDocument.title": 90,
    "DossierDocument.text": 900,
    "PlanPart.title": 140,
    "PrepPrompt.question": 200,
    "PrepPrompt.hint": 200,
    "StarPrompt.prompt": 200,
    "StarPrompt.hint": 200,
    "SurpriseQuestion.question": 200,
    "SurpriseQuestion.hint": 200,
    "FollowUp.question": 200,
    "FaqEntry.question": 140,
    "FaqEntry.answer": 700,
    "Guide.title": 48,
    "Section.title": 70,
    "Section.text": 420,
    "Term.term": 60,
    "Term.meaning": 220,
    "Paper.name": 70,
    "Paper.note": 220,
    "PortalRule.text": 260,
}
# A number up to this may stand as a word in one language and as a figure in another.
IN_WORDS = 12
_ARABIC = re.compile("[\u0600-\u06ff]")
_CODE = ("=", "SELECT")
_EASTERN_DIGIT = re.compile("[\u0660-\u0669\u06f0-\u06f9]")
# Words that betray a text somebody meant to write later (FEATURES F15).
_PLACEHOLDER = re.compile(r"\b(todo|tbd|lorem|xxx|fixme)\b", re.IGNORECASE)
_THOUSANDS = {
    "fr": re.compile("(?<=\\d)[\u00a0\u202f ](?=\\d{3}(?!\\d))"),
    "ar": re.compile("(?<=\\d)[\u00a0\u202f ](?=\\d{3}(?!\\d))"),
    "en": re.compile(r"(?<=\d),(?=\d{3}(?!\d))"),
}
_FIGURE = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with which item."""

    item: str
    what: str


def figures(text: str, language: str) -> set[int]:
    """The figures of a text; `65-00` and `4,5` are two each, `12 000` is one."""
    return {int(each) for each in _FIGURE.findall(_THOUSANDS[language].sub("", text))}


def text_faults(item: str, value: object, where: str = "") -> Iterator[Fault]:
    """The faults of every text in a schema value, however deep."""
    if isinstance(value, Localized):
        yield from _localized_faults(item, where, value)
    elif isinstance(value, tuple):
        for part in value:
            yield from text_faults(item, part, where)
    elif is_dataclass(value):
        for field in fields(value):
            part = getattr(value, field.name)
            yield from text_faults(item, part, f"{type(value).__name__}.{field.name}")


def localized_in(value: object) -> Iterator[Localized]:
    """Every text in a schema value, however deep."""
    if isinstance(value, Localized):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from localized_in(part)
    elif is_dataclass(value):
        for field in fields(value):
            yield from localized_in(getattr(value, field.name))


def length_faults(item: str, what: str, most: int, text: Localized) -> Iterator[Fault]:
    """Languages in which the text has more than `most` characters."""
    for language in LANGUAGES:
        length = len(text.in_language(language))
        if length > most:
            yield Fault(item, f"{what} ({language}) has {length} characters, at most {most}")


def twin_faults(item: str, what: str, texts: list[Localized]) -> Iterator[Fault]:
    """Languages in which two of the texts are the same."""
    for language in LANGUAGES:
        if len({text.in_language(language).strip() for text in texts}) < len(texts):
            yield Fault(item, f"two of its {what} say the same ({language})")


def unknown_faults(
    item: str, what: str, named: Iterable[str], known: Container[str]
) -> Iterator[Fault]:
    """Ids an item names that its pack does not hold."""
    for name in named:
        if name not in known:
            yield Fault(item, f"names the {what} {name}, which the pack does not hold")


def _localized_faults(item: str, where: str, text: Localized) -> Iterator[Fault]:
    what = where.partition(".")[2] or "text"
    if where in LIMITS:
        yield from length_faults(item, what, LIMITS[where], text)
    for language in LANGUAGES:
        written = text.in_language(language)
        if not written.strip():
            yield Fault(item, f"{what} ({language}) is empty")
        if _PLACEHOLDER.search(written):
            yield Fault(item, f"{what} ({language}) is a placeholder")
        if language != "ar" and _ARABIC.search(written):
            yield Fault(item, f"{what} ({language}) holds Arabic letters")
    # A formula or a query is the same in French and Arabic spreadsheets.
    if (
        not _ARABIC.search(text.ar)
        and re.search("[a-z]{4}", text.ar)
        and not text.ar.startswith(_CODE)
    ):
        yield Fault(item, f"{what} (ar) holds no Arabic: {text.ar[:30]!r}")
    if _EASTERN_DIGIT.search(text.ar):
        yield Fault(item, f"{what} (ar) must write its digits 0-9")
    found = [
        {figure for figure in figures(text.in_language(language), language) if figure > IN_WORDS}
        for language in LANGUAGES
    ]
    if found[0] != found[1] or found[0] != found[2]:
        shown = " / ".join(" ".join(map(str, sorted(each))) or "-" for each in found)
        yield Fault(item, f"{what}: its figures differ between fr, ar and en: {shown}")
