"""A candidate reports a question: first tap what, second tap why; the operators are told."""

from __future__ import annotations

from bot.domain.item_report import HIDING, REASONS
from bot.handlers.context import Reply, TurnContext
from bot.handlers.flagging.notices import operator_addresses, review_screen
from bot.messages import BLANK, Ask, Choice, Line, line
from content.schema import Question

_MENU = Choice(token="menu::", label=line("common.menu"))


def on_press(turn: TurnContext, ref: str, value: str) -> Reply:
    """`flag:<question>:ask`, then `flag:<question>:<reason>`."""
    question = turn.pack.questions.get(ref)
    if question is None or not _was_answered(turn, question):
        return Reply(next="stale::")
    if value == "cancel":
        return Reply(messages=(_said(question, line("flag.cancelled")),))
    reason = next((each for each in REASONS if each == value), None)
    if reason is None:
        return Reply(messages=(_reasons(question),))
    is_new = turn.store.reports.add(turn.me.id, question, reason, turn.now)
    then = line("flag.then" if operator_addresses(turn) else "flag.then_nobody")
    thanks = _said(question, line("flag.thanks" if is_new else "flag.known"), then)
    told = tuple(review_screen(turn, question, to) for to in operator_addresses(turn))
    return Reply(messages=(thanks, *(told if is_new else ())))


def _was_answered(turn: TurnContext, question: Question) -> bool:
    """Only who has answered a question can say what is wrong with it."""
    return any(each.item_id == question.id for each in turn.store.quizzes.answers(turn.me.id))


def _reasons(question: Question) -> Ask:
    rows = tuple(
        (Choice(token=f"flag:{question.id}:{reason}", label=line(f"flag.reason_{reason}")),)
        for reason in REASONS
    )
    cancel = Choice(token=f"flag:{question.id}:cancel", label=line("common.cancel"))
    body = (line("flag.why", stem=question.stem), BLANK, line("flag.hides", count=HIDING))
    return Ask(body=body, choices=(*rows, (cancel,)), slot=_slot(question), fresh=True)


def _said(question: Question, *body: Line) -> Ask:
    """In place of the reasons, with the way on."""
    onward = Choice(token="quiz::open", label=line("flag.go_on"))
    return Ask(body=body, choices=((onward, _MENU),), slot=_slot(question))


def _slot(question: Question) -> str:
    return f"flag:{question.id}"
