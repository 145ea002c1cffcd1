"""The competitions candidates prepare: dates, statuses, and the timers these call for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from bot.domain import enrolment as rules
from bot.domain.candidate import Candidate
from bot.domain.enrolment import Enrolment, MilestoneDate, Status, milestone_item
from bot.storage.dialect import upsert
from bot.storage.reminder_timers import rearm, take_back
from bot.storage.tables import (
    competition_dates,
    enrolment_dates,
    enrolment_statuses,
    enrolments,
)
from content.schema import MilestoneKind


class Enrolments:
    """Finds and changes enrolments; every look-up names the owner, since refs can be forged."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def ensure_default(self, candidate_id: str, name: str, now: datetime) -> Enrolment:
        """The candidate's first competition, made under `name` when they have none."""
        mine = self.of_candidate(candidate_id)
        return mine[0] if mine else self.add(candidate_id, name, now)

    def add(self, candidate_id: str, name: str, now: datetime) -> Enrolment:
        """One more competition."""
        added = self._connection.execute(
            enrolments.insert()
            .values(candidate_id=candidate_id, name=name, created_at=now)
            .returning(enrolments.c.id)
        ).one()
        return Enrolment(id=added.id, candidate_id=candidate_id, name=name, created_at=now)

    def get(self, enrolment_id: int, candidate_id: str) -> Enrolment | None:
        """The enrolment, if it is this candidate's."""
        found = self._load(
            enrolments.c.id == enrolment_id, enrolments.c.candidate_id == candidate_id
        )
        return found[0] if found else None

    def of_candidate(self, candidate_id: str) -> list[Enrolment]:
        """The candidate's competitions, the first made first."""
        return self._load(enrolments.c.candidate_id == candidate_id)

    def test_days(self, candidate_id: str) -> frozenset[date]:
        """The days of the candidate's tests, when the coach keeps quiet."""
        return rules.days_of_tests(self.of_candidate(candidate_id))

    def test_days_of(self, ids: Collection[str]) -> dict[str, frozenset[date]]:
        """The days of tests of many candidates; none for those who have no competition."""
        found: dict[str, list[Enrolment]] = defaultdict(list)
        for each in self._load(enrolments.c.candidate_id.in_(ids)):
            found[each.candidate_id].append(each)
        return {owner: rules.days_of_tests(theirs) for owner, theirs in found.items()}

    def remove(self, enrolment: Enrolment) -> None:
        """Forget a competition with its dates, statuses, timers and pending pushes."""
        take_back(self._connection, enrolment)
        self._connection.execute(enrolments.delete().where(enrolments.c.id == enrolment.id))

    def set_date(self, enrolment: Enrolment, known: MilestoneDate) -> Enrolment:
        """Set a date (then call `rearm`); a new exam day starts the back-plan anew.

        Snoozes and pending reminders of the old date are taken back.
        """
        values = asdict(known)
        statement = upsert(self._connection, enrolment_dates).values(
            enrolment_id=enrolment.id, **values
        )
        self._connection.execute(
            statement.on_conflict_do_update(index_elements=["enrolment_id", "kind"], set_=values)
        )
        take_back(self._connection, enrolment, known.kind)
        return self._note_exam_day(enrolment, known.entered_on)

    def remove_date(self, enrolment: Enrolment, kind: str, today: date) -> Enrolment:
        """Forget the candidate's own date of a milestone (then call `rearm`)."""
        self._connection.execute(
            enrolment_dates.delete().where(
                enrolment_dates.c.enrolment_id == enrolment.id, enrolment_dates.c.kind == kind
            )
        )
        take_back(self._connection, enrolment, kind)
        return self._note_exam_day(enrolment, today)

    def set_status(
        self, enrolment: Enrolment, item: str, status: Status, now: datetime
    ) -> Enrolment:
        """Set the status of a plan step, a watch, or `milestone:<kind>` (then call `rearm`)."""
        values = {"status": status, "changed_at": now}
        statement = upsert(self._connection, enrolment_statuses).values(
            enrolment_id=enrolment.id, item=item, **values
        )
        self._connection.execute(
            statement.on_conflict_do_update(index_elements=["enrolment_id", "item"], set_=values)
        )
        return self._again(enrolment)

    def start_plan(self, enrolment: Enrolment, day: date | None) -> None:
        """The back-plan starts that day; nothing the candidate entered or did is touched."""
        self._connection.execute(
            enrolments.update().where(enrolments.c.id == enrolment.id).values(planned_from=day)
        )

    def validate(self, enrolment: Enrolment, kind: str, now: datetime) -> Enrolment:
        """The milestone is done: its reminders fall silent, those already on their way too."""
        take_back(self._connection, enrolment, kind)
        return self.set_status(enrolment, milestone_item(kind), "validated", now)

    def rearm(self, candidate: Candidate, kinds: tuple[MilestoneKind, ...], now: datetime) -> None:
        """Set the timers that the candidate's dates, statuses, hours and zone now call for.

        To be called after any of these changed; calling it once too often changes nothing.
        """
        rearm(self._connection, candidate, self.of_candidate(candidate.id), kinds, now)

    def _note_exam_day(self, before: Enrolment, today: date) -> Enrolment:
        """Start the back-plan today if the exam day is not what it was."""
        now_known, then_known = self._again(before).exam(today), before.exam(today)
        if now_known and (then_known is None or then_known.day != now_known.day):
            self.start_plan(before, today)
        return self._again(before)

    def _again(self, enrolment: Enrolment) -> Enrolment:
        return self._load(enrolments.c.id == enrolment.id)[0]

    def _load(self, *conditions: sa.ColumnElement[bool]) -> list[Enrolment]:
        rows = self._connection.execute(
            sa.select(enrolments).where(*conditions).order_by(enrolments.c.id)
        ).mappings()
        found = list(rows)
        ids = [row["id"] for row in found]
        shared = self._dates(
            competition_dates, "competition_id", [row["competition_id"] for row in found]
        )
        own = self._dates(enrolment_dates, "enrolment_id", ids)
        statuses = self._statuses(ids)
        return [
            Enrolment(
                **row,
                dates={**shared[row["competition_id"]], **own[row["id"]]},
                statuses=statuses[row["id"]],
            )
            for row in found
        ]

    def _dates(
        self, table: sa.Table, owner: str, ids: Sequence[int | None]
    ) -> dict[int, dict[str, MilestoneDate]]:
        """Dates by owner and kind; a shared competition's are official (DESIGN 1.11)."""
        dates: dict[int, dict[str, MilestoneDate]] = defaultdict(dict)
        rows = self._connection.execute(sa.select(table).where(table.c[owner].in_(ids)))
        for row in rows.mappings():
            values: dict[str, Any] = {"provenance": "official", **row}
            of = values.pop(owner)
            dates[of][values["kind"]] = MilestoneDate(**values)
        return dates

    def _statuses(self, ids: Sequence[int]) -> dict[int, dict[str, Status]]:
        statuses: dict[int, dict[str, Status]] = defaultdict(dict)
        table = enrolment_statuses
        rows = self._connection.execute(sa.select(table).where(table.c.enrolment_id.in_(ids)))
        for row in rows:
            statuses[row.enrolment_id][row.item] = row.status
        return statuses
