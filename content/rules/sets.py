"""What timed thematic sets must be: sized for their minutes, and together the whole exam."""

from __future__ import annotations

from collections.abc import Iterator

from content.rules.common import Fault, text_faults, twin_faults, unknown_faults
from content.schema import Pack, ThematicSet

# M36 and M40: a set takes 15 to 20 minutes.
SHORTEST, LONGEST = 15, 20
# From a minute a question, as the exam's pace, to 80 seconds where there is something to compute.
FEWEST, MOST = 15, 20


def set_faults(pack: Pack) -> Iterator[Fault]:
    """The faults of the pack's sets; a pack may have none, but not leave a topic without one."""
    topics = {topic.id for topic in pack.head.topics}
    for each in pack.sets.values():
        yield from text_faults(each.id, each)
        yield from unknown_faults(each.id, "topic", each.topics, topics)
        yield from _size_faults(each)
        yield from _bank_faults(pack, each)
    yield from twin_faults("sets", "names", [each.name for each in pack.sets.values()])
    covered = {topic for each in pack.sets.values() for topic in each.topics}
    for topic in sorted(topics - covered if pack.sets else ()):
        yield Fault(topic, "is in no thematic set, though the blueprint weighs it")


def _size_faults(each: ThematicSet) -> Iterator[Fault]:
    if not SHORTEST <= each.minutes <= LONGEST:
        yield Fault(each.id, f"lasts {each.minutes} minutes, not {SHORTEST} to {LONGEST}")
    if not FEWEST <= each.count <= MOST:
        yield Fault(each.id, f"has {each.count} questions, not {FEWEST} to {MOST}")
    if each.count > each.minutes:
        yield Fault(each.id, "leaves less than a minute a question")


def _bank_faults(pack: Pack, each: ThematicSet) -> Iterator[Fault]:
    """Each stream can take the set twice without meeting a question again."""
    for stream in pack.head.streams:
        held = sum(
            question.topic in each.topics
            and not question.retired
            and (not question.streams or stream.id in question.streams)
            for question in pack.questions.values()
        )
        if held < 2 * each.count:
            yield Fault(each.id, f"has only {held} questions for the stream {stream.id}")
