"""The figures of a case, typed before its worked answer is read, and checked (T6)."""

from __future__ import annotations

from bot.conversation import GivingFigures, Idle
from bot.domain.case_figures import mark_figures
from bot.domain.drills import Drill, needed_of
from bot.handlers.context import Reply, TurnContext
from bot.messages import BLANK, Ask, Choice, Line, TextReceived, line
from content.schema import Case

# What the figures are kept under: there is one message of them.
_FIGURES = "figures"
OTHER_CASE = Choice(token="case::list", label=line("drills.other_case"))


def ask(turn: TurnContext) -> Reply:
    """The state's prompt: which figures, one a line."""
    drill, case = _going(turn)
    if drill is None or case is None:
        return Reply()
    asked = (
        line("library.asked", number=number, text=each.question)
        for number, each in enumerate(case.numbers, 1)
    )
    body = (
        line("library.case_title", title=case.title),
        BLANK,
        *asked,
        BLANK,
        line("drills.figures_ask", count=len(case.numbers)),
    )
    return Reply(messages=(Ask(body=body, choices=((OTHER_CASE,),), fresh=True),))


def on_text(turn: TurnContext) -> Reply:
    """The typed figures: which are right; the worked answer may be read now."""
    (drill, case), event = _going(turn), turn.event
    if drill is None or case is None or not isinstance(event, TextReceived):
        return Reply(state=Idle(), next="case::list")
    right = mark_figures(event.text, case.numbers)
    if right is None:
        unread = Ask(
            body=(line("drills.figures_unread", count=len(case.numbers)),),
            choices=((OTHER_CASE,),),
        )
        return Reply(messages=(unread,))
    turn.store.drills.write(drill, {_FIGURES: event.text})
    return Reply(state=Idle(), messages=(_checked(drill, case, right),))


def say_figures(right: tuple[bool, ...]) -> Line:
    """How many are right, and how many it takes."""
    return line("drills.figures", right=sum(right), count=len(right), needed=needed_of(len(right)))


def right_figures(drill: Drill, case: Case) -> tuple[bool, ...]:
    """Which figures of the try are right; none where the pack asks others by now."""
    return mark_figures(drill.pieces.get(_FIGURES, ""), case.numbers) or (False,) * len(
        case.numbers
    )


def _checked(drill: Drill, case: Case, right: tuple[bool, ...]) -> Ask:
    figures = (
        line(
            "drills.figure_right" if is_right else "drills.figure_wrong",
            number=number,
            text=each.question,
        )
        for number, (each, is_right) in enumerate(zip(case.numbers, right, strict=True), 1)
    )
    body = (
        line("library.case_title", title=case.title),
        BLANK,
        *figures,
        BLANK,
        say_figures(right),
        line("drills.figures_next"),
    )
    worked = Choice(token=f"case:{case.id}:p1", label=line("drills.to_worked"))
    grid = Choice(token=f"mark:{drill.id}:grid", label=line("drills.to_mark"))
    return Ask(body=body, choices=((worked,), (grid,)))


def _going(turn: TurnContext) -> tuple[Drill | None, Case | None]:
    """The try that waits for its figures here, and its case."""
    if not isinstance(turn.state, GivingFigures):
        return None, None
    drill = turn.store.drills.get(turn.state.drill, turn.me.id)
    return drill, turn.pack.cases.get(drill.item_id) if drill else None
