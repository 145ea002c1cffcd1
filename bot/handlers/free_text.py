"""What arrives where nothing was asked: a text, a voice note, a file, a sticker. Never silence."""

from __future__ import annotations

from bot.conversation import InMock, WritingPart
from bot.domain.faq_match import find_entry
from bot.domain.glossary import defined, named_exactly, named_in_question
from bot.domain.small_talk import Talk, small_talk
from bot.handlers.context import Reply, Routes, TurnContext
from bot.messages import (
    Ask,
    Choice,
    FileReceived,
    Line,
    Row,
    Say,
    TextReceived,
    Unsupported,
    line,
)
from content.schema import FaqEntry

_MENU = Choice(token="menu::", label=line("common.menu"))
_FAQ = Choice(token="faq::list", label=line("help.to_faq"))


def on_text(turn: TurnContext) -> Reply:
    """Nobody's answer: small talk, a word of the glossary, a question of the FAQ, or unknown."""
    event = turn.event
    if not isinstance(event, TextReceived):
        return Reply()
    if turn.me.onboarded_at is None:
        return Reply(next="start::")
    talk = small_talk(event.text, turn.today)
    if talk is not None:
        return _small_talk(talk)
    terms = turn.pack.glossary.values()
    term = named_exactly(event.text, terms) or defined(event.text, terms)
    if term is not None:
        return Reply(next=f"term:{term.id}:new")
    found = find_entry(event.text, turn.pack.faq.values())
    if found is not None and found.is_sure:
        return Reply(next=f"faq:{found.entry.id}:new")
    term = named_in_question(event.text, terms)
    if term is not None:
        return Reply(next=f"term:{term.id}:new")
    if _has_paused_mock(turn):
        return Reply(next="mock::not_added")
    return Reply(next="menu::not_known") if found is None else _guess(found.entry)


def on_voice(turn: TurnContext) -> Reply:
    """A voice note outside an exercise: it is not kept; the exercises are a tap away."""
    if _has_paused_mock(turn):
        return Reply(next="mock::not_added")
    return _ask(
        line("help.voice"),
        tuple(
            Choice(token=f"oral::{frame}", label=line(f"help.voice_{frame}"))
            for frame in ("prep", "star", "pitch")
        ),
    )


def on_file(turn: TurnContext) -> Reply:
    """A file or a picture: never kept, and a photographed paper is not solved (P17)."""
    event = turn.event
    is_picture = isinstance(event, FileReceived) and event.mime.startswith("image/")
    return _beside_draft(turn, line("help.picture" if is_picture else "help.file"))


def on_unsupported(turn: TurnContext) -> Reply:
    """A sticker, a location and the like."""
    return _beside_draft(turn, line("help.unsupported"))


def _has_paused_mock(turn: TurnContext) -> bool:
    """Whether words that mean nothing else were likely meant for a mock oral that stands still."""
    mock = turn.store.mocks.open_of(turn.me.id)
    return mock is not None and mock.paused_at is not None


def _beside_draft(turn: TurnContext, said: Line) -> Reply:
    """The sentence; for someone writing an answer without buttons that would lead away from it."""
    if isinstance(turn.state, WritingPart | InMock):
        return Reply(messages=(Say(body=(said, line("help.draft_safe"))),))
    return _ask(said, (_FAQ, _MENU))


def _small_talk(talk: Talk) -> Reply:
    said = line(f"help.{talk}")
    if talk == "letter":
        return Reply(messages=(Say(body=(said,)),), next="quiz::open")
    if talk == "date":
        dates = Choice(token="dates::show", label=line("help.to_dates"))
        return _ask(said, (dates, _MENU))
    if talk == "hour":
        settings = Choice(token="set::", label=line("help.to_settings"))
        return _ask(said, (settings, _MENU))
    return Reply(next=f"menu::{talk}")


def _guess(entry: FaqEntry) -> Reply:
    """Near a question of the FAQ, not near enough to answer it unasked."""
    yes = Choice(token=f"faq:{entry.id}:show", label=line("help.guess_yes"))
    body = (line("help.guess", question=entry.question),)
    return Reply(messages=(Ask(body=body, choices=((yes,), (_FAQ, _MENU))),))


def _ask(said: Line, row: Row) -> Reply:
    return Reply(messages=(Ask(body=(said,), choices=(row,)),))


ROUTES = Routes(
    texts={"idle": on_text},
    voices={"idle": on_voice},
    events={FileReceived: on_file, Unsupported: on_unsupported},
)
