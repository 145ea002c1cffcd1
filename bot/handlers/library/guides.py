"""/guides: advice at its time in the plan, checklists, and what the file is made of (M85-M95)."""

from __future__ import annotations

from bot.domain.guides import guide_of_the_day
from bot.handlers.context import TurnContext
from bot.handlers.shelf import Page, Shelf
from bot.messages import BLANK, Choice, Line, Row, content, line
from bot.storage.today import current_enrolment
from content.schema import Checklist, Guide, Localized

# The documents of the file are one thing to read, though the pack holds them apart.
DOCUMENTS = "documents"


def _titles(turn: TurnContext) -> dict[str, Localized | Line]:
    """The guide of the moment first; then the file's documents, checklists and other guides."""
    pack = turn.pack
    titles: dict[str, Localized | Line] = {}
    now = _of_the_day(turn)
    if now is not None:
        titles[now.id] = now.title
    if pack.documents.papers:
        titles[DOCUMENTS] = line("library.papers_title")
    titles |= {
        each.id: line("library.checklist", title=each.title) for each in pack.checklists.values()
    }
    return titles | {each.id: each.title for each in pack.guides.values()}


def _of_the_day(turn: TurnContext) -> Guide | None:
    enrolment = current_enrolment(turn.store, turn.me, turn.today)
    exam = enrolment.exam(turn.today) if enrolment else None
    return guide_of_the_day(turn.pack, exam, turn.today)


def _pages(turn: TurnContext, each: str) -> tuple[Page, ...]:
    pack = turn.pack
    if each == DOCUMENTS:
        return _documents(turn)
    if each in pack.checklists:
        return (_checklist(pack.checklists[each]),)
    return (_guide(pack.guides[each]),)


def _guide(guide: Guide) -> Page:
    lines: list[Line] = [line("library.guide_title", title=guide.title)]
    for section in guide.sections:
        lines += [BLANK, line("library.section", title=section.title), content(section.text)]
    return tuple(lines)


def _checklist(checklist: Checklist) -> Page:
    items = (line("library.check", text=each) for each in checklist.items)
    return (line("library.guide_title", title=checklist.title), BLANK, *items)


def _documents(turn: TurnContext) -> tuple[Page, ...]:
    """The papers in two pages, then the portal's rules."""
    documents = turn.pack.documents
    half = (len(documents.papers) + 1) // 2
    papers = tuple(
        (
            line("library.papers"),
            *(
                part
                for each in some
                for part in (BLANK, line("library.paper", name=each.name), content(each.note))
            ),
        )
        for some in (documents.papers[:half], documents.papers[half:])
        if some
    )
    rules = (line("library.point", text=each.text) for each in documents.rules)
    return (*papers, (line("library.portal"), BLANK, *rules, BLANK, line("library.notice_rules")))


def _doors(turn: TurnContext, each: str) -> Row:
    """A guide of some days was opened from the plan, as often as not."""
    guide = turn.pack.guides.get(each)
    if guide is None or guide.days is None:
        return ()
    return (Choice(token="plan::show", label=line("menu.plan")),)


GUIDES = Shelf(
    route="guide",
    heading="library.guides",
    pick="library.pick",
    back="library.to_guides",
    titles=_titles,
    pages=_pages,
    doors=_doors,
)
