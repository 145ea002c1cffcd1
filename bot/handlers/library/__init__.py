"""Everything that is read rather than answered: sheets, cases, dossiers, guides, glossary."""

from __future__ import annotations

from bot.conversation import Idle
from bot.handlers.context import Reply, Routes, TurnContext
from bot.handlers.library.exercises import CASES, NOTES
from bot.handlers.library.glossary import GLOSSARY
from bot.handlers.library.glossary import on_command as on_glossary
from bot.handlers.library.guides import GUIDES
from bot.handlers.library.sheets import SHEETS
from bot.handlers.shelf import MENU
from bot.messages import BLANK, Ask, Choice, line

_SHELVES = {"sheets": SHEETS, "cases": CASES, "notes": NOTES, "guides": GUIDES}
_DOORS = (
    (("sheets", "sheet::list"), ("sets", "sets::list"), ("faq", "faq::list")),
    (("short", "short::open"), ("surprise", "oral::surprise")),
    (("oral", "mock::"),),
    (("cases", "case::list"), ("notes", "note::list")),
    (("guides", "guide::list"), ("glossary", "term::list")),
)


def on_library(turn: TurnContext) -> Reply:
    """/library: what there is to study, a button each."""
    return Reply(messages=(_library(turn),), state=Idle())


def on_library_press(turn: TurnContext, ref: str, value: str) -> Reply:
    """A button that leads to the library; the message it stands on stays as it is."""
    return Reply(messages=(_library(turn),))


def _library(turn: TurnContext) -> Ask:
    rows = tuple(
        tuple(
            Choice(token=token, label=line(f"library.door_{name}"))
            for name, token in row
            if name != "sets" or turn.pack.sets
        )
        for row in _DOORS
    )
    body = (line("library.heading"), BLANK, line("library.choose"))
    return Ask(body=body, choices=(*rows, (MENU,)), slot="library", fresh=True)


ROUTES = Routes(
    commands={
        "library": on_library,
        "glossary": on_glossary,
        **{name: shelf.on_command for name, shelf in _SHELVES.items()},
    },
    buttons={
        "library": on_library_press,
        **{shelf.route: shelf.on_press for shelf in (*_SHELVES.values(), GLOSSARY)},
    },
)
