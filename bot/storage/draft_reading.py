"""Oral answers as they are read: each with its messages, each looked up with its owner."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from bot.domain.frames import Frame
from bot.domain.oral import Draft, Note, PromptUse
from bot.domain.rubric import load_assessment
from bot.storage.tables import draft_texts, drafts

# Marks a note taken over from the version before: new words in its part replace it.
COPIED = "copied"
# Marks one that was taken over and kept: new words come after it.
KEPT = "kept"
REF_LENGTH = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class OralCounts:
    """What a candidate finished; `last_prep_at` is None before the first PREP answer."""

    prep_finished: int
    star_finished: int
    pitch_finished: int
    banked: int
    last_prep_at: datetime | None


class DraftReading:
    """Finds drafts; every look-up names the owner."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def get(self, draft_id: int, candidate_id: str) -> Draft | None:
        """The candidate's draft of that id."""
        return self._first(drafts.c.id == draft_id, candidate_id)

    def newest(self, candidate_id: str, frame: Frame) -> Draft | None:
        """The newest draft of a frame in which something was noted, finished or not; none of a
        mock oral."""
        mine = sa.and_(drafts.c.frame == frame, drafts.c.mock_id.is_(None), is_written())
        return self._first(mine, candidate_id)

    def of_mock(self, mock_id: int, candidate_id: str) -> tuple[Draft, ...]:
        """The answers given in a mock oral, in the order they were asked."""
        mine = sa.and_(drafts.c.candidate_id == candidate_id, drafts.c.mock_id == mock_id)
        rows = self._connection.execute(sa.select(drafts).where(mine).order_by(drafts.c.id))
        texts = self._connection.execute(
            sa.select(draft_texts)
            .where(draft_texts.c.draft_id.in_(sa.select(drafts.c.id).where(mine)))
            .order_by(draft_texts.c.id)
        ).all()
        return tuple(
            _draft(row, (text for text in texts if text.draft_id == row["id"]))
            for row in rows.mappings()
        )

    def with_message(self, candidate_id: str, channel: str, message_ref: str) -> Draft | None:
        """The candidate's draft that holds this typed message."""
        held = sa.select(draft_texts.c.draft_id).where(
            draft_texts.c.message_ref == message_key(channel, message_ref)
        )
        return self._first(drafts.c.id.in_(held), candidate_id) if message_ref else None

    def banked(self, candidate_id: str) -> list[Draft]:
        """The stories in the candidate's bank, the oldest first."""
        return self._all(drafts.c.banked.is_(True), candidate_id)[::-1]

    def uses(self, candidate_id: str, frame: Frame) -> dict[str, PromptUse]:
        """Prompt id to when it was last written on."""
        uses: dict[str, PromptUse] = {}
        rows = self._connection.execute(
            sa.select(drafts.c.prompt_id, drafts.c.created_at, drafts.c.finished_at)
            .where(drafts.c.candidate_id == candidate_id, drafts.c.frame == frame)
            .where(is_written())
            .order_by(drafts.c.id)
        )
        for row in rows:
            before = uses.get(row.prompt_id)
            finished = row.finished_at is not None or bool(before and before.finished)
            uses[row.prompt_id] = PromptUse(at=row.created_at, finished=finished)
        return uses

    def counts(self, candidate_id: str) -> OralCounts:
        """How much the candidate finished, for progress."""
        rows = self._connection.execute(
            sa.select(
                drafts.c.frame,
                sa.func.count().label("finished"),
                sa.func.max(drafts.c.finished_at).label("last_at"),
                sa.func.sum(sa.case((drafts.c.banked, 1), else_=0)).label("banked"),
            )
            .where(drafts.c.candidate_id == candidate_id, drafts.c.finished_at.is_not(None))
            # A question passed in a mock oral is finished too, with nothing in it.
            .where(is_written())
            .group_by(drafts.c.frame)
        )
        by_frame = {row.frame: row for row in rows}
        finished = {frame: row.finished for frame, row in by_frame.items()}
        return OralCounts(
            prep_finished=finished.get("prep", 0),
            star_finished=finished.get("star", 0),
            pitch_finished=finished.get("pitch", 0),
            banked=sum(row.banked for row in by_frame.values()),
            last_prep_at=by_frame["prep"].last_at if "prep" in by_frame else None,
        )

    def load(self, draft_id: int, candidate_id: str) -> Draft:
        """The candidate's draft, which is known to exist (else LookupError)."""
        found = self.get(draft_id, candidate_id)
        if found is None:
            raise LookupError(draft_id)
        return found

    def _first(self, condition: sa.ColumnElement[bool], candidate_id: str) -> Draft | None:
        return next(iter(self._all(condition, candidate_id, limit=1)), None)

    def _all(
        self, condition: sa.ColumnElement[bool], candidate_id: str, limit: int | None = None
    ) -> list[Draft]:
        rows = self._connection.execute(
            sa.select(drafts)
            .where(drafts.c.candidate_id == candidate_id, condition)
            .order_by(drafts.c.id.desc())
            .limit(limit)
        ).mappings()
        return [_draft(row, self._notes(row["id"])) for row in rows.all()]

    def _notes(self, draft_id: int) -> Iterable[Any]:
        return self._connection.execute(
            sa.select(draft_texts)
            .where(draft_texts.c.draft_id == draft_id)
            .order_by(draft_texts.c.id)
        ).all()


def is_written() -> sa.ColumnElement[bool]:
    """Whether something was noted in the draft."""
    return sa.exists().where(draft_texts.c.draft_id == drafts.c.id)


def message_key(channel: str, message_ref: str) -> str:
    """What names a message among all channels' own."""
    return f"{channel}:{message_ref}"[:REF_LENGTH]


def _draft(row: Any, notes: Iterable[Any]) -> Draft:
    return Draft(
        id=row["id"],
        frame=row["frame"],
        prompt_id=row["prompt_id"],
        part=row["part"],
        rewrite_of=row["rewrite_of"],
        created_at=row["created_at"],
        finished_at=row["finished_at"],
        assessment=load_assessment(row["assessment"]),
        banked=row["banked"],
        mock_id=row["mock_id"],
        notes=tuple(
            Note(
                part=note.part,
                text=note.text,
                seconds=note.seconds,
                copied=note.message_ref == COPIED,
            )
            for note in notes
        ),
    )
