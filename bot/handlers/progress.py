"""/progress: gates, areas, streak and next steps in one short message; the exam card."""

from __future__ import annotations

from collections.abc import Sequence

from bot.clock import local_day
from bot.domain.drills import (
    CASES_NEEDED,
    OUTLINE_MINUTES,
    Drill,
    best_outline,
    cases_passed,
    clock_of,
)
from bot.domain.mock_marks import STABLE_OVER, Result, is_stable, overall, points
from bot.domain.next_step import next_step, say_step, step_choice
from bot.domain.outlook import outlook_of
from bot.domain.quiz import Answer
from bot.domain.readiness import (
    BAR_LENGTH,
    FEWEST_FOR_AREA,
    GATE_ANSWERS,
    GATE_PERCENT,
    Share,
    area_shares,
    gate_share,
    is_gate_open,
)
from bot.domain.streak import streak_of
from bot.domain.timed_set import count_badges
from bot.handlers.context import Reply, Routes, TurnContext
from bot.messages import BLANK, Ask, Choice, Line, Param, line
from bot.storage.today import current_enrolment, read_today
from content.schema import Area, Test

_SLOT = "progress"
_SHOWN_STEPS = 3
_MENU = Choice(token="menu::", label=line("common.menu"))


def on_command(turn: TurnContext) -> Reply:
    """/progress: the one message, at the bottom of the chat."""
    return Reply(messages=(_progress(turn, fresh=True),))


def on_press(turn: TurnContext, ref: str, value: str) -> Reply:
    """The exam card, the way back from it, or a button that leads here."""
    if value == "exam":
        return Reply(messages=(_exam_card(turn),))
    return Reply(messages=(_progress(turn, fresh=value != "back"),))


def _progress(turn: TurnContext, *, fresh: bool) -> Ask:
    """At most 900 characters (FEATURES T30); a test renders the longest."""
    answers = turn.store.quizzes.answers(turn.me.id)
    step = next_step(read_today(turn.store, turn.me, turn.pack, turn.today))
    return Ask(
        body=(
            line("progress.heading"),
            *((_streak(turn),) if turn.me.shows_streak else ()),
            BLANK,
            line("progress.gates"),
            *_gates(turn, answers),
            *_sets(turn),
            BLANK,
            line("progress.areas"),
            *_areas(turn, answers),
            BLANK,
            line("progress.steps"),
            *_steps(turn),
            BLANK,
            say_step(step),
        ),
        choices=(
            (step_choice(step),),
            (
                Choice(token="forecast::show", label=line("progress.to_forecast")),
                Choice(token="journal::show", label=line("progress.to_journal")),
            ),
            (Choice(token="progress::exam", label=line("progress.to_exam")), _MENU),
        ),
        slot=_SLOT,
        fresh=fresh,
    )


def _streak(turn: TurnContext) -> Line:
    """Planned days in a row; a forgiven one is said, and after a break what stays."""
    planned = turn.store.quizzes.daily_days(turn.me.id, turn.me.zone)
    begun_day = local_day(turn.me.consent_at, turn.me.zone)
    streak = streak_of(planned, turn.today, begun_day)
    if streak.days == 0:
        return line("progress.streak_again" if any(planned.values()) else "progress.streak_new")
    forgiven = line("progress.forgiven") if streak.is_forgiven else line("common.blank")
    return line("progress.streak", count=streak.days, forgiven=forgiven)


def _gates(turn: TurnContext, answers: list[Answer]) -> tuple[Line, ...]:
    """The four gates of M68; the last stays shut, since no mock written test is measured yet."""
    drills = turn.store.drills.of_candidate(turn.me.id)
    oral = _oral(turn.store.mocks.results(turn.me.id))
    return (
        _gate_mcq(answers),
        _gate_cases(drills),
        _gate_outline(drills),
        line("progress.gate_mock", oral=oral),
    )


def _gate_mcq(answers: list[Answer]) -> Line:
    """The first gate: sheet quizzes and timed sets."""
    share = gate_share(answers)
    if not share.answered:
        return line("progress.gate_mcq_unknown", percent=GATE_PERCENT)
    return line(
        "progress.gate_mcq_open" if is_gate_open(share) else "progress.gate_mcq",
        percent=GATE_PERCENT,
        reached=share.percent,
        answered=share.answered,
        needed=GATE_ANSWERS,
    )


def _gate_cases(drills: Sequence[Drill]) -> Line:
    """The second gate: different cases passed, their figures checked, their grids self-marked."""
    passed = cases_passed(drills)
    key = "progress.gate_cases_open" if passed >= CASES_NEEDED else "progress.gate_cases"
    return line(key, passed=passed, needed=CASES_NEEDED)


def _gate_outline(drills: Sequence[Drill]) -> Line:
    """The third gate: the quickest plan that came in time."""
    best = best_outline(drills)
    if best is None:
        return line("progress.gate_outline", minutes=OUTLINE_MINUTES)
    return line("progress.gate_outline_open", minutes=OUTLINE_MINUTES, time=clock_of(best))


def _oral(held: Sequence[Sequence[Result]]) -> Line:
    """The oral half of the fourth gate: the last two mocks, and whether they were ticked (T6)."""
    if not held:
        return line("progress.oral_none")
    last = held[-STABLE_OVER:]
    scores = [points(overall(each)) for each in last]
    if len(last) < STABLE_OVER:
        return line("progress.oral_one", last=scores[0])
    is_own = any(result.how == "ticked" for each in last for result in each)
    basis = line("progress.oral_ticked") if is_own else line("common.blank")
    key = (
        "progress.oral_stable" if is_stable([overall(each) for each in last]) else "progress.oral"
    )
    return line(key, before=scores[0], last=scores[1], basis=basis)


def _sets(turn: TurnContext) -> tuple[Line, ...]:
    """Thematic sets with their badge, of all (M80); nothing in a pack that has none."""
    sets = turn.pack.sets
    earned = count_badges(turn.store.timed_sets.results(turn.me.id), sets)
    return (line("progress.sets", earned=earned, total=len(sets)),) if sets else ()


def _areas(turn: TurnContext, answers: list[Answer]) -> tuple[Line, ...]:
    shares = area_shares(answers, turn.pack)
    return tuple(_area(area, shares[area.id]) for area in turn.pack.head.areas)


def _area(area: Area, share: Share) -> Line:
    if share.answered < FEWEST_FOR_AREA:
        return line("progress.area_unknown", name=area.name)
    bar = "▰" * share.cells + "▱" * (BAR_LENGTH - share.cells)
    return line(
        "progress.area", bar=bar, percent=share.percent, name=area.name, answered=share.answered
    )


def _steps(turn: TurnContext) -> tuple[Line, ...]:
    """The plan's next three; without a plan, what everyone begins with."""
    enrolment = current_enrolment(turn.store, turn.me, turn.today)
    titles: list[Param] = []
    if enrolment is not None:
        steps = outlook_of(enrolment, turn.pack.milestones, turn.today).steps
        titles = [planned.step.title for planned in steps[:_SHOWN_STEPS]]
    if not titles:
        titles = [line(f"progress.step_{name}") for name in ("quiz", "oral", "dates")]
    return tuple(
        line("progress.step", number=number, title=title) for number, title in enumerate(titles, 1)
    )


def _exam_card(turn: TurnContext) -> Ask:
    """The tests with durations and coefficients (M29), by stage (M31)."""
    tests = turn.pack.head.tests
    total = sum(test.coefficient for test in tests)
    stages: list[Line] = []
    for stage in ("written", "oral"):
        stages.append(line(f"progress.stage_{stage}"))
        stages += [_test(test, total) for test in tests if test.stage == stage]
    return Ask(
        body=(
            line("progress.exam_heading"),
            *stages,
            BLANK,
            line("progress.exam_mark", total=total),
            line("progress.exam_notice"),
        ),
        choices=((Choice(token="progress::back", label=line("common.back")), _MENU),),
        slot=_SLOT,
    )


def _test(test: Test, total: int) -> Line:
    shortest, longest = test.minutes
    return line(
        "progress.test" if shortest == longest else "progress.test_range",
        name=test.name,
        content=test.content,
        shortest=shortest,
        longest=longest,
        coefficient=test.coefficient,
        total=total,
    )


ROUTES = Routes(commands={"progress": on_command}, buttons={"progress": on_press})
