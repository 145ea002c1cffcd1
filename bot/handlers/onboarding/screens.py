"""The welcome's screens: one message, edited step by step."""

from __future__ import annotations

from datetime import time

from bot.handlers.context import TurnContext
from bot.messages import BLANK, Ask, Choice, Line, Row, content, line
from content.schema import LANGUAGES

HOURS = (time(8), time(12, 30), time(18), time(20), time(21))
SLOT = "start"


def welcome_screen(turn: TurnContext, link_ref: str) -> Ask:
    """Hello, what the coach does, the notice of law 09-08, consent; in any language."""
    languages: Row = tuple(
        Choice(token=f"start:{link_ref}:lang.{language}", label=line(f"start.language_{language}"))
        for language in LANGUAGES
    )
    agree = Choice(token=f"start:{link_ref}:yes.{turn.language}", label=line("start.agree"))
    more = Choice(token="privacy::show", label=line("start.privacy"))
    return Ask(
        body=(
            line("start.hello", competition=content(turn.pack.head.institution)),
            line("start.what_1"),
            line("start.what_2"),
            BLANK,
            line("privacy.notice_1"),
            line("privacy.notice_2"),
            line("privacy.notice_3"),
            BLANK,
            line("start.ask_consent"),
        ),
        choices=(languages, (agree,), (more,)),
        slot=SLOT,
    )


def stream_screen(turn: TurnContext) -> Ask:
    """Which stream."""
    rows = tuple(
        (Choice(token=f"start:stream:{stream.id}", label=content(stream.name)),)
        for stream in turn.pack.head.streams
    )
    return _screen(line("start.ask_stream"), rows)


def grade_screen(turn: TurnContext) -> Ask:
    """Which grade."""
    grades: Row = tuple(
        Choice(token=f"start:grade:{grade}", label=line("start.grade", grade=grade))
        for grade in turn.pack.head.grades
    )
    return _screen(line("start.ask_grade"), (grades,))


def dates_screen(turn: TurnContext) -> Ask:
    """Whether the exam's date is known."""
    rows = tuple(
        (Choice(token=f"start:dates:{value}", label=line(f"start.dates_{value}")),)
        for value in ("known", "estimated", "none")
    )
    return _screen(line("start.ask_dates"), rows)


def hour_screen(turn: TurnContext) -> Ask:
    """At what hour the quiz shall come."""
    hours: Row = tuple(
        Choice(token=f"start:hour:{hour:%H%M}", label=line("start.hour", hour=hour))
        for hour in HOURS
    )
    other = Choice(token="start:hour:other", label=line("start.hour_other"))
    return _screen(line("start.ask_hour"), (hours[:3], (*hours[3:], other)))


def _screen(question: Line, rows: tuple[Row, ...]) -> Ask:
    return Ask(body=(question,), choices=rows, slot=SLOT)
