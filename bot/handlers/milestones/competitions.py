"""/competitions: several at once, each with its own dates and plan (T29, M18)."""

from __future__ import annotations

from dataclasses import replace

from bot.conversation import Idle, NamingCompetition
from bot.domain.date_words import name_of, say_date, shortened
from bot.domain.enrolment import Enrolment
from bot.handlers.context import Reply, TurnContext
from bot.handlers.milestones.date_screens import dates_screen
from bot.handlers.milestones.lookup import (
    SLOT,
    current_enrolment,
    find_enrolment,
    kind_name,
    leave_question,
    rearm,
)
from bot.handlers.milestones.plan_screen import SHORT_SOURCE, clash_lines, plan_screen
from bot.messages import BLANK, Ask, Choice, Line, Row, Say, TextReceived, line

MOST = 6
LONGEST_NAME = 60


def on_command(turn: TurnContext) -> Reply:
    """/competitions: the list anew."""
    return Reply(messages=(replace(_list_screen(turn), fresh=True),), state=leave_question(turn))


def on_press(turn: TurnContext, ref: str, value: str) -> Reply:
    """A button of the list, or one that leads here."""
    if value == "add":
        return _add(turn)
    enrolment = find_enrolment(turn, ref) if ref else None
    if enrolment is None:
        notice = line("plan.gone") if ref else None
        return Reply(messages=(_list_screen(turn),), state=leave_question(turn), notice=notice)
    if value == "drop":
        return Reply(messages=(_drop_screen(turn, enrolment),))
    if value == "dropped":
        return _drop(turn, enrolment)
    return Reply(messages=(plan_screen(turn, enrolment),), state=leave_question(turn))


def ask_name(turn: TurnContext) -> Reply:
    """The question that a typed name answers."""
    cancel = Choice(token="comp::list", label=line("common.cancel"))
    question = Ask(body=(line("competitions.ask_name"),), choices=((cancel,),), slot=SLOT)
    return Reply(messages=(question,))


def on_name_text(turn: TurnContext) -> Reply:
    """The name of a competition to add; its dates are asked for next."""
    event = turn.event
    name = " ".join(event.text.split()) if isinstance(event, TextReceived) else ""
    if not any(sign.isalnum() for sign in name):
        return Reply(messages=(replace(ask_name(turn).messages[0], fresh=True),))
    if _is_full(turn):
        return Reply(messages=(Say(body=(line("competitions.full", most=MOST),)),), state=Idle())
    added = turn.store.enrolments.add(turn.me.id, shortened(name, LONGEST_NAME), turn.now)
    rearm(turn)
    body = (line("competitions.added", name=name_of(added, turn.pack.head)),)
    screen = replace(dates_screen(turn, added), fresh=True)
    return Reply(messages=(Say(body=body), screen), state=Idle())


def _add(turn: TurnContext) -> Reply:
    if _is_full(turn):
        notice = line("competitions.full", most=MOST)
        return Reply(messages=(_list_screen(turn),), state=leave_question(turn), notice=notice)
    return Reply(state=NamingCompetition())


def _drop(turn: TurnContext, enrolment: Enrolment) -> Reply:
    """Confirmed: the competition goes, with its dates and reminders."""
    turn.store.enrolments.remove(enrolment)
    rearm(turn)
    notice = line("competitions.dropped")
    return Reply(messages=(_list_screen(turn),), state=leave_question(turn), notice=notice)


def _list_screen(turn: TurnContext) -> Ask:
    """Each competition with its test and its clashes; one button opens it, one removes it."""
    current_enrolment(turn)  # makes the first one, so that the list is never empty
    mine = turn.store.enrolments.of_candidate(turn.me.id)
    body: list[Line] = [line("competitions.heading")]
    rows: list[Row] = []
    for number, enrolment in enumerate(mine, 1):
        body += [*_entry(turn, number, enrolment), *clash_lines(turn, enrolment)]
        rows.append(
            (
                Choice(
                    token=f"plan:{enrolment.id}:show",
                    label=line("competitions.open", number=number),
                ),
                Choice(
                    token=f"comp:{enrolment.id}:drop",
                    label=line("competitions.drop", number=number),
                ),
            )
        )
    add: Row = (Choice(token="comp::add", label=line("competitions.add")),)
    return Ask(body=(*body, BLANK, line("competitions.hint")), choices=(*rows, add), slot=SLOT)


def _entry(turn: TurnContext, number: int, enrolment: Enrolment) -> tuple[Line, ...]:
    name = name_of(enrolment, turn.pack.head)
    exam = enrolment.exam(turn.today)
    if exam is None:
        return (line("competitions.undated", number=number, name=name),)
    return (
        line(
            "competitions.dated",
            number=number,
            name=name,
            kind=kind_name(turn, exam.kind),
            date=say_date(exam, turn.me.zone, longest=SHORT_SOURCE),
        ),
    )


def _drop_screen(turn: TurnContext, enrolment: Enrolment) -> Ask:
    name = name_of(enrolment, turn.pack.head)
    return Ask(
        body=(line("competitions.confirm_drop", name=name),),
        choices=(
            (
                Choice(token=f"comp:{enrolment.id}:dropped", label=line("competitions.yes_drop")),
                Choice(token="comp::list", label=line("common.cancel")),
            ),
        ),
        slot=SLOT,
    )


def _is_full(turn: TurnContext) -> bool:
    return len(turn.store.enrolments.of_candidate(turn.me.id)) >= MOST
