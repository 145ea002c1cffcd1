"""The candidate and what they chose."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import NewType

from bot.domain.quiz import DAILY_COUNT
from content.schema import Language

CandidateId = NewType("CandidateId", str)

DEFAULT_QUIZ_TIME = time(20, 0)
DEFAULT_REMINDER_TIME = time(9, 0)
DEFAULT_QUIET_FROM = time(22, 0)
DEFAULT_QUIET_TO = time(8, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A person who consented, and their settings. Times are wall-clock times in `zone`.

    `push_to` names the channel pushes go to (empty: the last used that can push). `quiet_from`
    equal to `quiet_to` means no quiet hours. `asks_confidence`: each answer says how sure it is
    (T45); `shows_streak`: days kept in a row are counted aloud (T37). Extra practice is on
    `focus_topic` through `focus_until` (empty: on whatever is worth most). `onboarded_at` is None
    until the welcome is over. `active_at`: when they last pressed, typed or said anything, to half
    a minute (T34, T35). `hour_asked_at`: when another quiz hour was last proposed or chosen;
    `proposed_hour`: the one proposed; `refused_hour`: one they did not want (T38).
    """

    id: CandidateId
    language: Language
    stream: str
    grade: str
    zone: str
    consent_at: datetime
    quiz_time: time = DEFAULT_QUIZ_TIME
    reminder_time: time = DEFAULT_REMINDER_TIME
    quiet_from: time = DEFAULT_QUIET_FROM
    quiet_to: time = DEFAULT_QUIET_TO
    push_to: str = ""
    paused_until: datetime | None = None
    keep_voice: bool = False
    asks_confidence: bool = False
    shows_streak: bool = True
    questions_a_day: int = DAILY_COUNT
    focus_topic: str = ""
    focus_until: date | None = None
    onboarded_at: datetime | None = None
    active_at: datetime | None = None
    hour_asked_at: datetime | None = None
    proposed_hour: time | None = None
    refused_hour: time | None = None

    def is_paused(self, now: datetime) -> bool:
        """Whether pushes other than critical milestones are held back at `now`."""
        return self.paused_until is not None and now < self.paused_until

    def focus_on(self, day: date) -> str:
        """The topic that extra practice is on that day; empty without one."""
        return self.focus_topic if self.focus_until and day <= self.focus_until else ""
