"""What a pack holds, counted; and what a date ends."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from content.schema import LANGUAGES, Fact, Pack, Question, ShortAnswer
from content.validity import validity

AGES = ((90, "up to 3 months"), (365, "up to a year"))
OLDER = "older"


def report(pack: Pack, today: date) -> str:
    """Counts by topic, difficulty, language, key position, confidence and age."""
    asked = [question for question in pack.questions.values() if not question.retired]
    several = sum(len(question.key) > 1 for question in asked)
    keys = Counter(letter for each in asked if len(each.key) == 1 for letter in each.key)
    lines = [
        f"{pack.head.id}: {len(asked)} questions ({several} with several right answers)",
        _row("by topic", Counter(question.topic for question in asked)),
        _row("by difficulty", Counter(question.difficulty for question in asked)),
        _row("by language", _by_language(asked)),
        _row("by key position (one right answer)", keys),
        _row("by confidence", Counter(_confidence(pack.facts, each) for each in asked)),
        _row("by age", Counter(_age(today - each.as_of) for each in asked)),
        _row("by concept size", Counter(Counter(each.concept for each in asked).values())),
        f"  computed: {sum(bool(question.computation) for question in asked)}",
        f"  retired: {len(pack.questions) - len(asked)}",
        _held("study", pack, ("short_answers", "sheets", "sets", "cases", "dossiers")),
        _held("oral", pack, ("prep", "star", "pitches", "surprises", "follow_ups")),
        _held("to read", pack, ("guides", "checklists", "faq", "glossary")),
        f"  papers of the file: {len(pack.documents.papers)}",
        f"  facts: {len(pack.facts)}, plan steps: {len(pack.milestones.steps)}",
    ]
    return "\n".join(lines)


def ended_on(pack: Pack, day: date) -> str:
    """The items that rest on a fact which `day` ends, or puts in doubt as it draws near."""
    items: tuple[Question | ShortAnswer, ...] = (
        *pack.questions.values(),
        *pack.short_answers.values(),
    )
    states = {item.id: validity(pack.facts, item, day) for item in items if not item.retired}
    lines = []
    for state, what in (("ended", "no longer asked"), ("doubtful", "marked as doubtful")):
        named = [item for item, found in states.items() if found == state]
        lines += [f"{len(named)} items {what} on {day}:", *(f"  {item}" for item in named)]
    return "\n".join(lines)


def _row(title: str, counts: Mapping[Any, int]) -> str:
    shown = sorted(counts.items(), key=lambda each: str(each[0]).rjust(20))
    return f"  {title}: " + ", ".join(f"{name} {count}" for name, count in shown)


def _held(title: str, pack: Pack, kinds: tuple[str, ...]) -> str:
    return _row(title, {kind.replace("_", " "): len(getattr(pack, kind)) for kind in kinds})


def _by_language(asked: Iterable[Question]) -> Counter[str]:
    return Counter(
        language
        for question in asked
        for language in LANGUAGES
        if question.stem.in_language(language)
        and all(option.text.in_language(language) for option in question.options)
    )


def _confidence(facts: Mapping[str, Fact], question: Question) -> str:
    """The weakest of its facts."""
    found = {facts[each].confidence for each in question.facts if each in facts}
    return "medium" if "medium" in found else "high"


def _age(age: timedelta) -> str:
    return next((name for most, name in AGES if age.days <= most), OLDER)
