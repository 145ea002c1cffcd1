"""The weekly review: at most three changes worth proposing, each for a reason (M74, FEATURES T8).

Fewer is better: each rule below stays silent unless the week's own figures speak for a change.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.domain.absence import Absence
from bot.domain.enrolment import Enrolment
from bot.domain.outlook import is_near, outlook_of
from bot.domain.plan import CATCH_UP, plan_back
from bot.domain.proposals import Change, Kind, dated
from bot.domain.quiz import DAILY_CHOICES, Answer
from bot.domain.weekly import WEEK
from content.schema import Milestones, Question

# A plan is made anew only while its shortest length still fits: later, steps would be lost.
SHORTEST_PLAN = 2 * WEEK
# More steps behind their day than a screen shows: the plan no longer says what is due when.
LATE_STEPS = CATCH_UP
# Of the week's daily quizzes (LEARNING: attendance is worth as many points as the choice of
# questions): so many done call for more, so few of so many planned for shorter ones.
KEPT_WELL = 6
KEPT_FEW = 2
PLANNED_ENOUGH = 5
# Ten a day is a lot: only in the last four weeks before a test.
EXAM_NEAR = 4 * WEEK
# A topic speaks from so many answers in the week on, at most half of them right.
TOPIC_ANSWERS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What the review looks at.

    `daily_days`: each day a daily quiz was planned for, and whether it was done. `focus`: the
    topic extra practice is on, with its last day. `away`: an absence not yet spoken of.
    """

    today: date
    exam_day: date | None
    enrolment: Enrolment | None
    milestones: Milestones
    questions_a_day: int
    daily_days: Mapping[date, bool]
    answers: Sequence[Answer]
    questions: Mapping[str, Question]
    focus: tuple[str, date | None]
    away: Absence | None = None


def review(facts: Facts, without: frozenset[Kind] = frozenset()) -> tuple[Change, ...]:
    """The changes to propose, one of a kind at most; none on the eve and the day of a test."""
    if facts.exam_day is not None and is_near(facts.exam_day, facts.today):
        return ()
    found = (propose_replan(facts), propose_questions(facts), propose_focus(facts))
    return tuple(each for each in found if each is not None and each.kind not in without)


def propose_replan(facts: Facts) -> Change | None:
    """The plan from today on, after an absence or where steps have piled up behind their day."""
    mine, today = facts.enrolment, facts.today
    exam = mine.exam(today) if mine else None
    if mine is None or exam is None or exam.day - today < SHORTEST_PLAN:
        return None
    late = count_late(mine, facts.milestones, today)
    if facts.away is None and late < LATE_STEPS:
        return None
    now = outlook_of(mine, facts.milestones, today)
    anew = outlook_of(replace(mine, planned_from=today), facts.milestones, today)
    if now.steps == anew.steps:
        return None
    started = mine.planned_from.isoformat() if mine.planned_from else None
    before = {
        "enrolment": mine.id,
        "planned_from": started,
        "exam_day": exam.day.isoformat(),
    }
    why = {"away": facts.away.days if facts.away else 0, "late": late}
    return Change(kind="replan", before=before, after=dated("replan", before, today), why=why)


def count_late(enrolment: Enrolment, milestones: Milestones, today: date) -> int:
    """How many open steps had their day, by the plan as it was made, before today."""
    exam, start = enrolment.exam(today), enrolment.planned_from or today
    if exam is None:
        return 0
    planned = plan_back(
        exam.day,
        start,
        milestones.steps,
        done=enrolment.done,
        behind=enrolment.behind(milestones.kinds, today),
    )
    return sum(each.due_day is not None and each.due_day < today for each in planned)


def propose_questions(facts: Facts) -> Change | None:
    """More questions a day to who keeps them all, fewer to whom they are too many."""
    if facts.questions_a_day not in DAILY_CHOICES:
        return None
    week = {
        day: done
        for day, done in facts.daily_days.items()
        if timedelta() <= facts.today - day < WEEK and (done or day < facts.today)
    }
    kept, planned = sum(week.values()), len(week)
    place = DAILY_CHOICES.index(facts.questions_a_day)
    if kept >= KEPT_WELL:
        place += _may_grow(facts, place)
    elif facts.away is not None or (planned >= PLANNED_ENOUGH and kept <= KEPT_FEW):
        place -= place > 0
    if DAILY_CHOICES[place] == facts.questions_a_day:
        return None
    return Change(
        kind="questions",
        before={"questions_a_day": facts.questions_a_day},
        after={"questions_a_day": DAILY_CHOICES[place]},
        why={"kept": kept, "planned": planned, "away": facts.away.days if facts.away else 0},
    )


def propose_focus(facts: Facts) -> Change | None:
    """The topic that went worst this week, for the extra practice of the next.

    Not one it is on already, unless today is its last day.
    """
    right, met = Counter[str](), Counter[str]()
    for answer in facts.answers:
        question = facts.questions.get(answer.item_id)
        if question is not None and timedelta() <= facts.today - answer.local_day < WEEK:
            met[question.topic] += 1
            right[question.topic] += answer.correct
    weak = [
        topic for topic in met if met[topic] >= TOPIC_ANSWERS and 2 * right[topic] <= met[topic]
    ]
    worst = max(weak, key=lambda topic: met[topic] - right[topic], default="")
    topic, until = facts.focus
    if not worst or (worst == topic and until is not None and until > facts.today):
        return None
    before = {"focus_topic": topic, "focus_until": until.isoformat() if until else None}
    return Change(
        kind="focus",
        before=before,
        after=dated("focus", {"focus_topic": worst}, facts.today),
        why={"right": right[worst], "answered": met[worst]},
    )


def _may_grow(facts: Facts, place: int) -> int:
    """One choice up; to the most only when a test is near."""
    if place + 1 < len(DAILY_CHOICES) - 1:
        return 1
    near = facts.exam_day is not None and facts.exam_day - facts.today <= EXAM_NEAR
    return int(near and place + 1 < len(DAILY_CHOICES))
