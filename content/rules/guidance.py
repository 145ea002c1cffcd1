"""What the plan, the oral and everything that is read must be."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields

from content.rules.common import Fault, length_faults, localized_in, text_faults, unknown_faults
from content.schema import (
    LANGUAGES,
    Localized,
    Pack,
    Pitch,
    PrepPrompt,
    StarPrompt,
    SurpriseQuestion,
)

PLAN_LENGTHS = (2, 4, 6, 8, 9, 10)
LABEL = 20  # the narrowest button: PLATFORMS.md 4.4
PARTS = 4
PITCH_PARTS = 3
MARKS = 3
PARAPHRASES = 10  # M93
GUIDE_LENGTH = 3500  # what one message holds, with room for its heading


def head_faults(pack: Pack) -> Iterator[Fault]:
    """pack.yaml and blueprint.yaml."""
    yield from text_faults(pack.head.id, pack.head)
    topics = {topic.id for topic in pack.head.topics}
    tables = {"base": pack.blueprint.base, **pack.blueprint.streams}
    for name, weights in tables.items():
        if set(weights) != topics:
            yield Fault(name, "blueprint: its topics are not those of pack.yaml")
        if sum(weights.values()) != 100:
            yield Fault(name, f"blueprint: weights sum to {sum(weights.values())}, not 100")
    if set(pack.blueprint.streams) != {stream.id for stream in pack.head.streams}:
        yield Fault(pack.head.id, "blueprint: its streams are not those of pack.yaml")
    for stream in pack.head.streams:
        yield from length_faults(stream.id, "name (a button)", LABEL, stream.name)
    for area in pack.head.areas:
        yield from unknown_faults(area.id, "topic", area.topics, topics)


def plan_faults(pack: Pack) -> Iterator[Fault]:
    """milestones.yaml: each step has its week in each plan."""
    kinds = {kind.id for kind in pack.milestones.kinds}
    yield from text_faults(pack.head.id, pack.milestones)
    for step in pack.milestones.steps:
        if set(step.weeks) != set(PLAN_LENGTHS):
            yield Fault(step.id, f"needs a week for each plan of {PLAN_LENGTHS} weeks")
        if any(not 1 <= week <= length for length, week in step.weeks.items()):
            yield Fault(step.id, "has a week outside its plan")
        if step.before:
            yield from unknown_faults(step.id, "milestone", [step.before], kinds)


def oral_faults(pack: Pack) -> Iterator[Fault]:
    """The oral: each prompt with its marks and a whole model answer."""
    streams = {stream.id for stream in pack.head.streams}
    prompts: tuple[PrepPrompt | StarPrompt | Pitch | SurpriseQuestion, ...] = (
        *pack.prep.values(),
        *pack.star.values(),
        *pack.pitches.values(),
        *pack.surprises.values(),
    )
    for prompt in prompts:
        yield from text_faults(prompt.id, prompt)
        if not isinstance(prompt, SurpriseQuestion):
            yield from unknown_faults(prompt.id, "stream", prompt.streams, streams)
        parts = PITCH_PARTS if isinstance(prompt, Pitch) else PARTS
        if len(prompt.model) != parts:
            yield Fault(prompt.id, f"its model answer has {len(prompt.model)} parts, not {parts}")
        if len(prompt.marks) != MARKS:
            yield Fault(prompt.id, f"has {len(prompt.marks)} marks, not {MARKS}")
    skills = {story.skill for story in pack.star.values()}
    for asked in pack.prep.values():
        yield from unknown_faults(asked.id, "skill", asked.skills, skills)
    for name, each in pack.follow_ups.items():
        yield from text_faults(name, each)


def reading_faults(pack: Pack) -> Iterator[Fault]:
    """Checklists, FAQ, guides, glossary, documents."""
    for name, each in (pack.checklists | pack.guides | pack.glossary).items():
        yield from text_faults(name, each)
    yield from text_faults(pack.head.id, pack.documents)
    for entry in pack.faq.values():
        yield from text_faults(entry.id, entry)
        yield from unknown_faults(entry.id, "fact", entry.facts, pack.facts)
        for language in LANGUAGES:
            if len(set(getattr(entry.paraphrases, language))) < PARAPHRASES:
                yield Fault(entry.id, f"has fewer than {PARAPHRASES} paraphrases ({language})")
    for guide in pack.guides.values():
        for language in LANGUAGES:
            length = sum(len(text.in_language(language)) for text in localized_in(guide.sections))
            if length > GUIDE_LENGTH:
                yield Fault(guide.id, f"({language}) has {length} characters")
    for term in pack.glossary.values():
        yield from unknown_faults(term.id, "fact", term.facts, pack.facts)


def word_faults(pack: Pack) -> Iterator[Fault]:
    """Wordings the glossary rules out, wherever they stand."""
    texts = list(_all_texts(pack))
    for language in LANGUAGES:
        ruled_out = {
            word: term.id
            for term in pack.glossary.values()
            if term.never
            for word in getattr(term.never, language)
        }
        if not ruled_out:
            continue
        pattern = re.compile("|".join(map(re.escape, ruled_out)), re.IGNORECASE)
        known = {word.casefold(): term for word, term in ruled_out.items()}
        for item, text in texts:
            for found in pattern.findall(text.in_language(language)):
                term = known[found.casefold()]
                yield Fault(item, f"says {found!r} where the glossary's {term} has another word")


def _all_texts(pack: Pack) -> Iterator[tuple[str, Localized]]:
    """Each text of the pack with the item it belongs to."""
    for field in fields(pack):
        held = getattr(pack, field.name)
        for item in held.values() if isinstance(held, dict) else (held,):
            for text in localized_in(item):
                yield getattr(item, "id", pack.head.id), text
