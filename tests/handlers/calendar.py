"""Shortcuts for tests about dates: a candidate with a competition, and its rows."""

from __future__ import annotations

from datetime import datetime

from bot.domain.enrolment import Enrolment
from bot.storage.database import Database
from bot.storage.reminder_timers import MILESTONE
from tests.talk import Bubble, Talk


def joined(
    language: str = "fr", *, filing: str = "", written: str = "", database: Database | None = None
) -> Talk:
    """A candidate past the welcome, with a deadline and a written test if given as typed."""
    talk = Talk(language=language, database=database)
    talk.join()
    talk.say("/plan")
    for kind, text in (("filing_deadline", filing), ("written", written)):
        if text:
            enter(talk, kind, text)
    return talk


def enter(talk: Talk, kind: str, text: str, *, number: int = 1) -> None:
    """Type a date for a milestone."""
    talk.press_token(f"dates:{number}:enter.{kind}")
    talk.say(text)


def competition(talk: Talk, number: int = 1) -> Enrolment:
    """A competition of the person at the keyboard."""
    me = talk.candidate_id
    with talk.database.begin() as store:
        found = store.enrolments.get(number, me)
    assert found is not None
    return found


def armed(talk: Talk, kind: str = MILESTONE) -> dict[str, datetime]:
    """The candidate's timers of a kind."""
    me = talk.candidate_id
    with talk.database.begin() as store:
        return store.timers.due_of(me, kind)


def pushes(talk: Talk, part: str) -> list[Bubble]:
    """The messages in the chat whose text has `part`."""
    return [bubble for bubble in talk.chat.bubbles if part in bubble.text]
