"""Every table. Rows never leave this package: each aggregate's module turns them into values.

Instants are kept in UTC. Whatever belongs to a candidate carries `candidate_id` and goes with
them (ON DELETE CASCADE); what belongs to a chat carries `channel` and `chat`.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Column, Date, ForeignKey, Index, Integer, LargeBinary, String, Table, Text
from sqlalchemy import Time as TimeOfDay


class Instant(sa.TypeDecorator[datetime]):
    """An aware UTC datetime, kept without its zone."""

    impl = sa.DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        """Aware in, naive UTC to the database."""
        return None if value is None else value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:
        """Naive UTC from the database, aware out."""
        return None if value is None else value.replace(tzinfo=UTC)


metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

BigId = sa.BigInteger().with_variant(Integer, "sqlite")


def _owner(*, nullable: bool = False) -> Column[Any]:
    return Column(
        "candidate_id",
        String(32),
        ForeignKey("candidates.id", ondelete="CASCADE"),
        nullable=nullable,
    )


def _serial() -> Column[Any]:
    return Column("id", BigId, primary_key=True, autoincrement=True)


def _waiting(name: str, *columns: str) -> Index:
    """An index of the outbox rows that are neither sent nor dead."""
    waits = sa.text("sent_at IS NULL AND dead_reason IS NULL")
    return Index(name, *columns, sqlite_where=waits, postgresql_where=waits)


candidates = Table(
    "candidates",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("language", String(2), nullable=False),
    Column("stream", String(40), nullable=False),
    Column("grade", String(4), nullable=False),
    Column("zone", String(64), nullable=False),
    Column("quiz_time", TimeOfDay, nullable=False),
    Column("reminder_time", TimeOfDay, nullable=False),
    Column("quiet_from", TimeOfDay, nullable=False),
    Column("quiet_to", TimeOfDay, nullable=False),
    Column("push_to", String(20), nullable=False),
    Column("paused_until", Instant),
    Column("keep_voice", sa.Boolean, nullable=False),
    Column("asks_confidence", sa.Boolean, nullable=False, server_default=sa.false()),
    Column("shows_streak", sa.Boolean, nullable=False, server_default=sa.true()),
    Column("questions_a_day", Integer, nullable=False, server_default="5"),
    Column("focus_topic", String(40), nullable=False, server_default=""),
    Column("focus_until", Date),
    Column("consent_at", Instant, nullable=False),
    Column("onboarded_at", Instant),
    Column("active_at", Instant),
    Column("hour_asked_at", Instant),
    Column("proposed_hour", TimeOfDay),
    Column("refused_hour", TimeOfDay),
)

conversations = Table(
    "conversations",
    metadata,
    Column("channel", String(20), primary_key=True),
    Column("chat", String(64), primary_key=True),
    Column("thread", String(32), primary_key=True, default=""),
    Column("person", String(64), primary_key=True),
    _owner(),
    Column("state", Text),
    # What a /start link asked for, until the welcome is over.
    Column("payload", String(64)),
    Column("used_at", Instant, nullable=False),
    Column("blocked_at", Instant),
    Index("ix_conversations_candidate_id", "candidate_id"),
)

# Payloads of /start links, so that they outlive the welcome without a row about the person.
deep_links = Table(
    "deep_links",
    metadata,
    Column("ref", String(16), primary_key=True),
    Column("payload", String(64), nullable=False),
    Column("at", Instant, nullable=False),
)

inbox = Table(
    "inbox",
    metadata,
    Column("channel", String(20), primary_key=True),
    Column("event_id", String(120), primary_key=True),
    Column("at", Instant, nullable=False),
    Index("ix_inbox_at", "at"),
)

outbox = Table(
    "outbox",
    metadata,
    _serial(),
    Column("dedupe_key", String(160), unique=True),
    _owner(nullable=True),
    Column("channel", String(20), nullable=False),
    Column("chat", String(64), nullable=False),
    Column("thread", String(32), nullable=False),
    Column("payload", sa.JSON, nullable=False),
    Column("slot", String(60), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("edit_ref", String(40)),
    Column("priority", Integer, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("expires_at", Instant),
    # Seconds by the system's clock: retries and claims are real time even on a test clock.
    Column("not_before", sa.Float, nullable=False),
    Column("claimed_until", sa.Float, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("sent_at", Instant),
    Column("provider_ref", String(40)),
    Column("dead_reason", String(300)),
    Index("ix_outbox_candidate_id", "candidate_id"),
    # In the order they are claimed in; and by chat, so that none overtakes another.
    _waiting("ix_outbox_pending", "channel", "priority", "id"),
    _waiting("ix_outbox_chat", "channel", "chat", "id"),
    sqlite_autoincrement=True,
)

shown = Table(
    "shown",
    metadata,
    Column("channel", String(20), primary_key=True),
    Column("chat", String(64), primary_key=True),
    Column("thread", String(32), primary_key=True),
    Column("slot", String(60), primary_key=True),
    _owner(),
    Column("provider_ref", String(40)),
    Column("revision", Integer, nullable=False),
    Index("ix_shown_candidate_id", "candidate_id"),
)

timers = Table(
    "timers",
    metadata,
    _serial(),
    _owner(),
    Column("kind", String(30), nullable=False),
    Column("ref", String(80), nullable=False),
    Column("due_at", Instant, nullable=False),
    Column("claimed_until", sa.Float, nullable=False),
    Column("attempts", Integer, nullable=False),
    sa.UniqueConstraint("candidate_id", "kind", "ref"),
    Index("ix_timers_due_at", "due_at"),
    sqlite_autoincrement=True,
)

leases = Table(
    "leases",
    metadata,
    Column("name", String(60), primary_key=True),
    Column("holder", String(60), nullable=False),
    Column("until", sa.Float, nullable=False),
)

# Events whose handler raised: what an operator needs to mend it, nothing a candidate wrote.
faults = Table(
    "faults",
    metadata,
    _serial(),
    Column("at", Instant, nullable=False),
    Column("channel", String(20), nullable=False),
    Column("event_id", String(120), nullable=False),
    Column("route", String(80), nullable=False),
    Column("trace", Text, nullable=False),
)

quizzes = Table(
    "quizzes",
    metadata,
    _serial(),
    _owner(),
    Column("kind", String(10), nullable=False),
    Column("local_day", Date, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("pushed_at", Instant),
    Column("pushes", Integer, nullable=False, server_default="0"),
    Column("put_off_until", Instant),
    Column("closed_at", Instant),
    Column("outcome", String(10)),
    # Of a timed set: which one of the pack, and when its time ends.
    Column("set_id", String(40)),
    Column("deadline_at", Instant),
    Index(
        "uq_quizzes_daily",
        "candidate_id",
        "local_day",
        unique=True,
        sqlite_where=sa.text("kind = 'daily'"),
        postgresql_where=sa.text("kind = 'daily'"),
    ),
    # One set runs at a time; these few are also what downtime is credited to.
    Index(
        "uq_quizzes_open_set",
        "candidate_id",
        unique=True,
        sqlite_where=sa.text("kind = 'set' AND closed_at IS NULL"),
        postgresql_where=sa.text("kind = 'set' AND closed_at IS NULL"),
    ),
    Index("ix_quizzes_candidate_id", "candidate_id"),
    sqlite_autoincrement=True,
)

# One row a question put to a candidate; answered ones are the candidate's history, and a wrong
# one with its `cause` is the error journal.
quiz_items = Table(
    "quiz_items",
    metadata,
    Column("quiz_id", BigId, ForeignKey("quizzes.id", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True),
    _owner(),
    Column("item_id", String(40), nullable=False),
    Column("item_revision", Integer, nullable=False),
    Column("ticked", String(4), nullable=False),
    Column("chosen", String(4)),
    Column("correct", sa.Boolean),
    Column("confidence", Integer),
    Column("answered_at", Instant),
    Column("local_day", Date),
    Column("cause", String(12)),
    # A candidate's whole history, in order, without a look at the table: read before each quiz.
    Index(
        "ix_quiz_items_history",
        "candidate_id",
        "quiz_id",
        "position",
        "item_id",
        "correct",
        "local_day",
    ),
)

competitions = Table(
    "competitions",
    metadata,
    _serial(),
    Column("pack_id", String(60)),
    Column("name", String(120), nullable=False),
    Column("entered_by", String(60), nullable=False),
    Column("created_at", Instant, nullable=False),
)

competition_dates = Table(
    "competition_dates",
    metadata,
    Column(
        "competition_id",
        BigId,
        ForeignKey("competitions.id", ondelete="CASCADE"),
        primary_key=True,
    ),
    Column("kind", String(30), primary_key=True),
    Column("day", Date, nullable=False),
    Column("hour", TimeOfDay),
    Column("source", String(300), nullable=False),
    Column("entered_on", Date, nullable=False),
)

# A candidate's own competition: own dates override those of `competition_id`, if any.
enrolments = Table(
    "enrolments",
    metadata,
    _serial(),
    _owner(),
    Column("competition_id", BigId, ForeignKey("competitions.id", ondelete="SET NULL")),
    Column("name", String(120), nullable=False),
    Column("created_at", Instant, nullable=False),
    # The day the back-plan starts: when the exam day last changed, or a new plan was accepted.
    Column("planned_from", Date),
    Index("ix_enrolments_candidate_id", "candidate_id"),
    sqlite_autoincrement=True,
)

enrolment_dates = Table(
    "enrolment_dates",
    metadata,
    Column(
        "enrolment_id",
        BigId,
        ForeignKey("enrolments.id", ondelete="CASCADE"),
        primary_key=True,
    ),
    Column("kind", String(30), primary_key=True),
    Column("day", Date, nullable=False),
    Column("hour", TimeOfDay),
    Column("provenance", String(10), nullable=False),
    Column("source", String(300), nullable=False),
    Column("entered_on", Date, nullable=False),
)

# Statuses of plan steps and of milestones (`item`: a step's id, or "milestone:<kind>").
enrolment_statuses = Table(
    "enrolment_statuses",
    metadata,
    Column(
        "enrolment_id",
        BigId,
        ForeignKey("enrolments.id", ondelete="CASCADE"),
        primary_key=True,
    ),
    Column("item", String(60), primary_key=True),
    Column("status", String(10), nullable=False),
    Column("changed_at", Instant, nullable=False),
)

# Short written answers: one row a question asked; unanswered while `answered_at` is empty.
short_answers = Table(
    "short_answers",
    metadata,
    _serial(),
    _owner(),
    Column("item_id", String(40), nullable=False),
    Column("item_revision", Integer, nullable=False),
    Column("asked_at", Instant, nullable=False),
    Column("answered_at", Instant),
    Column("text", Text),
    Column("is_right", sa.Boolean),
    Index("ix_short_answers_candidate_id", "candidate_id"),
    sqlite_autoincrement=True,
)

# What candidates report of a question; `decision` is the operator's, for all reports of the item.
item_reports = Table(
    "item_reports",
    metadata,
    _serial(),
    _owner(),
    Column("item_id", String(40), nullable=False),
    Column("item_revision", Integer, nullable=False),
    Column("reason", String(20), nullable=False),
    Column("at", Instant, nullable=False),
    Column("decision", String(12)),
    Column("note", Text),
    Column("decided_at", Instant),
    sa.UniqueConstraint("candidate_id", "item_id", "item_revision"),
    Index("ix_item_reports_item_id", "item_id"),
    sqlite_autoincrement=True,
)

# What the weekly review proposed; `before` and `after` are the values that accepting changes,
# `why` the candidate's own figures. Those offered together share `offered_at`.
proposals = Table(
    "proposals",
    metadata,
    _serial(),
    _owner(),
    Column("kind", String(12), nullable=False),
    Column("before", sa.JSON, nullable=False),
    Column("after", sa.JSON, nullable=False),
    Column("why", sa.JSON, nullable=False),
    Column("offered_at", Instant, nullable=False),
    Column("decided_at", Instant),
    Column("accepted", sa.Boolean),
    Column("undone_at", Instant),
    Index("ix_proposals_candidate_id", "candidate_id"),
    sqlite_autoincrement=True,
)

# A case marked on its grid by the candidate (`ticked`: the boxes met), or the plan of a dossier
# written against the clock; `passed` is empty until it is over.
drills = Table(
    "drills",
    metadata,
    _serial(),
    _owner(),
    Column("kind", String(10), nullable=False),
    Column("item_id", String(40), nullable=False),
    Column("started_at", Instant, nullable=False),
    Column("ended_at", Instant),
    Column("ticked", sa.JSON, nullable=False),
    Column("text", Text, nullable=False),
    Column("passed", sa.Boolean),
    Index("ix_drills_candidate_id", "candidate_id"),
    sqlite_autoincrement=True,
)

# A mock oral; `plan`: its questions as (frame, prompt), `results`: what each came to, once over.
# Its clock runs from `resumed_at` to `deadline_at` and stands still from `paused_at` on.
mocks = Table(
    "mocks",
    metadata,
    _serial(),
    _owner(),
    Column("started_at", Instant, nullable=False),
    Column("resumed_at", Instant, nullable=False),
    Column("deadline_at", Instant, nullable=False),
    Column("paused_at", Instant),
    Column("ended_at", Instant),
    Column("outcome", String(10)),
    Column("plan", sa.JSON, nullable=False),
    Column("results", sa.JSON),
    # One is open at a time; these few are also what downtime is credited to.
    Index(
        "uq_mocks_open",
        "candidate_id",
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    ),
    Index("ix_mocks_candidate_id", "candidate_id"),
    sqlite_autoincrement=True,
)

# An answer being written to a PREP, STAR or pitch prompt; kept once finished. `mock_id`: it is
# given in that mock oral (no foreign key: SQLite could not take the column away again).
drafts = Table(
    "drafts",
    metadata,
    _serial(),
    _owner(),
    Column("frame", String(10), nullable=False),
    Column("prompt_id", String(40), nullable=False),
    Column("part", Integer, nullable=False),
    Column("rewrite_of", BigId, ForeignKey("drafts.id", ondelete="SET NULL")),
    Column("created_at", Instant, nullable=False),
    Column("finished_at", Instant),
    Column("assessment", sa.JSON),
    Column("banked", sa.Boolean, nullable=False),
    Column("mock_id", BigId),
    Index("ix_drafts_candidate_id", "candidate_id"),
    sqlite_autoincrement=True,
)

draft_texts = Table(
    "draft_texts",
    metadata,
    _serial(),
    Column("draft_id", BigId, ForeignKey("drafts.id", ondelete="CASCADE"), nullable=False),
    Column("part", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("seconds", Integer),
    Column("message_ref", String(60), nullable=False),
    Column("at", Instant, nullable=False),
    Index("ix_draft_texts_draft_id", "draft_id"),
    sqlite_autoincrement=True,
)

# Voice notes, only of candidates who said "keep them".
voice_files = Table(
    "voice_files",
    metadata,
    _serial(),
    _owner(),
    Column("draft_id", BigId, ForeignKey("drafts.id", ondelete="CASCADE")),
    Column("channel", String(20), nullable=False),
    Column("file_ref", String(200), nullable=False),
    Column("seconds", Integer, nullable=False),
    Column("content", LargeBinary),
    Column("at", Instant, nullable=False),
    Index("ix_voice_files_candidate_id", "candidate_id"),
)

# `stage`: made, claimed (by the `to_` side), approved (by the maker), offered (the `to_` side
# wants its own history to stay, which costs the maker theirs).
link_codes = Table(
    "link_codes",
    metadata,
    Column("code_hash", String(64), primary_key=True),
    _owner(),
    Column("from_channel", String(20), nullable=False),
    Column("from_chat", String(64), nullable=False),
    Column("to_channel", String(20)),
    Column("to_chat", String(64)),
    Column("to_person", String(64)),
    Column("created_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("stage", String(10), nullable=False),
    Index("ix_link_codes_candidate_id", "candidate_id"),
)

# Wrong link codes, kept for an hour to refuse guessing.
link_tries = Table(
    "link_tries",
    metadata,
    _serial(),
    Column("channel", String(20), nullable=False),
    Column("chat", String(64), nullable=False),
    Column("at", Instant, nullable=False),
    Index("ix_link_tries_channel_chat", "channel", "chat"),
)

# The web chat's transcript: one row a message (`seq`), rewritten in place with a new revision.
web_log = Table(
    "web_log",
    metadata,
    Column("chat", String(64), primary_key=True),
    # Both start at the milliseconds of the first row, so that a transcript begun anew after
    # /forget is newer than all that a page may still show of the old one.
    Column("seq", BigId, primary_key=True),
    # Grows by one at every insert or rewrite of the chat: what a page has seen, it has seen.
    Column("revision", BigId, nullable=False),
    Column("side", String(5), nullable=False),
    Column("payload", sa.JSON, nullable=False),
    Column("key", String(60), nullable=False),
    Column("at", Instant, nullable=False),
    sa.UniqueConstraint("chat", "key"),
    Index("ix_web_log_chat_revision", "chat", "revision"),
)

# A message to many; `position`: how many of its audience have their row in the outbox.
broadcasts = Table(
    "broadcasts",
    metadata,
    _serial(),
    Column("operator", String(80), nullable=False),
    Column("text", Text, nullable=False),
    Column("language", String(2), nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("size", Integer, nullable=False),
    Column("position", Integer, nullable=False),
    Column("stage", String(10), nullable=False),
    sqlite_autoincrement=True,
)

# Who a broadcast is for, fixed when it was written: a rehearsal and the sending count alike.
broadcast_targets = Table(
    "broadcast_targets",
    metadata,
    Column(
        "broadcast_id",
        BigId,
        ForeignKey("broadcasts.id", ondelete="CASCADE"),
        primary_key=True,
    ),
    Column("position", Integer, primary_key=True),
    _owner(),
    Index("ix_broadcast_targets_candidate_id", "candidate_id"),
)

# What operators did.
audits = Table(
    "audits",
    metadata,
    _serial(),
    Column("at", Instant, nullable=False),
    Column("operator", String(80), nullable=False),
    Column("action", String(40), nullable=False),
    Column("detail", String(300), nullable=False),
)

# Odds and ends the coach remembers about itself (zone-data version, pack).
install = Table(
    "install",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("value", String(200), nullable=False),
)
