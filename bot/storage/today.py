"""Reads what a candidate's next step depends on."""

from __future__ import annotations

from datetime import date

from bot.clock import local_day
from bot.domain.candidate import Candidate
from bot.domain.enrolment import Enrolment
from bot.domain.journal import misses_of, next_unsorted
from bot.domain.next_step import Today
from bot.storage.unit_of_work import UnitOfWork
from content.schema import Pack


def read_today(store: UnitOfWork, candidate: Candidate, pack: Pack, today: date) -> Today:
    """Where the candidate stands on `today`."""
    daily = store.quizzes.daily_of(candidate.id, today)
    misses = misses_of(store.quizzes.answers(candidate.id), pack.questions)
    mine = store.enrolments.of_candidate(candidate.id)
    return Today(
        quiz_done=daily is not None and daily.current is None,
        has_unsorted=next_unsorted(misses) is not None,
        has_exam_day=any(enrolment.exam(today) for enrolment in mine),
        days_to_deadline=min(
            (days for each in mine for days in _days_to_deadlines(each, pack, today)),
            default=None,
        ),
        days_since_oral=_days_since_oral(store, candidate, today),
    )


def next_test_day(store: UnitOfWork, candidate: Candidate, today: date) -> date | None:
    """The first day of a test from today on; None when none is known."""
    test_days = store.enrolments.test_days(candidate.id)
    return min((day for day in test_days if day >= today), default=None)


def current_enrolment(store: UnitOfWork, candidate: Candidate, today: date) -> Enrolment | None:
    """The competition whose exam comes next, else the first; None without any."""
    mine = store.enrolments.of_candidate(candidate.id)
    exams = {exam.day: each for each in reversed(mine) if (exam := each.exam(today))}
    ahead = [day for day in exams if day >= today]
    return exams[min(ahead)] if ahead else next(iter(mine), None)


def _days_to_deadlines(enrolment: Enrolment, pack: Pack, today: date) -> list[int]:
    """How far each deadline still to be met is, in days."""
    return [
        (enrolment.dates[kind.id].day - today).days
        for kind in pack.milestones.kinds
        if kind.deadline and kind.id in enrolment.dates and not enrolment.is_behind(kind.id, today)
    ]


def _days_since_oral(store: UnitOfWork, candidate: Candidate, today: date) -> int | None:
    last = store.drafts.counts(candidate.id).last_prep_at
    return None if last is None else (today - local_day(last, candidate.zone)).days
