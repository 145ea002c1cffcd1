"""Oral answers, unfinished and finished, their messages, and kept voice notes."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from bot.domain.frames import Frame
from bot.domain.oral import Draft
from bot.domain.rubric import Assessment, dump_assessment
from bot.storage.draft_reading import (
    COPIED,
    KEPT,
    REF_LENGTH,
    DraftReading,
    is_written,
    message_key,
)
from bot.storage.tables import draft_texts, drafts, voice_files


class Drafts(DraftReading):
    """Creates and changes drafts, besides finding them."""

    # --- write ---

    def start(
        self,
        candidate_id: str,
        frame: Frame,
        prompt_id: str,
        now: datetime,
        *,
        rewrite_of: Draft | None = None,
        part: int = 0,
        mock_id: int | None = None,
    ) -> Draft:
        """A new draft, with the texts of the version it rewrites; the frame's empty ones go.

        `mock_id`: it is given in that mock oral.
        """
        self._drop_empty(candidate_id, frame)
        draft_id = self._connection.execute(
            drafts.insert().returning(drafts.c.id),
            {
                "candidate_id": candidate_id,
                "frame": frame,
                "prompt_id": prompt_id,
                "part": part,
                "rewrite_of": rewrite_of.id if rewrite_of else None,
                "created_at": now,
                "banked": False,
                "mock_id": mock_id,
            },
        ).scalar_one()
        for note in rewrite_of.notes if rewrite_of else ():
            if note.seconds is None:
                self._add(draft_id, note.part, note.text, None, COPIED, now)
        return self.load(draft_id, candidate_id)

    def append(
        self, draft: Draft, text: str, channel: str, message_ref: str, now: datetime
    ) -> None:
        """One more message in the open part; it replaces what was copied there."""
        self._connection.execute(
            draft_texts.delete().where(
                draft_texts.c.draft_id == draft.id,
                draft_texts.c.part == draft.part,
                draft_texts.c.message_ref == COPIED,
            )
        )
        self._add(draft.id, draft.part, text, None, message_key(channel, message_ref), now)

    def keep_copied(self, draft: Draft) -> None:
        """What was copied into the open part stays, and the next message comes after it."""
        self._connection.execute(
            draft_texts.update()
            .where(
                draft_texts.c.draft_id == draft.id,
                draft_texts.c.part == draft.part,
                draft_texts.c.message_ref == COPIED,
            )
            .values(message_ref=KEPT)
        )

    def replace(self, draft: Draft, channel: str, message_ref: str, text: str) -> None:
        """An earlier message now reads `text`."""
        self._connection.execute(
            draft_texts.update()
            .where(
                draft_texts.c.draft_id == draft.id,
                draft_texts.c.message_ref == message_key(channel, message_ref),
            )
            .values(text=text)
        )

    def open_part(self, draft: Draft, part: int) -> None:
        """What comes next belongs to `part`."""
        self._change(draft.id, part=part)

    def note_voice(
        self, draft: Draft, seconds: int, assessment: Assessment, ref: str, now: datetime
    ) -> None:
        """The answer was spoken; a later take replaces an earlier one."""
        self.drop_voice(draft)
        self._add(draft.id, draft.part, "", seconds, ref[:REF_LENGTH], now)
        self._change(draft.id, assessment=dump_assessment(assessment))

    def tick(self, draft: Draft, assessment: Assessment) -> None:
        """The candidate's ticks now say this."""
        self._change(draft.id, assessment=dump_assessment(assessment))

    def drop_voice(self, draft: Draft) -> None:
        """Back to writing: the timing goes, typed texts stay."""
        self._connection.execute(
            draft_texts.delete().where(
                draft_texts.c.draft_id == draft.id, draft_texts.c.seconds.is_not(None)
            )
        )
        self._change(draft.id, assessment=None)

    def finish(self, draft: Draft, assessment: Assessment, now: datetime) -> None:
        """The answer is whole, with its assessment as given that day."""
        self._change(draft.id, assessment=dump_assessment(assessment), finished_at=now)

    def bank(self, draft: Draft, *, keep: bool) -> None:
        """Put a story into the bank, or take it out."""
        self._change(draft.id, banked=keep)

    def discard(self, draft: Draft) -> None:
        """Remove a draft that nothing was written in."""
        self._connection.execute(drafts.delete().where(drafts.c.id == draft.id))

    def keep_voice(
        self,
        draft: Draft,
        candidate_id: str,
        *,
        channel: str,
        file_ref: str,
        seconds: int,
        content: bytes | None,
        now: datetime,
    ) -> None:
        """Keep a voice note: only for a candidate who chose so."""
        self._connection.execute(
            voice_files.insert().values(
                candidate_id=candidate_id,
                draft_id=draft.id,
                channel=channel,
                file_ref=file_ref,
                seconds=seconds,
                content=content,
                at=now,
            )
        )

    def kept_voices(self, candidate_id: str, mock_id: int) -> int:
        """How many voice notes of a mock oral are kept."""
        counted = sa.select(sa.func.count()).where(_voices_of(candidate_id, mock_id))
        return int(self._connection.execute(counted).scalar_one())

    def delete_voices(self, candidate_id: str, mock_id: int) -> None:
        """Keep none of them any longer; their times and ticks stay."""
        self._connection.execute(voice_files.delete().where(_voices_of(candidate_id, mock_id)))

    # --- inside ---

    def _add(
        self, draft_id: int, part: int, text: str, seconds: int | None, ref: str, now: datetime
    ) -> None:
        self._connection.execute(
            draft_texts.insert().values(
                draft_id=draft_id, part=part, text=text, seconds=seconds, message_ref=ref, at=now
            )
        )

    def _change(self, draft_id: int, **values: Any) -> None:
        self._connection.execute(drafts.update().where(drafts.c.id == draft_id).values(**values))

    def _drop_empty(self, candidate_id: str, frame: Frame) -> None:
        self._connection.execute(
            drafts.delete().where(
                drafts.c.candidate_id == candidate_id,
                drafts.c.frame == frame,
                drafts.c.finished_at.is_(None),
                drafts.c.mock_id.is_(None),
                ~is_written(),
            )
        )


def _voices_of(candidate_id: str, mock_id: int) -> sa.ColumnElement[bool]:
    answers = sa.select(drafts.c.id).where(drafts.c.mock_id == mock_id)
    return sa.and_(voice_files.c.candidate_id == candidate_id, voice_files.c.draft_id.in_(answers))
