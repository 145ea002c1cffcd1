"""Reporting a question in two taps, the operator's decision, and the answer that returns (T43)."""

from __future__ import annotations

from bot.handlers.context import Routes
from bot.handlers.flagging.deciding import (
    ask_note,
    on_answer_due,
    on_decision_press,
    on_note,
    on_reports,
)
from bot.handlers.flagging.notices import ANSWER_TIMER
from bot.handlers.flagging.reporting import on_press

ROUTES = Routes(
    commands={"reports": on_reports},
    buttons={"flag": on_press, "decide": on_decision_press},
    texts={"replying_to_reports": on_note},
    prompts={"replying_to_reports": ask_note},
    timers={ANSWER_TIMER: on_answer_due},
)
