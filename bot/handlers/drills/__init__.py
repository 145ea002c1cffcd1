"""What opens the second and third gates: a case one marks oneself, a plan in five minutes."""

from __future__ import annotations

from bot.handlers.context import Routes
from bot.handlers.drills import cases, outlines

ROUTES = Routes(
    buttons={"mark": cases.on_press, "outline": outlines.on_press},
    texts={"writing_outline": outlines.on_text},
    edits={"outline": outlines.on_edited},
    prompts={"writing_outline": outlines.ask},
)
