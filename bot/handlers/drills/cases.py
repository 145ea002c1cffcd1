"""A case: its figures, which the coach checks, then its grid, which the candidate ticks (M53, T6).

Tokens: `mark:<case>:start`, `mark:<drill>:grid`, `mark:<drill>:t<box>` (from 0),
`mark:<drill>:done`.
"""

from __future__ import annotations

import re

from bot.conversation import GivingFigures
from bot.domain.drills import Drill, is_enough, needed_of
from bot.handlers.context import Reply, TurnContext
from bot.handlers.drills.figures import OTHER_CASE, right_figures, say_figures
from bot.handlers.refs import is_row
from bot.messages import BLANK, Ask, Choice, Line, Row, line
from content.schema import Case

_TICK = re.compile(r"t(?P<box>[0-9]{1,2})")
_BOXES_A_ROW = 3
_PROGRESS = Choice(token="progress::show", label=line("drills.to_progress"))


def on_press(turn: TurnContext, ref: str, value: str) -> Reply:
    """A box ticked or cleared, the end of the marking, or its start."""
    if value == "start" and ref in turn.pack.cases:
        return _start(turn, turn.pack.cases[ref])
    drill_or_none = turn.store.drills.get(int(ref), turn.me.id) if is_row(ref) else None
    case = turn.pack.cases.get(drill_or_none.item_id) if drill_or_none else None
    if drill_or_none is None or case is None:
        return Reply(next="stale::")
    return _mark(turn, drill_or_none, case, value)


def _start(turn: TurnContext, case: Case) -> Reply:
    """The grid, once the figures of this try were given; before, they are asked for."""
    mine = turn.store.drills.of_candidate(turn.me.id)
    given = [d for d in mine if d.item_id == case.id and d.passed is None and d.pieces]
    if given:
        return Reply(messages=(_grid(given[-1], case, fresh=True),))
    drill = turn.store.drills.start(turn.me.id, "case", case.id, turn.now)
    return Reply(state=GivingFigures(drill=drill.id))


def _mark(turn: TurnContext, drill: Drill, case: Case, value: str) -> Reply:
    """A press on the grid; once the marking is over it stands."""
    if drill.passed is None and not drill.pieces:
        return Reply(state=GivingFigures(drill=drill.id))
    read = _TICK.fullmatch(value)
    if drill.passed is None and read and int(read["box"]) < len(case.grid):
        turn.store.drills.tick(drill, drill.ticked ^ {int(read["box"])})
    if drill.passed is None and value == "done":
        right = right_figures(drill, case)
        passed = is_enough(len(drill.ticked), len(case.grid)) and is_enough(sum(right), len(right))
        turn.store.drills.close(drill, passed=passed, now=turn.now)
    now = turn.store.drills.get(drill.id, turn.me.id) or drill
    return Reply(messages=(_grid(now, case) if now.passed is None else _result(now, case),))


def _grid(drill: Drill, case: Case, *, fresh: bool = False) -> Ask:
    """The grid with a box a criterion."""
    boxes = [
        Choice(
            token=f"mark:{drill.id}:t{box}",
            label=line(f"drills.box_{_state(drill, box)}", number=box + 1),
        )
        for box in range(len(case.grid))
    ]
    rows: tuple[Row, ...] = tuple(
        tuple(boxes[at : at + _BOXES_A_ROW]) for at in range(0, len(boxes), _BOXES_A_ROW)
    )
    done = Choice(token=f"mark:{drill.id}:done", label=line("drills.done"))
    return Ask(
        body=(
            line("drills.case", title=case.title),
            BLANK,
            *_criteria(drill, case),
            BLANK,
            line("drills.tick", needed=needed_of(len(case.grid)), boxes=len(case.grid)),
        ),
        choices=(*rows, (done,)),
        slot=f"drill:{drill.id}",
        fresh=fresh,
    )


def _result(drill: Drill, case: Case) -> Ask:
    """What the candidate's own marking comes to."""
    boxes = len(case.grid)
    said = line(
        "drills.case_passed" if drill.passed else "drills.case_open",
        ticked=len(drill.ticked),
        boxes=boxes,
        needed=needed_of(boxes),
    )
    return Ask(
        body=(
            line("drills.case", title=case.title),
            BLANK,
            *_criteria(drill, case),
            BLANK,
            say_figures(right_figures(drill, case)),
            said,
        ),
        choices=((_PROGRESS, OTHER_CASE),),
        slot=f"drill:{drill.id}",
    )


def _criteria(drill: Drill, case: Case) -> tuple[Line, ...]:
    return tuple(
        line(f"drills.criterion_{_state(drill, box)}", number=box + 1, name=each.name)
        for box, each in enumerate(case.grid)
    )


def _state(drill: Drill, box: int) -> str:
    return "on" if box in drill.ticked else "off"
