"""A case marked by the candidate on its own grid, as the paper's reader would (M53).

Tokens: `mark:<case>:start`, `mark:<drill>:t<box>` (from 0), `mark:<drill>:done`.
"""

from __future__ import annotations

import re

from bot.domain.drills import Drill, boxes_needed, is_case_passed
from bot.handlers.context import Reply, TurnContext
from bot.messages import BLANK, Ask, Choice, Line, Row, line
from content.schema import Case

_REF = re.compile(r"[0-9]{1,15}")
_TICK = re.compile(r"t(?P<box>[0-9]{1,2})")
_BOXES_A_ROW = 3
_CASES = Choice(token="case::list", label=line("drills.other_case"))
_PROGRESS = Choice(token="progress::show", label=line("drills.to_progress"))


def on_press(turn: TurnContext, ref: str, value: str) -> Reply:
    """A box ticked or cleared, the end of the marking, or its start."""
    if value == "start" and ref in turn.pack.cases:
        drill = turn.store.drills.start(turn.me.id, "case", ref, turn.now)
        return Reply(messages=(_grid(drill, turn.pack.cases[ref], fresh=True),))
    drill_or_none = turn.store.drills.get(int(ref), turn.me.id) if _REF.fullmatch(ref) else None
    case = turn.pack.cases.get(drill_or_none.item_id) if drill_or_none else None
    if drill_or_none is None or case is None:
        return Reply(next="stale::")
    return _mark(turn, drill_or_none, case, value)


def _mark(turn: TurnContext, drill: Drill, case: Case, value: str) -> Reply:
    """A press on the grid; once the marking is over it stands."""
    read = _TICK.fullmatch(value)
    if drill.passed is None and read and int(read["box"]) < len(case.grid):
        turn.store.drills.tick(drill, drill.ticked ^ {int(read["box"])})
    if drill.passed is None and value == "done":
        passed = is_case_passed(len(drill.ticked), len(case.grid))
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
            line("drills.tick", needed=boxes_needed(len(case.grid)), boxes=len(case.grid)),
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
        needed=boxes_needed(boxes),
    )
    return Ask(
        body=(line("drills.case", title=case.title), BLANK, *_criteria(drill, case), BLANK, said),
        choices=((_PROGRESS, _CASES),),
        slot=f"drill:{drill.id}",
    )


def _criteria(drill: Drill, case: Case) -> tuple[Line, ...]:
    return tuple(
        line(f"drills.criterion_{_state(drill, box)}", number=box + 1, name=each.name)
        for box, each in enumerate(case.grid)
    )


def _state(drill: Drill, box: int) -> str:
    return "on" if box in drill.ticked else "off"
