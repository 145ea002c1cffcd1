"""What whoever runs the coach can see and do from their own chat (T62), each step on record."""

from __future__ import annotations

from bot.handlers.context import Routes
from bot.handlers.operator.broadcast import ask_text, on_broadcast, on_press, on_text
from bot.handlers.operator.health import on_dead_letters, on_status
from bot.handlers.operator.stopping import on_pause_all, on_resume

ROUTES = Routes(
    commands={
        "status": on_status,
        "deadletters": on_dead_letters,
        "pauseall": on_pause_all,
        "resume": on_resume,
        "broadcast": on_broadcast,
    },
    buttons={"send": on_press},
    texts={"writing_broadcast": on_text},
    prompts={"writing_broadcast": ask_text},
)
