"""What short answers, sheets, practical cases and dossiers must hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from content.rules.common import Fault, text_faults, unknown_faults
from content.schema import LANGUAGES, Case, Criterion, Dossier, Idea, Pack, Sheet, ShortAnswer

GRID_POINTS = 20  # reference: marking rubrics
QUIZ_LENGTH = 5  # M76
LEAST_WORDINGS = 3
# A sheet is a page of two sides; a side is read on a phone in one message.
MOST_A_SIDE = 3000


def study_faults(pack: Pack) -> Iterator[Fault]:
    """The faults of everything that is studied away from the daily five."""
    streams = {stream.id for stream in pack.head.streams}
    topics = {topic.id for topic in pack.head.topics}
    for each in pack.short_answers.values():
        yield from text_faults(each.id, each)
        yield from unknown_faults(each.id, "topic", [each.topic], topics)
        yield from unknown_faults(each.id, "fact", each.facts, pack.facts)
        yield from _answer_faults(each)
    for sheet in pack.sheets.values():
        yield from text_faults(sheet.id, sheet)
        yield from unknown_faults(sheet.id, "fact", sheet.facts, pack.facts)
        yield from _sheet_faults(pack, sheet)
    yield from _shared_quizzes(pack)
    for case in pack.cases.values():
        yield from text_faults(case.id, case)
        yield from unknown_faults(case.id, "fact", case.facts, pack.facts)
        yield from unknown_faults(case.id, "stream", case.streams, streams)
        yield from _case_faults(case)
    for dossier in pack.dossiers.values():
        yield from text_faults(dossier.id, dossier)
        yield from unknown_faults(dossier.id, "fact", dossier.facts, pack.facts)
        yield from _dossier_faults(dossier)


def _answer_faults(each: ShortAnswer) -> Iterator[Fault]:
    if not each.facts:
        yield Fault(each.id, "rests on no fact")
    if not each.ideas and each.number is None:
        yield Fault(each.id, "asks for no idea and no number")
    yield from _wording_faults(each.id, each.ideas)


def _wording_faults(item: str, ideas: tuple[Idea, ...]) -> Iterator[Fault]:
    for number, idea in enumerate(ideas, 1):
        for language in LANGUAGES:
            if len(set(idea.wordings.in_language(language))) < LEAST_WORDINGS:
                yield Fault(item, f"idea {number} has too few wordings ({language})")


def _sheet_faults(pack: Pack, sheet: Sheet) -> Iterator[Fault]:
    if len(sheet.quiz) != QUIZ_LENGTH:
        yield Fault(sheet.id, f"its quiz has {len(sheet.quiz)} questions, not {QUIZ_LENGTH}")
    yield from unknown_faults(sheet.id, "question", sheet.quiz, pack.questions)
    for item in sheet.quiz:
        if item in pack.questions and pack.questions[item].retired:
            yield Fault(sheet.id, f"its quiz asks the retired {item}")
    for language in LANGUAGES:
        front = [text for each in sheet.definitions for text in (each.term, each.text)]
        front += [each.meaning for each in sheet.acronyms]
        back = [text for step in sheet.process.steps for text in (step.who, step.does)]
        back += sheet.keep
        for side, texts in (("front", front), ("back", back)):
            length = sum(len(text.in_language(language)) for text in texts)
            if length > MOST_A_SIDE:
                yield Fault(sheet.id, f"its {side} ({language}) has {length} characters")


def _shared_quizzes(pack: Pack) -> Iterator[Fault]:
    uses = Counter(item for sheet in pack.sheets.values() for item in sheet.quiz)
    for sheet in pack.sheets.values():
        for item in sheet.quiz:
            if uses[item] > 1:
                yield Fault(sheet.id, f"its question {item} is in another sheet's quiz too")


def _case_faults(case: Case) -> Iterator[Fault]:
    for row in case.table.rows:
        if len(row.values) != len(case.table.columns):
            yield Fault(case.id, f"row {row.id} has not one value a column")
    if not case.numbers:
        yield Fault(case.id, "asks for no figure")
    for each in case.numbers:
        if not each.answer.computation:
            yield Fault(case.id, f"the figure {each.id} shows no computation")
    yield from _wording_faults(
        case.id, (*case.hypotheses, *case.short_term, *case.medium_term, case.indicator)
    )
    yield from _grid_faults(case.id, case.grid)


def _dossier_faults(dossier: Dossier) -> Iterator[Fault]:
    if not 5 <= len(dossier.documents) <= 7:
        yield Fault(dossier.id, f"has {len(dossier.documents)} documents, not five to seven")
    if len(dossier.plan) != 2:
        yield Fault(dossier.id, "its plan must have two parts")
    yield from _wording_faults(dossier.id, dossier.ideas)
    yield from _grid_faults(dossier.id, dossier.grid)


def _grid_faults(item: str, grid: tuple[Criterion, ...]) -> Iterator[Fault]:
    total = sum(line.points for line in grid)
    if total != GRID_POINTS:
        yield Fault(item, f"its grid sums to {total}, not {GRID_POINTS}")
