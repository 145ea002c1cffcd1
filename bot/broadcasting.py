"""A broadcast becomes outbox rows, a few hundred at a time, in the same transaction as its cursor.

A crash before the commit expands the same few hundred again and sends none twice; one after it
goes on behind them.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from bot.clock import wall_seconds
from bot.domain.candidate import Candidate
from bot.domain.sending_time import sending_time, silence_of
from bot.messages import Address, Say, quoted
from bot.posting import push_address
from bot.render import Renderer
from bot.storage.broadcasts import Broadcast
from bot.storage.outbox import OutboxRow, Urgency
from bot.storage.unit_of_work import UnitOfWork

# As many as wait in the outbox at most: what comes back from there is a minute's work.
EXPAND_ROWS = 500


def expand(
    store: UnitOfWork, renderer: Renderer, channels: Mapping[str, bool], now: datetime
) -> int:
    """Bring the oldest running broadcast forward; how many of its audience (0: nothing to do)."""
    broadcast = store.broadcasts.next_to_expand()
    if broadcast is None:
        return 0
    if store.outbox.count_ready(Urgency.BROADCAST, wall_seconds()) >= EXPAND_ROWS:
        return 0
    ids = store.broadcasts.targets(broadcast, EXPAND_ROWS)
    people = store.candidates.of(ids)
    doors = store.conversations.of_candidates(ids)
    test_days = store.enrolments.test_days_of(ids)
    rows = []
    for person in people:
        to = push_address(person, doors.get(person.id, []), channels)
        if to is not None and not person.is_paused(now):
            not_before = _not_before(person, test_days.get(person.id, frozenset()), now)
            rows.append((_row(broadcast, person, to, renderer, now), not_before))
    store.outbox.add_many(rows)
    store.broadcasts.advance(broadcast, EXPAND_ROWS)
    store.outbox.announce()
    return EXPAND_ROWS


def _row(
    broadcast: Broadcast, person: Candidate, to: Address, renderer: Renderer, now: datetime
) -> OutboxRow:
    return OutboxRow(
        address=to,
        candidate_id=person.id,
        payload=renderer.payload(Say(body=(quoted(broadcast.text),)), person.language),
        urgency=Urgency.BROADCAST,
        dedupe_key=f"{person.id}:broadcast:{broadcast.id}",
        created_at=now,
    )


def _not_before(person: Candidate, test_days: frozenset[date], now: datetime) -> float:
    """Not in the quiet hours, on a test's day or in the middle of something (system seconds).

    It waits, as a quiz does: to whom a test was given, the news may still matter the day after.
    """
    calm = sending_time(now, silence_of(person, test_days), active_at=person.active_at)
    return wall_seconds() + max(0.0, (calm - now).total_seconds()) if calm else 0.0
