"""A candidate and competitions to try the calendar's rules on."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from bot.domain.candidate import Candidate, CandidateId
from bot.domain.enrolment import Enrolment, MilestoneDate, Provenance, Status
from content.schema import Localized, MilestoneKind, PlanStep

CASABLANCA = "Africa/Casablanca"
ENTERED = date(2026, 11, 24)
CREATED = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)

SALMA = Candidate(
    id=CandidateId("salma"),
    language="fr",
    stream="benefits",
    grade="B",
    zone=CASABLANCA,
    consent_at=CREATED,
)


def text(word: str) -> Localized:
    """The same word in each language."""
    return Localized(fr=word, ar=word, en=word)


def kind(kind_id: str, *, deadline: bool = False, days: int = 0) -> MilestoneKind:
    """A milestone kind of a pack that is not the real one."""
    return MilestoneKind(
        id=kind_id,
        name=text(kind_id),
        action=text("do"),
        risk=text("risk"),
        countermeasure=text("counter"),
        deadline=deadline,
        days_from_written=days,
    )


NOTICE = kind("notice", days=-40)
FILING = kind("filing", deadline=True, days=-20)
ADMITTED = kind("admitted", days=-5)
WRITTEN = kind("written")
ORAL = kind("oral", days=14)
KINDS = (NOTICE, FILING, ADMITTED, WRITTEN, ORAL)


def step(step_id: str, weeks: dict[int, int], before: str = "") -> PlanStep:
    """A plan step."""
    return PlanStep(
        id=step_id,
        title=text(step_id),
        action=text("do"),
        risk=text("risk"),
        countermeasure=text("counter"),
        weeks=weeks,
        before=before,
    )


def on(
    kind_id: str,
    day: date,
    hour: time | None = None,
    *,
    provenance: Provenance = "estimated",
    source: str = "",
) -> MilestoneDate:
    """A date of a milestone."""
    return MilestoneDate(
        kind=kind_id,
        day=day,
        hour=hour,
        provenance=provenance,
        source=source,
        entered_on=ENTERED,
    )


def enrolled(
    *dates: MilestoneDate, number: int = 1, statuses: dict[str, Status] | None = None
) -> Enrolment:
    """A competition of Salma's."""
    return Enrolment(
        id=number,
        candidate_id=SALMA.id,
        name=f"competition {number}",
        created_at=CREATED,
        dates={each.kind: each for each in dates},
        statuses=statuses or {},
    )
