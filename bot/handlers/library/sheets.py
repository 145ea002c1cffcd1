"""/sheets: a revision sheet's two sides, then its five questions (M76)."""

from __future__ import annotations

from bot.handlers.context import TurnContext
from bot.handlers.shelf import Page, Shelf
from bot.messages import BLANK, Choice, Row, line
from content.schema import Sheet


def _pages(turn: TurnContext, sheet_id: str) -> tuple[Page, ...]:
    sheet = turn.pack.sheets[sheet_id]
    return (_front(sheet), _back(sheet))


def _front(sheet: Sheet) -> Page:
    """Definitions and acronyms."""
    definitions = (
        part
        for each in sheet.definitions
        for part in (line("library.definition", term=each.term, text=each.text), BLANK)
    )
    acronyms = (
        line("library.acronym", short=each.short, meaning=each.meaning) for each in sheet.acronyms
    )
    return (
        line("library.sheet_front", title=sheet.title),
        BLANK,
        *definitions,
        line("library.acronyms"),
        *acronyms,
    )


def _back(sheet: Sheet) -> Page:
    """The process as steps, and the points to keep."""
    steps = (
        line("library.step", number=number, who=each.who, does=each.does)
        for number, each in enumerate(sheet.process.steps, 1)
    )
    return (
        line("library.sheet_back", title=sheet.title),
        BLANK,
        line("library.process", title=sheet.process.title),
        *steps,
        BLANK,
        line("library.keep"),
        *(line("library.point", text=each) for each in sheet.keep),
        BLANK,
        line("library.source", source=sheet.source, as_of=sheet.as_of),
    )


def _doors(turn: TurnContext, sheet_id: str) -> Row:
    return (Choice(token=f"quiz:{sheet_id}:sheet", label=line("library.sheet_quiz")),)


SHEETS = Shelf(
    route="sheet",
    heading="library.sheets",
    pick="library.pick",
    back="library.to_sheets",
    titles=lambda turn: {each.id: each.title for each in turn.pack.sheets.values()},
    pages=_pages,
    doors=_doors,
)
