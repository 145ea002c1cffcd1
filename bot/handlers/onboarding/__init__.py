"""/start: language, consent, stream, grade, dates, quiz hour, then the first question.

Nothing about a person is kept before they consent: until then each button's token carries the
language chosen and a short reference to what the start link asked for.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import time

from bot.conversation import EnteringDate, EnteringHour, Idle, WelcomeStep, Welcoming
from bot.domain.enrolment import Enrolment
from bot.domain.hour_text import read_hour
from bot.domain.standing import standing_timers
from bot.handlers.context import Reply, Routes, TurnContext
from bot.handlers.onboarding.screens import (
    HOURS,
    SLOT,
    dates_screen,
    grade_screen,
    hour_screen,
    stream_screen,
    welcome_screen,
)
from bot.messages import (
    Ask,
    Choice,
    CommandGiven,
    Incoming,
    TextReceived,
    line,
)
from content.schema import LANGUAGES

# Screens a start link may ask for by name; a link code leads to another device (`linking`).
_SCREENS = {
    "quiz": "quiz::open",
    "plan": "plan::show",
    "progress": "progress::show",
    "faq": "faq::list",
}
_LINK = "link_"


def on_start(turn: TurnContext) -> Reply:
    """/start, or any event of a person who has not consented."""
    payload = _payload(turn.event)
    if turn.candidate is not None and turn.me.onboarded_at is None:
        return _resume(turn)
    if payload.startswith(_LINK):
        return Reply(next=f"link:{payload.removeprefix(_LINK)}:claim")
    if turn.candidate is None:
        return Reply(messages=(welcome_screen(turn, _remember(turn, payload)),))
    return Reply(state=Idle(), next=_SCREENS.get(payload, "menu::"))


def on_text(turn: TurnContext) -> Reply:
    """Something typed in the middle of the welcome: an hour where one is asked, else ask again."""
    typed = turn.event.text if isinstance(turn.event, TextReceived) else ""
    hour = read_hour(typed) if _step_of(turn) == "hour" else None
    if hour is None:
        return _resume(turn)
    turn.store.candidates.change(turn.me.id, quiz_time=hour)
    return _finish(turn)


def on_press(turn: TurnContext, ref: str, value: str) -> Reply:
    """A button of the welcome. `ref` is the link's reference before consent, then a step."""
    what, _, choice = value.partition(".")
    if turn.candidate is None:
        turn.language = next((each for each in LANGUAGES if each == choice), turn.language)
        if what == "yes":
            return _consent(turn, ref)
        return Reply(messages=(welcome_screen(turn, ref if what == "lang" else ""),))
    if turn.me.onboarded_at is not None:
        return Reply(next="menu::", notice=line("start.already"))
    return _step(turn, ref, value)


def _step(turn: TurnContext, step: str, value: str) -> Reply:
    """One answer of the welcome; each leads to the next question."""
    me, pack = turn.me, turn.pack.head
    if step == "stream" and value in {stream.id for stream in pack.streams}:
        turn.store.candidates.change(me.id, stream=value)
        return Reply(messages=(grade_screen(turn),), state=Welcoming(step="grade"))
    if step == "grade" and value in pack.grades:
        turn.store.candidates.change(me.id, grade=value)
        return Reply(messages=(dates_screen(turn),), state=Welcoming(step="dates"))
    if step == "dates" and value in {"known", "estimated"}:
        return _ask_date(turn, value)
    if step == "hour" and value == "other":
        return Reply(state=EnteringHour(setting="quiz", onboarding=True))
    if step == "hour" and (hour := _offered_hour(value)) is not None:
        turn.store.candidates.change(me.id, quiz_time=hour)
        return _finish(turn)
    if step == "hour" or (step == "dates" and value == "none"):
        screen = replace(hour_screen(turn), fresh=turn.is_below)
        return Reply(messages=(screen,), state=Welcoming(step="hour"))
    if step == "done":
        return _finish(turn)
    return _resume(turn)


def _resume(turn: TurnContext) -> Reply:
    """The welcome where it stands, at the bottom of the chat."""
    step = _step_of(turn)
    screens = {"grade": grade_screen, "dates": dates_screen, "hour": hour_screen}
    screen = screens.get(step, stream_screen)(turn)
    return Reply(messages=(replace(screen, fresh=True),), state=Welcoming(step=step))


def _step_of(turn: TurnContext) -> WelcomeStep:
    """Where the welcome is; a state that asks for a day or an hour belongs to its step."""
    match turn.state:
        case Welcoming(step=step):
            return step
        case EnteringDate():
            return "dates"
        case EnteringHour():
            return "hour"
    return "stream"


def _consent(turn: TurnContext, link_ref: str) -> Reply:
    """The person agrees: only now do they become a candidate."""
    head, event = turn.pack.head, turn.event
    turn.candidate = turn.store.candidates.create(
        language=turn.language,
        stream=head.streams[0].id,
        grade=head.grades[min(1, len(head.grades) - 1)],
        zone=turn.zone,
        now=turn.now,
    )
    turn.store.conversations.open(event.address, event.sender, turn.me.id, turn.now)
    payload = turn.store.start_links.find(link_ref)
    if payload:
        turn.store.conversations.set_payload(event.address, event.sender, payload)
    return Reply(
        messages=(stream_screen(turn),), state=Welcoming(), notice=line("start.consented")
    )


def _ask_date(turn: TurnContext, value: str) -> Reply:
    return Reply(
        state=EnteringDate(
            enrolment=_competition(turn).id,
            milestone="written",
            provenance="official" if value == "known" else "estimated",
            onboarding=True,
        )
    )


def _competition(turn: TurnContext) -> Enrolment:
    """The candidate's competition: the pack's, unless they have one already."""
    name = turn.pack.head.name.in_language(turn.me.language)
    return turn.store.enrolments.ensure_default(turn.me.id, name, turn.now)


def _finish(turn: TurnContext) -> Reply:
    """The welcome is over: pushes are armed, and the first question comes at once."""
    me = turn.store.candidates.change(turn.me.id, onboarded_at=turn.now)
    _competition(turn)
    turn.store.enrolments.rearm(me, turn.pack.milestones.kinds, turn.now)
    test_days = turn.store.enrolments.test_days(me.id)
    for kind, due_at in standing_timers(me, turn.now, test_days).items():
        turn.store.timers.arm(me.id, kind, "", due_at)
    payload = turn.store.conversations.take_payload(turn.event.address, turn.event.sender)
    ready = Ask(
        body=(line("start.ready", hour=me.quiz_time), line("start.ready_more")),
        choices=((Choice(token="menu::", label=line("common.menu")),),),
        slot=SLOT,
    )
    return Reply(messages=(ready,), state=Idle(), next=_SCREENS.get(payload, "quiz::open"))


def _remember(turn: TurnContext, payload: str) -> str:
    """A short reference for what the link asked for; empty when it asked for nothing."""
    if not payload:
        return ""
    ref = hashlib.sha256(payload.encode()).hexdigest()[:12]
    turn.store.start_links.keep(ref, payload, turn.now)
    return ref


def _offered_hour(value: str) -> time | None:
    return next((hour for hour in HOURS if f"{hour:%H%M}" == value), None)


def _payload(event: Incoming) -> str:
    """What a /start link asks for; Telegram allows 64 characters."""
    if not isinstance(event, CommandGiven) or event.name != "start":
        return ""
    return event.arguments.strip()[:64]


ROUTES = Routes(
    commands={"start": on_start},
    buttons={"start": on_press},
    texts={"welcoming": on_text},
    voices={"welcoming": on_text},
    open_to_all=frozenset({"start"}),
)
