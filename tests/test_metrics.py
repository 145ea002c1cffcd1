"""What is seen from outside: counts that are right, and nobody's words."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

from bot.delivery.carrier import Counts
from bot.metrics import Metrics
from bot.storage.database import Database
from tests.talk import Talk


async def test_what_waits_and_for_how_long_is_said(tmp_path: Path) -> None:
    talk = Talk(database=Database(f"sqlite:///{tmp_path}/coach.db"))
    talk.join()
    talk.turns.take(talk.command_of("/plan"), talk.now)
    later = talk.now + timedelta(seconds=90)
    counts = {"telegram": Counts(sent=7, rate_limited=1)}
    metrics = Metrics(talk.database, lambda: counts, lambda: later)
    for milliseconds in (3, 30, 9999):
        metrics.note_turn("/plan", milliseconds)
    metrics.note_turn("fault", 1)
    text = await metrics.text()
    for line in (
        'coach_turns_total{outcome="handled"} 3',
        'coach_turns_total{outcome="fault"} 1',
        'coach_turn_seconds_bucket{le="0.005"} 2',
        'coach_turn_seconds_bucket{le="0.05"} 3',
        'coach_turn_seconds_bucket{le="+Inf"} 4',
        'coach_messages_sent_total{channel="telegram"} 7',
        'coach_messages_rate_limited_total{channel="telegram"} 1',
        'coach_outbox_rows{urgency="answer"} 1',
        'coach_outbox_age_seconds{urgency="answer"} 90.0',
        "coach_dead_letters 0",
    ):
        assert line in text.splitlines(), line
    form = re.compile(r'# TYPE \w+ \w+|\w+(\{\w+="[^"]*"\})? [0-9.]+')
    assert all(form.fullmatch(line) for line in text.splitlines())
    talk.database.close()
