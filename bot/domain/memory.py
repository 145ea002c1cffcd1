"""What a candidate's answers say about what they know, and will still know on exam day.

Two parts. What they knew before: a logistic sum of candidate, topic, concept and difficulty,
moved a little by each first meeting, and for a question met, its own chance. What they learnt
here: each meeting leaves a trace that fades by a power law; traces add up and saturate, and a
question's traces also help, weakly, with the rest of its concept.

Every default is fixed: about 200 answers a candidate are too few to fit a memory (LEARNING.md,
point 8). docs/learning.md tells where each number comes from.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from math import comb, exp, log
from typing import NamedTuple

from content.schema import Question

# A known question is still missed so often; an unknown one of k right options out of four is
# guessed once in C(4, k). (Four of four is no question: its answer says nothing.)
SLIP = 0.05
GUESS = {k: min(1 / comb(4, k), 1 - SLIP) for k in range(1, 5)}

# The logit of knowing a question of medium difficulty before any answer: 40 %, and how far apart
# the author's three grades start.
LEVEL = -0.4
DIFFICULTY = {1: 0.5, 2: 0.0, 3: -0.5}
# Knowledge wavers: one answer moves a question's chance by this share of what Bayes would.
TRUST = 0.4

# How far a surprise (right or wrong, less its chance) moves each part at first, and after how
# many first meetings half as far.
PACE_PERSON, PACE_TOPIC, PACE_CONCEPT, PACE_DIFFICULTY = 0.25, 0.35, 0.2, 0.1
SETTLES = 40

# A trace's strength after so many days: (1 + days / 3) ** -0.6.
_FADING: tuple[float, ...] = tuple((1 + days / 3.0) ** -0.6 for days in range(400))
_LAST = len(_FADING) - 1
# Learnt = 1 - exp(-LEARNS x sum of traces); of the rest of its concept, at most TRANSFER is.
LEARNS = 2.5
LEARNS_CONCEPT = 2.2
TRANSFER = 0.12


@dataclass(frozen=True, slots=True)
class Learning:
    """How fast one learns: `learns` of a question itself, at most `transfer` of its concept."""

    learns: float
    transfer: float

    def missing(self, traces: float) -> float:
        """What traces of that strength, of a concept, leave unlearnt of the rest of it."""
        return 1 - self.transfer * (1 - exp(-LEARNS_CONCEPT * traces))


USUAL = Learning(LEARNS, TRANSFER)


class Answered(NamedTuple):
    """One question met: `correct` is None when it was shown and never answered.

    A tuple, since a thousand are read before each quiz and a frozen dataclass takes thrice as
    long to make.
    """

    item_id: str
    correct: bool | None
    local_day: date


@dataclass(slots=True)
class Met:
    """A question met: the days (ordinals), and the strength of its traces on exam day.

    `known`: the chance that it was known apart from what was learnt here.
    """

    known: float
    days: tuple[int, ...] = ()
    traces: float = 0.0

    def known_on(self, day: int, learning: Learning) -> float:
        """The chance that it is known on `day`, with what is left of the meetings so far."""
        left = 0.0
        for each in self.days:
            left += fading(day - each)
        return 1 - (1 - self.known) * exp(-learning.learns * left)


class Memory:
    """The state after some answers, with an eye on an exam day.

    `items` are the questions met, `concept_traces` the strength of a concept's traces on exam
    day; the rest is what `first_meetings` say about the person, as logits that add up.
    `learning` is how fast the person is taken to learn. A memory that `hears_concepts` allows
    for what a concept's questions taught when a new one of it is met, and keeps the `evidence`:
    the log likelihood of the answers.
    """

    def __init__(
        self, exam_day: date, learning: Learning = USUAL, *, hears_concepts: bool = False
    ) -> None:
        self.exam = exam_day.toordinal()
        self.learning = learning
        self.hears_concepts = hears_concepts
        self.evidence = 0.0
        self.first_meetings = 0
        self.level = LEVEL
        self.topics: defaultdict[str, float] = defaultdict(float)
        self.concepts: defaultdict[str, float] = defaultdict(float)
        self.difficulties: dict[int, float] = dict(DIFFICULTY)
        self.items: dict[str, Met] = {}
        self.concept_traces: defaultdict[str, float] = defaultdict(float)
        self._concept_days: defaultdict[str, list[int]] = defaultdict(list)

    def note(self, question: Question, day: int, *, correct: bool) -> None:
        """Learn from one answer given on the day of that ordinal."""
        guess = GUESS[len(question.key)]
        met = self.items.get(question.id)
        known = self.prior(question) if met is None else met.known_on(day, self.learning)
        now = self._with_concept(known, question, day) if self.hears_concepts else known
        chance_right = guess + (1 - SLIP - guess) * now
        if met is None:
            self._learn_about_person(question, correct - chance_right)
            met = self.items[question.id] = Met(known)
        given_known = (1 - SLIP) / chance_right if correct else SLIP / (1 - chance_right)
        met.known *= 1 + TRUST * (given_known - 1)
        trace = fading(self.exam - day)
        met.days += (day,)
        met.traces += trace
        self.concept_traces[question.concept] += trace
        if self.hears_concepts:
            self.evidence += log(chance_right if correct else 1 - chance_right)
            self._concept_days[question.concept].append(day)

    def prior(self, question: Question) -> float:
        """The chance that a question never met is known, apart from what was learnt here."""
        return 1 / (
            1
            + exp(
                -self.level
                - self.topics[question.topic]
                - self.concepts[question.concept]
                - self.difficulties[question.difficulty]
            )
        )

    def prior_of_any(self, question: Question) -> float:
        """The same for a question like it, of any difficulty."""
        return 1 / (
            1 + exp(-self.level - self.topics[question.topic] - self.concepts[question.concept])
        )

    def chance_right(self, question: Question, day: int) -> float:
        """The chance of a right answer on the day of that ordinal."""
        met = self.items.get(question.id)
        known = self.prior(question) if met is None else met.known_on(day, self.learning)
        guess = GUESS[len(question.key)]
        return guess + (1 - SLIP - guess) * known

    def _with_concept(self, known: float, question: Question, day: int) -> float:
        """The chance that it is known on that day, with what its concept's questions taught."""
        left = sum([fading(day - each) for each in self._concept_days[question.concept]])
        return 1 - (1 - known) * self.learning.missing(left)

    def _learn_about_person(self, question: Question, surprise: float) -> None:
        """Only first meetings speak about the person: the index chooses what returns."""
        step = surprise / (1 + self.first_meetings / SETTLES)
        self.first_meetings += 1
        self.level += PACE_PERSON * step
        self.topics[question.topic] += PACE_TOPIC * step
        self.concepts[question.concept] += PACE_CONCEPT * step
        self.difficulties[question.difficulty] += PACE_DIFFICULTY * step


def remember(
    questions: Mapping[str, Question], history: Iterable[Answered], exam_day: date
) -> Memory:
    """The state after a whole history (the oldest first), in one pass."""
    memory = Memory(exam_day)
    note_all(memory, questions, history)
    return memory


def note_all(
    memory: Memory, questions: Mapping[str, Question], history: Iterable[Answered]
) -> None:
    """Learn from every answer, the oldest first; what was not answered says nothing."""
    for item_id, correct, local_day in history:
        question = questions.get(item_id)
        if question is not None and correct is not None:
            memory.note(question, local_day.toordinal(), correct=correct)


def fading(days: int) -> float:
    """What is left of a trace after so many days (1 for today or the past)."""
    if 0 <= days <= _LAST:
        return _FADING[days]
    return _FADING[0 if days < 0 else _LAST]
