"""The rules a pack obeys, beyond its schema. Limits: shared notes on platforms, text budget."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from content.schema import LANGUAGES, Localized, Pack, Question

STEM, OPTION, WHY, RATIONALE, SOURCE, LABEL = 280, 90, 160, 190, 90, 20
PLAN_LENGTHS = (2, 4, 6, 8, 9, 10)
_ARABIC = re.compile("[\u0600-\u06ff]")
# Words that betray a text somebody meant to write later (FEATURES F15).
_PLACEHOLDER = re.compile(r"\b(todo|tbd|lorem|xxx|fixme)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with which item."""

    item: str
    what: str


def faults_of(pack: Pack) -> Iterator[Fault]:
    """Every fault of the pack."""
    yield from _head_faults(pack)
    for question in pack.questions.values():
        yield from _question_faults(pack, question)
    yield from _milestone_faults(pack)
    yield from _oral_faults(pack)
    for entry in pack.faq.values():
        yield from _language_faults(entry.id, entry.question, entry.answer, entry.source)
        yield from _fact_faults(pack, entry.id, entry.facts)


def _head_faults(pack: Pack) -> Iterator[Fault]:
    topics = {topic.id for topic in pack.head.topics}
    streams = {stream.id for stream in pack.head.streams}
    tables = {"base": pack.blueprint.base, **pack.blueprint.streams}
    for name, weights in tables.items():
        if set(weights) != topics:
            yield Fault(name, "blueprint: its topics are not those of pack.yaml")
        if sum(weights.values()) != 100:
            yield Fault(name, f"blueprint: weights sum to {sum(weights.values())}, not 100")
    if set(pack.blueprint.streams) != streams:
        yield Fault(pack.head.id, "blueprint: its streams are not those of pack.yaml")
    for stream in pack.head.streams:
        yield from _length_faults(stream.id, "name (a button)", LABEL, stream.name)
    for area in pack.head.areas:
        if not topics.issuperset(area.topics):
            yield Fault(area.id, "names a topic that pack.yaml does not")


def _question_faults(pack: Pack, question: Question) -> Iterator[Fault]:
    item = question.id
    yield from _tag_faults(pack, question)
    yield from _fact_faults(pack, item, question.facts)
    if not question.facts:
        yield Fault(item, "rests on no fact")
    if [option.id for option in question.options] != ["a", "b", "c", "d"]:
        yield Fault(item, "needs the four options a, b, c, d in order")
    if not question.key or len(question.key) > 3 or not question.key <= set("abcd"):
        yield Fault(item, "its key must name one to three of its options")
    yield from _length_faults(item, "stem", STEM, question.stem)
    yield from _length_faults(item, "rationale", RATIONALE, question.rationale)
    yield from _length_faults(item, "source", SOURCE, question.source)
    for option in question.options:
        yield from _length_faults(item, f"option {option.id}", OPTION, option.text)
        yield from _length_faults(item, f"why of {option.id}", WHY, option.why)
    yield from _language_faults(item, question.stem, question.rationale)
    yield from _twin_faults(item, "options", [option.text for option in question.options])
    yield from _twin_faults(item, "explanations", [option.why for option in question.options])


def _tag_faults(pack: Pack, question: Question) -> Iterator[Fault]:
    head = pack.head
    if question.topic not in {topic.id for topic in head.topics}:
        yield Fault(question.id, f"unknown topic {question.topic!r}")
    if question.mission not in {mission.id for mission in head.missions}:
        yield Fault(question.id, f"unknown mission {question.mission!r}")
    if not {stream.id for stream in head.streams}.issuperset(question.streams):
        yield Fault(question.id, "unknown stream")
    if question.replaces is not None:
        replaced = pack.questions.get(question.replaces)
        if replaced is None or not replaced.retired:
            yield Fault(question.id, "replaces an item that is not a retired one of this pack")


def _milestone_faults(pack: Pack) -> Iterator[Fault]:
    kinds = {kind.id for kind in pack.milestones.kinds}
    for step in pack.milestones.steps:
        if set(step.weeks) != set(PLAN_LENGTHS):
            yield Fault(step.id, f"needs a week for each plan of {PLAN_LENGTHS} weeks")
        if any(not 1 <= week <= length for length, week in step.weeks.items()):
            yield Fault(step.id, "has a week outside its plan")
        if step.before and step.before not in kinds:
            yield Fault(step.id, f"must precede {step.before!r}, which is no milestone")
        yield from _language_faults(step.id, step.title, step.action)


def _oral_faults(pack: Pack) -> Iterator[Fault]:
    streams = {stream.id for stream in pack.head.streams}
    for prep in pack.prep.values():
        yield from _language_faults(prep.id, prep.question, prep.hint)
        if not streams.issuperset(prep.streams):
            yield Fault(prep.id, "unknown stream")
    for star in pack.star.values():
        yield from _language_faults(star.id, star.prompt, star.hint)


def _fact_faults(pack: Pack, item: str, facts: Iterable[str]) -> Iterator[Fault]:
    for fact in facts:
        if fact not in pack.facts:
            yield Fault(item, f"cites the fact {fact}, which the pack does not hold")


def _length_faults(item: str, what: str, most: int, text: Localized) -> Iterator[Fault]:
    for language in LANGUAGES:
        length = len(text.in_language(language))
        if length > most:
            yield Fault(item, f"{what} ({language}) has {length} characters, at most {most}")
        if not text.in_language(language).strip():
            yield Fault(item, f"{what} ({language}) is empty")
        if _PLACEHOLDER.search(text.in_language(language)):
            yield Fault(item, f"{what} ({language}) is a placeholder")


def _language_faults(item: str, *texts: Localized) -> Iterator[Fault]:
    for text in texts:
        # A formula alone reads the same in every language.
        if not _ARABIC.search(text.ar) and any(map(str.isalpha, text.ar)):
            yield Fault(item, f"its Arabic holds no Arabic: {text.ar[:30]!r}")
        for language in ("fr", "en"):
            if _ARABIC.search(text.in_language(language)):
                yield Fault(item, f"its text ({language}) holds Arabic letters")


def _twin_faults(item: str, what: str, texts: list[Localized]) -> Iterator[Fault]:
    for language in LANGUAGES:
        if len({text.in_language(language).strip() for text in texts}) < len(texts):
            yield Fault(item, f"two of its {what} say the same ({language})")
