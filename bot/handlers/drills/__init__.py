"""What opens the second and third gates: a case with its figures, a plan in five minutes."""

from __future__ import annotations

from bot.handlers.context import Routes
from bot.handlers.drills import cases, figures, outlines

ROUTES = Routes(
    buttons={"mark": cases.on_press, "outline": outlines.on_press},
    texts={"giving_figures": figures.on_text, "writing_outline": outlines.on_text},
    edits={"outline": outlines.on_edited},
    prompts={"giving_figures": figures.ask, "writing_outline": outlines.ask},
)
