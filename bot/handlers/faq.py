"""/faq: the questions candidates ask, each answered with its source and date (M93)."""

from __future__ import annotations

from bot.handlers.context import Routes, TurnContext
from bot.handlers.shelf import Page, Shelf
from bot.messages import BLANK, content, line


def _pages(turn: TurnContext, entry_id: str) -> tuple[Page, ...]:
    entry = turn.pack.faq[entry_id]
    answer = (
        line("faq.question", question=entry.question),
        BLANK,
        content(entry.answer),
        BLANK,
        line("faq.source", source=entry.source, as_of=entry.as_of),
    )
    return (answer,)


_FAQ = Shelf(
    route="faq",
    heading="faq.heading",
    pick="faq.pick",
    back="faq.list",
    titles=lambda turn: {entry.id: entry.question for entry in turn.pack.faq.values()},
    pages=_pages,
)

ROUTES = Routes(commands={"faq": _FAQ.on_command}, buttons={"faq": _FAQ.on_press})
