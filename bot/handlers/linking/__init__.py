"""/link: one history on several devices and channels (T58), by a code made on one of them."""

from __future__ import annotations

from dataclasses import replace

from bot.conversation import EnteringCode, Idle
from bot.domain.link_code import LIFE, TRIES, read_code
from bot.handlers.context import Reply, Routes, TurnContext
from bot.handlers.linking.joining import take_step
from bot.handlers.linking.screens import (
    approval_question,
    code_prompt,
    code_screen,
    join_question,
    said,
    start_screen,
    visitor_screen,
)
from bot.messages import CommandGiven, Outgoing, TextReceived, line
from bot.storage.links import Link


def on_link(turn: TurnContext) -> Reply:
    """/link: what it does; `/link ABCD-EFGH` gives the code at once."""
    event = turn.event
    if isinstance(event, CommandGiven) and event.arguments:
        return _give_code(turn, event.arguments)
    return _start(turn)


def on_press(turn: TurnContext, ref: str, value: str) -> Reply:
    """A button of either side. `claim` comes from a start link: `ref` is the code then."""
    if value == "claim":
        code = read_code(ref)
        return _answer(turn, join_question(code) if code else said("linking.not_a_code"))
    if value == "join":
        return _give_code(turn, ref)
    if turn.candidate is not None and value == "new":
        code = turn.store.links.make(turn.me.id, turn.event.address, turn.now)
        return _answer(turn, code_screen(code, turn.now + LIFE, turn.me.zone))
    if turn.candidate is not None and value == "enter":
        return Reply(state=EnteringCode())
    if not ref:
        return _start(turn)
    done = take_step(turn, ref, value)
    return done or replace(_start(turn), notice=line("linking.over"))


def on_code(turn: TurnContext) -> Reply:
    """A code was typed."""
    event = turn.event
    return _give_code(turn, event.text) if isinstance(event, TextReceived) else Reply()


def prompt_code(turn: TurnContext) -> Reply:
    """Ask for the code."""
    return _answer(turn, code_prompt())


def _start(turn: TurnContext) -> Reply:
    """The first screen; a code is waited for no longer."""
    screen = visitor_screen() if turn.candidate is None else start_screen()
    return _answer(turn, screen, state=_no_longer_typing(turn))


def _give_code(turn: TurnContext, text: str) -> Reply:
    """A code made elsewhere; an unknown one counts as a try, and tries are few."""
    links, here, code = turn.store.links, turn.event.address, read_code(text)
    if links.tries(here, turn.now) >= TRIES:
        return _answer(turn, said("linking.too_many"), state=_no_longer_typing(turn))
    if code is None:
        return _answer(turn, said("linking.not_a_code"))
    link = links.find(code)
    if link is None:
        links.note_try(here, turn.now)
        return _answer(turn, said("linking.wrong"))
    return _claim(turn, link)


def _claim(turn: TurnContext, link: Link) -> Reply:
    """The code is good once, for a while, and not for the history that made it."""
    here, person = turn.event.address, turn.event.sender
    state = _no_longer_typing(turn)
    if link.expires_at <= turn.now:
        return _answer(turn, said("linking.expired"), state=state)
    if turn.candidate is not None and turn.me.id == link.candidate_id:
        return _answer(turn, said("linking.own"), state=state)
    waiting = said("linking.confirm_elsewhere")
    if turn.store.links.claim(link, here, person, turn.now):
        question = approval_question(link, link.maker, here.channel)
        return _answer(turn, waiting, question, state=state)
    is_mine = (link.joiner, link.person) == (here, person)
    return _answer(turn, waiting if is_mine else said("linking.used"), state=state)


def _answer(
    turn: TurnContext, first: Outgoing, *others: Outgoing, state: Idle | None = None
) -> Reply:
    """The first message goes under what was typed here, or in place of what was pressed."""
    return Reply(messages=(replace(first, fresh=turn.is_below), *others), state=state)


def _no_longer_typing(turn: TurnContext) -> Idle | None:
    return Idle() if isinstance(turn.state, EnteringCode) else None


ROUTES = Routes(
    commands={"link": on_link},
    buttons={"link": on_press},
    texts={"entering_code": on_code},
    prompts={"entering_code": prompt_code},
    open_to_all=frozenset({"link"}),
)
