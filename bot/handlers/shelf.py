"""Things to read in the chat: a list of titles page by page, then one thing page by page.

Tokens, for a shelf whose route is `sheet`: `sheet::list`, `sheet:<n>:page` (a page of the list),
`sheet:<id>:show` (a thing; `new` sends it at the bottom), `sheet:<id>:p2` (its third page).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.conversation import Idle
from bot.handlers.context import Reply, TurnContext
from bot.messages import BLANK, Ask, Choice, Line, Row, line
from content.schema import Localized

PAGE_SIZE = 6
_NUMBER = re.compile(r"[0-9]{1,3}")
_PAGE = re.compile(r"p([0-9]{1,2})")
MENU = Choice(token="menu::", label=line("common.menu"))

Page = tuple[Line, ...]
"""What one message shows of a thing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """Things of one kind.

    `heading` and `pick` are texts of the list, `back` the button that leads to it. `titles`: by
    id, in order. `pages`: of a thing that has a title. `doors`: buttons below its last page;
    `tasks`: buttons below a page (from 0), where there is something to do before reading on.
    """

    route: str
    heading: str
    pick: str
    back: str
    titles: Callable[[TurnContext], Mapping[str, Localized | Line]]
    pages: Callable[[TurnContext, str], tuple[Page, ...]]
    doors: Callable[[TurnContext, str], Row] = lambda _turn, _id: ()
    tasks: Callable[[TurnContext, str, int], Row] = lambda _turn, _id, _page: ()

    def on_command(self, turn: TurnContext) -> Reply:
        """The list, at the bottom of the chat; it invites a question, so the next text is one."""
        return Reply(messages=(self.list_screen(turn, 0, fresh=True),), state=Idle())

    def on_press(self, turn: TurnContext, ref: str, value: str) -> Reply:
        """A page of the list, a thing or a page of it; anything else shows the list."""
        if value == "page" and _NUMBER.fullmatch(ref):
            return Reply(messages=(self.list_screen(turn, int(ref), fresh=False),))
        if ref in self.titles(turn):
            page = int(found[1]) if (found := _PAGE.fullmatch(value)) else 0
            return Reply(messages=(self.screen(turn, ref, page, fresh=value == "new"),))
        listed = self.list_screen(turn, 0, fresh=True)
        return Reply(messages=(listed,), notice=line("common.stale") if ref else None)

    def list_screen(self, turn: TurnContext, page: int, *, fresh: bool) -> Ask:
        """A page of titles with a button each; a page beyond the last is the last."""
        titles = list(self.titles(turn).items())
        if not titles:
            empty = (line("faq.empty"),)
            return Ask(body=empty, choices=((MENU,),), slot=self.route, fresh=fresh)
        last = (len(titles) - 1) // PAGE_SIZE
        page = min(page, last)
        first = page * PAGE_SIZE
        numbered = list(enumerate(titles[first : first + PAGE_SIZE], first + 1))
        rows = (line("faq.item", number=n, question=title) for n, (_, title) in numbered)
        picks: Row = tuple(
            Choice(token=f"{self.route}:{each}:show", label=line("faq.number", number=n))
            for n, (each, _) in numbered
        )
        body = (line(self.heading), BLANK, *rows, BLANK, line(self.pick))
        turns = self._turns(page, last, lambda n: f"{self.route}:{n}:page")
        return Ask(
            body=body,
            choices=(picks, *((turns,) if turns else ()), (MENU,)),
            slot=self.route,
            fresh=fresh,
        )

    def screen(self, turn: TurnContext, each: str, page: int, *, fresh: bool) -> Ask:
        """A page of a thing; the last one leads on."""
        pages = self.pages(turn, each)
        last = len(pages) - 1
        page = min(page, last)
        turns = self._turns(page, last, lambda n: f"{self.route}:{each}:p{n}")
        doors = self.doors(turn, each) if page == last else ()
        place = list(self.titles(turn)).index(each) // PAGE_SIZE
        back = Choice(token=f"{self.route}:{place}:page", label=line(self.back))
        rows = tuple(
            row for row in (turns, self.tasks(turn, each, page), doors, (back, MENU)) if row
        )
        return Ask(body=pages[page], choices=rows, slot=self.route, fresh=fresh)

    def _turns(self, page: int, last: int, token: Callable[[int], str]) -> Row:
        """Buttons to the page before and the page after."""
        before = Choice(token=token(page - 1), label=line("faq.before"))
        after = Choice(token=token(page + 1), label=line("faq.after"))
        return (*((before,) if page > 0 else ()), *((after,) if page < last else ()))
