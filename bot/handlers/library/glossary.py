"""/glossary: a word of the trade by name, in any of the three languages, or from the list."""

from __future__ import annotations

from bot.conversation import Idle
from bot.domain.glossary import find_terms
from bot.domain.oral import shortened
from bot.domain.wording import folded
from bot.handlers.context import Reply, TurnContext
from bot.handlers.shelf import MENU, Page, Shelf
from bot.messages import BLANK, Ask, Choice, CommandGiven, Line, Quoted, content, line
from content.schema import LANGUAGES, Localized, Paraphrases, Term

_LONGEST = 60


def on_command(turn: TurnContext) -> Reply:
    """/glossary term: its meaning, or the nearest words; /glossary alone: the list."""
    event = turn.event
    asked = event.arguments.strip() if isinstance(event, CommandGiven) else ""
    if not asked:
        return GLOSSARY.on_command(turn)
    found = find_terms(asked, turn.pack.glossary.values())
    if len(found) == 1:
        screen = GLOSSARY.screen(turn, found[0].id, 0, fresh=True)
        return Reply(messages=(screen,), state=Idle())
    listed = Choice(token="term::list", label=line("library.to_glossary"))
    if not found:
        said = line("library.no_term", asked=Quoted(shortened(asked, _LONGEST)))
        return Reply(messages=(Ask(body=(said,), choices=((listed, MENU),)),), state=Idle())
    names = (line("faq.item", number=n, question=each.term) for n, each in enumerate(found, 1))
    picks = tuple(
        Choice(token=f"term:{each.id}:new", label=line("faq.number", number=n))
        for n, each in enumerate(found, 1)
    )
    body = (line("library.near_terms"), BLANK, *names)
    return Reply(messages=(Ask(body=body, choices=(picks, (listed, MENU))),), state=Idle())


def _titles(turn: TurnContext) -> dict[str, Localized]:
    """All terms, in the order of the reader's alphabet."""
    terms = turn.pack.glossary.values()
    ordered = sorted(terms, key=lambda each: folded(each.term.in_language(turn.language)))
    return {each.id: each.term for each in ordered}


def _pages(turn: TurnContext, term_id: str) -> tuple[Page, ...]:
    term = turn.pack.glossary[term_id]
    heading = (
        line("library.term_short", term=term.term, short=term.short)
        if term.short
        else line("library.term", term=term.term)
    )
    # The exam is in French and Arabic: a word is known when it is known in both.
    elsewhere = [each for each in LANGUAGES if each != turn.language]
    others = (line(f"library.in_{each}", term=_only(term, each)) for each in elsewhere)
    return ((heading, BLANK, content(term.meaning), BLANK, *others, *_also(turn, term)),)


def _only(term: Term, language: str) -> Localized:
    """The term's name in one language, whatever language it is read in."""
    name = term.term.in_language(language)
    return Localized(fr=name, ar=name, en=name)


def _also(turn: TurnContext, term: Term) -> tuple[Line, ...]:
    names = getattr(term.also or Paraphrases(fr=(), ar=(), en=()), turn.language)
    return (line("library.also", names=" · ".join(names)),) if names else ()


GLOSSARY = Shelf(
    route="term",
    heading="library.glossary",
    pick="library.pick_term",
    back="library.to_glossary",
    titles=_titles,
    pages=_pages,
)
