"""Typing a day and where it was read: the texts that the dates' questions wait for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from bot.conversation import EnteringDate, EnteringSource, Idle
from bot.domain.date_checks import doubts, refusal
from bot.domain.date_words import is_official_link
from bot.domain.day_text import DayTextError, TypedDay, read_day
from bot.domain.enrolment import Enrolment, MilestoneDate
from bot.handlers.context import Reply, TurnContext
from bot.handlers.milestones.date_screens import (
    dates_screen,
    entered_screen,
    saved_lines,
)
from bot.handlers.milestones.lookup import (
    SLOT,
    current_enrolment,
    find_kind,
    rearm,
)
from bot.messages import Ask, Choice, Line, Say, TextReceived, line
from content.schema import MilestoneKind

LONGEST_SOURCE = 200
# The example shown is a Sunday about two months away: a likely day for a written test.
EXAMPLE_AHEAD = timedelta(days=60)
_AFTER_WELCOME = "start:hour:"


def ask_day(turn: TurnContext) -> Reply:
    """The question that a typed day answers."""
    state = turn.state
    if not isinstance(state, EnteringDate):
        return Reply()
    kind = find_kind(turn, state.milestone)
    question = line("dates.ask_day", kind=kind.name if kind else "", example=_example(turn))
    return Reply(messages=(_question(state, question),))


def on_day_text(turn: TurnContext) -> Reply:
    """The day typed: kept as estimated until the candidate says where it comes from."""
    state, event = turn.state, turn.event
    if not (isinstance(state, EnteringDate) and isinstance(event, TextReceived)):
        return Reply()
    enrolment = turn.store.enrolments.get(state.enrolment, turn.me.id)
    kind = find_kind(turn, state.milestone)
    if enrolment is None or kind is None:
        return _lost(turn, is_welcome=state.onboarding)
    try:
        typed = read_day(event.text, turn.today)
    except DayTextError:
        return _once_more(turn, state, line("dates.unreadable"))
    refused = refusal(kind, typed.day, turn.today)
    if refused is not None:
        return _once_more(turn, state, refused)
    return _keep(turn, state, enrolment, kind, typed)


def ask_source(turn: TurnContext) -> Reply:
    """The question that a typed source answers."""
    state = turn.state
    if not isinstance(state, EnteringSource):
        return Reply()
    without = Choice(
        token=f"dates:{state.enrolment}:seen.{state.milestone}", label=line("dates.skip")
    )
    return Reply(
        messages=(Ask(body=(line("dates.ask_source"),), choices=((without,),), slot=SLOT),)
    )


def on_source_text(turn: TurnContext) -> Reply:
    """Where the candidate read the official date: a link or a few words."""
    state, event = turn.state, turn.event
    if not (isinstance(state, EnteringSource) and isinstance(event, TextReceived)):
        return Reply()
    enrolment = turn.store.enrolments.get(state.enrolment, turn.me.id)
    kind = find_kind(turn, state.milestone)
    if enrolment is None or kind is None or kind.id not in enrolment.dates:
        return _lost(turn, is_welcome=False)
    source = " ".join(event.text.split())[:LONGEST_SOURCE]
    enrolment = set_official(turn, enrolment, kind, source)
    key = "dates.official_saved" if is_official_link(source) else "dates.unverified"
    screen = replace(dates_screen(turn, enrolment), fresh=True)
    return Reply(messages=(Say(body=(line(key),)), screen), state=Idle())


def _keep(
    turn: TurnContext,
    state: EnteringDate,
    enrolment: Enrolment,
    kind: MilestoneKind,
    typed: TypedDay,
) -> Reply:
    """During the welcome the candidate said already whether the date is official."""
    is_known = state.onboarding and state.provenance == "official"
    known = MilestoneDate(
        kind=kind.id,
        day=typed.day,
        hour=typed.hour,
        provenance="official" if is_known else "estimated",
        entered_on=turn.today,
    )
    kinds = turn.pack.milestones.kinds
    notes = doubts(kinds, kind, typed, enrolment.dates.values(), turn.today)
    enrolment = turn.store.enrolments.set_date(enrolment, known)
    rearm(turn)
    if state.onboarding:
        saved = Say(body=saved_lines(turn, kind, known, notes))
        return Reply(messages=(saved,), state=Idle(), next=_AFTER_WELCOME)
    return Reply(messages=(entered_screen(turn, enrolment, known, notes),), state=Idle())


def _once_more(turn: TurnContext, state: EnteringDate, reason: Line) -> Reply:
    """The day cannot be kept: why, and an example to follow."""
    again = _question(state, reason, line("dates.for_example", example=_example(turn)))
    return Reply(messages=(replace(again, fresh=True),))


def _question(state: EnteringDate, *body: Line) -> Ask:
    """A question with a way out: on with the welcome, or back to the milestone."""
    out = Choice(
        token=f"dates:{state.enrolment}:kind.{state.milestone}", label=line("common.cancel")
    )
    if state.onboarding:
        out = Choice(token=_AFTER_WELCOME, label=line("dates.skip"))
    return Ask(body=body, choices=((out,),), slot="" if state.onboarding else SLOT)


def _lost(turn: TurnContext, *, is_welcome: bool) -> Reply:
    """The competition asked about is no more (removed on another device)."""
    if is_welcome:
        return Reply(state=Idle(), next=_AFTER_WELCOME)
    screen = replace(dates_screen(turn, current_enrolment(turn)), fresh=True)
    return Reply(messages=(Say(body=(line("plan.gone"),)), screen), state=Idle())


def set_official(
    turn: TurnContext, enrolment: Enrolment, kind: MilestoneKind, source: str
) -> Enrolment:
    """Make a date official: where it was read, and that it was entered today."""
    known = replace(
        enrolment.dates[kind.id], provenance="official", source=source, entered_on=turn.today
    )
    enrolment = turn.store.enrolments.set_date(enrolment, known)
    rearm(turn)
    return enrolment


def _example(turn: TurnContext) -> str:
    day = turn.today + EXAMPLE_AHEAD
    sunday: date = day + timedelta(days=6 - day.weekday())
    return f"{sunday:%d/%m/%Y} 09:00"
