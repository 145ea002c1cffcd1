"""The Sunday report: what the week was, one area to work on, one next step (M66),
then what to change in the plan, if anything (M74)."""

from __future__ import annotations

from datetime import date, timedelta

from bot.clock import local_day
from bot.domain.journal import misses_of, next_unsorted
from bot.domain.need import topic_needs
from bot.domain.next_step import Step, step_choice
from bot.domain.quiz import Answer
from bot.domain.readiness import area_shares, area_to_work_on
from bot.domain.weekly import (
    REPORT_TIMER,
    STALE_AFTER,
    WEEK,
    Week,
    monday_of,
    next_report_at,
    week_of,
)
from bot.handlers.calm import calm_at
from bot.handlers.context import Reply, Routes, TurnContext
from bot.handlers.reviewing import offer_on_sunday
from bot.messages import Ask, Line, TimerFired, line
from content.schema import Localized

# A report leaves on Sunday, or a day or two later where that was silent: this far back from its
# due day lies the week it tells of.
_BACK = timedelta(days=2)
# A person who answered nothing for so long gets no report; the next answer brings it back.
_SILENT_AFTER = 3 * WEEK
# Two weeks are compared from so many answers on in each.
_COMPARABLE = 10
_PROPOSALS: dict[Step, str] = {
    "quiz": "progress.report_quiz",
    "journal": "progress.report_journal",
    "oral": "progress.report_oral_step",
}


def on_due(turn: TurnContext) -> Reply:
    """Sunday evening, unless the candidate is active or it is a silent hour: then a bit later."""
    event, me, now = turn.event, turn.me, turn.now
    if not isinstance(event, TimerFired):
        return Reply()
    is_off = now - event.due_at > STALE_AFTER or me.is_paused(now)
    calm = calm_at(turn)
    if not is_off and calm > now:
        turn.store.timers.arm(me.id, REPORT_TIMER, "", calm)
        return Reply()
    turn.store.timers.arm(me.id, REPORT_TIMER, "", next_report_at(me, now))
    answers = turn.store.quizzes.answers(me.id)
    if is_off or not answers or now - answers[-1].at > _SILENT_AFTER:
        return Reply()
    offered = offer_on_sunday(turn)
    day = local_day(event.due_at, me.zone) - _BACK
    report = _report(turn, answers, day, nothing_to_change=offered == ())
    return Reply(messages=(report,), next="review::show" if offered else "")


def _report(
    turn: TurnContext, answers: list[Answer], day: date, *, nothing_to_change: bool
) -> Ask:
    week, before = week_of(answers, day), week_of(answers, day - WEEK)
    oral = _oral_answers(turn, day)
    body: list[Line] = [line("progress.report_heading")]
    if week.answered:
        body += [line("progress.report_base", count=week.answered, percent=week.percent)]
        body += _comparison(week, before)
        if week.sure_and_wrong:
            body += [line("progress.report_sure", count=week.sure_and_wrong)]
        body += [line("progress.report_area", area=_area_name(turn, answers))]
    else:
        body += [line("progress.report_calm")]
    if oral:
        body += [line("progress.report_oral", count=oral)]
    if nothing_to_change:
        body += [line("progress.report_plan_fits")]
    step = _proposal(turn, answers, week, oral)
    body += [line(_PROPOSALS[step])]
    return Ask(body=tuple(body), choices=((step_choice(step),),))


def _comparison(week: Week, before: Week) -> list[Line]:
    """The week before, where there is enough to compare: one's own past, nobody else's (P15)."""
    if min(week.answered, before.answered) < _COMPARABLE:
        return []
    return [line("progress.report_before", percent=before.percent)]


def _proposal(turn: TurnContext, answers: list[Answer], week: Week, oral: int) -> Step:
    if not week.answered:
        return "quiz"
    if next_unsorted(misses_of(answers, turn.pack.questions)) is not None:
        return "journal"
    return "quiz" if oral else "oral"


def _area_name(turn: TurnContext, answers: list[Answer]) -> Localized:
    met = turn.store.quizzes.history(turn.me.id)
    needs = topic_needs(
        turn.pack, turn.me.stream, [each for each in met if each.correct is not None]
    )
    areas = turn.pack.head.areas
    by_area = {area.id: sum(needs.get(topic, 0.0) for topic in area.topics) for area in areas}
    chosen = area_to_work_on(area_shares(answers, turn.pack), by_area)
    return next(area.name for area in areas if area.id == chosen)


def _oral_answers(turn: TurnContext, day: date) -> int:
    """How many prompts the candidate finished an answer to in the week of `day`."""
    first = monday_of(day)
    return sum(
        use.finished and first <= local_day(use.at, turn.me.zone) < first + WEEK
        for frame in ("prep", "star", "pitch")
        for use in turn.store.drafts.uses(turn.me.id, frame).values()
    )


ROUTES = Routes(timers={REPORT_TIMER: on_due})
