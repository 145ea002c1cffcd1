"""The operator's side: what is reported, keep or withdraw, a word to those who reported it."""

from __future__ import annotations

from bot.conversation import Idle, ReplyingToReports
from bot.domain.item_report import DECISIONS, ItemReport
from bot.handlers.calm import calm_at
from bot.handlers.context import Reply, TurnContext
from bot.handlers.flagging.notices import ANSWER_TIMER, is_operator, review_screen
from bot.messages import (
    BLANK,
    Ask,
    Choice,
    CommandGiven,
    Line,
    Say,
    TextReceived,
    TimerFired,
    line,
    quoted,
)
from content.schema import Question

_MENU = Choice(token="menu::", label=line("common.menu"))
_SHOWN = 10


def on_reports(turn: TurnContext) -> Reply:
    """/reports: the open reports; `/reports sp-001`: those of one question. Operators only."""
    if not is_operator(turn):
        return Reply(next="menu::unknown_command")
    event = turn.event
    asked = event.arguments.strip() if isinstance(event, CommandGiven) else ""
    question = turn.pack.questions.get(asked)
    if question is not None:
        return Reply(messages=(review_screen(turn, question),))
    found = [each for each in turn.store.reports.tallies() if each.open][:_SHOWN]
    if not found:
        return Reply(messages=(Say(body=(line("flag.none"),)),))
    rows = (line("flag.row", item=each.item_id, count=each.open) for each in found)
    body = (line("flag.open"), BLANK, *rows, BLANK, line("flag.how"))
    return Reply(messages=(Say(body=body),))


def on_decision_press(turn: TurnContext, ref: str, value: str) -> Reply:
    """`decide:<question>:kept` or `withdrawn`; `send-kept` closes without a word."""
    if not is_operator(turn) or ref not in turn.pack.questions:
        return Reply(next="stale::")
    if value in DECISIONS:
        return Reply(state=ReplyingToReports(item=ref, decision=value))
    # The button knows the decision, so that a step elsewhere meanwhile loses nothing.
    decision = next((each for each in DECISIONS if value == f"send-{each}"), None)
    if decision is not None:
        return _decide(turn, ReplyingToReports(item=ref, decision=decision), "")
    return Reply(next="stale::")


def ask_note(turn: TurnContext) -> Reply:
    """The state's prompt: a word to the reporters, or none."""
    if not isinstance(turn.state, ReplyingToReports):
        return Reply()
    send = Choice(
        token=f"decide:{turn.state.item}:send-{turn.state.decision}", label=line("flag.no_word")
    )
    body = (line(f"flag.word_{turn.state.decision}", item=turn.state.item),)
    return Reply(messages=(Ask(body=body, choices=((send, _MENU),)),))


def on_note(turn: TurnContext) -> Reply:
    """The operator's words go out with the decision."""
    event = turn.event
    if not isinstance(turn.state, ReplyingToReports) or not isinstance(event, TextReceived):
        return Reply(state=Idle(), next="menu::")
    return _decide(turn, turn.state, event.text)


def on_answer_due(turn: TurnContext) -> Reply:
    """The answer returns to a reporter, at a calm moment."""
    event = turn.event
    question = turn.pack.questions.get(event.ref) if isinstance(event, TimerFired) else None
    mine = _decided(turn, question) if question else None
    if question is None or mine is None:
        return Reply()
    calm = calm_at(turn)
    if calm > turn.now:
        turn.store.timers.arm(turn.me.id, ANSWER_TIMER, question.id, calm)
        return Reply()
    body: list[Line] = [
        line("flag.answer"),
        line("quiz.stem", stem=question.stem),
        BLANK,
        line(f"flag.answer_{mine.decision}"),
    ]
    if mine.note:
        body += [BLANK, line("flag.note"), quoted(mine.note)]
    body += [BLANK, line("quiz.source", source=question.source, as_of=question.as_of)]
    go = Choice(token="quiz::open", label=line("flag.go_on"))
    return Reply(messages=(Ask(body=tuple(body), choices=((go, _MENU),)),))


def _decide(turn: TurnContext, state: ReplyingToReports, note: str) -> Reply:
    question = turn.pack.questions.get(state.item)
    if not is_operator(turn) or question is None:
        return Reply(state=Idle(), next="stale::")
    waiting = turn.store.reports.decide(question, state.decision, note, turn.now)
    for candidate_id in waiting:
        turn.store.timers.arm(candidate_id, ANSWER_TIMER, question.id, turn.now)
    said = line("flag.decided", item=question.id, count=len(waiting))
    return Reply(state=Idle(), messages=(Say(body=(said,)),))


def _decided(turn: TurnContext, question: Question) -> ItemReport | None:
    reports = turn.store.reports.of_item(question)
    mine = (each for each in reports if each.candidate_id == turn.me.id and each.decision)
    return next(mine, None)
