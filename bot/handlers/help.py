"""/menu and /help, what no other feature answers to, and the coach's word in a group."""

from __future__ import annotations

from bot.conversation import Idle
from bot.domain.daily import say_questions
from bot.domain.next_step import next_step, say_step, step_choice
from bot.handlers.context import Reply, Routes, TurnContext
from bot.handlers.reviewing import review_row
from bot.messages import BLANK, Ask, Choice, Line, Row, Say, line
from bot.storage.today import read_today

# The commands /help explains, in the order of the command menu.
EXPLAINED = (
    "quiz",
    "plan",
    "prep",
    "star",
    "journal",
    "progress",
    "library",
    "faq",
    "settings",
    "menu",
    "privacy",
)
_OPENINGS = frozenset({"greeting", "thanks", "identity", "not_known", "unknown_command"})
_SCREENS = (
    (("quiz", "quiz::open"), ("plan", "plan::show")),
    (("prep", "oral::prep"), ("star", "oral::star")),
    (("journal", "journal::show"), ("progress", "progress::show")),
    (("library", "library::"), ("faq", "faq::list")),
    (("oral", "mock::"), ("settings", "set::")),
)


def on_menu(turn: TurnContext) -> Reply:
    """/menu: today's step and every screen, at the bottom of the chat."""
    return _menu(turn)


def on_menu_press(turn: TurnContext, ref: str, value: str) -> Reply:
    """A button that leads to the menu; the message it stands on stays as it is.

    `value` may name what to say first to a person who wrote something.
    """
    opening = (line(f"help.{value}"), BLANK) if value in _OPENINGS else ()
    return _menu(turn, *opening)


def on_help(turn: TurnContext) -> Reply:
    """/help: what the coach does, its commands, and one step to take now."""
    step = next_step(read_today(turn.store, turn.me, turn.pack, turn.today))
    commands = (
        line("help.command", name=name, text=line(f"commands.{name}")) for name in EXPLAINED
    )
    doors = (
        Choice(token="faq::list", label=line("help.to_faq")),
        Choice(token="menu::", label=line("common.menu")),
    )
    body = (
        line("help.heading"),
        line("help.daily", questions=say_questions(turn.me.questions_a_day)),
        BLANK,
        *commands,
        line("help.more"),
        BLANK,
        line("help.ask"),
    )
    ask = Ask(body=(*body, say_step(step)), choices=((step_choice(step),), doors))
    # The screen invites a question, so the next text is one; a draft goes on with /prep.
    return Reply(messages=(ask,), state=Idle())


def on_unknown(turn: TurnContext) -> Reply:
    """A command nobody has."""
    return _menu(turn, line("help.unknown_command"), BLANK)


def on_stale(turn: TurnContext, ref: str, value: str) -> Reply:
    """A button nobody knows: of an older version, or made up."""
    return Reply(messages=_menu(turn).messages, notice=line("common.stale"))


def on_group(turn: TurnContext) -> Reply:
    """A command in a group: the coach answers there with one sentence and no data."""
    return Reply(messages=(Say(body=(line("group.private"),)),))


def _menu(turn: TurnContext, *opening: Line) -> Reply:
    """The menu; a candidate whose welcome is not over goes on with that instead."""
    if turn.me.onboarded_at is None:
        return Reply(next="start::")
    step = next_step(read_today(turn.store, turn.me, turn.pack, turn.today))
    screens: tuple[Row, ...] = tuple(
        tuple(Choice(token=token, label=line(f"menu.{name}")) for name, token in row)
        for row in _SCREENS
    )
    menu = Ask(
        body=(*opening, line("menu.heading"), say_step(step)),
        choices=((step_choice(step),), *review_row(turn), *screens),
        slot="menu",
        fresh=True,
    )
    return Reply(messages=(menu,))


ROUTES = Routes(
    commands={"menu": on_menu, "help": on_help, "unknown": on_unknown, "group": on_group},
    buttons={"menu": on_menu_press, "stale": on_stale},
)
