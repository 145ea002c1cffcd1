"""What an operator sees of a reported question, and what its reporters are told."""

from __future__ import annotations

from collections import Counter

from bot.handlers.context import TurnContext
from bot.messages import BLANK, Address, Ask, Choice, Line, line
from content.schema import Option, Question

ANSWER_TIMER = "report_answer"


def is_operator(turn: TurnContext) -> bool:
    """Whether the person at the keyboard runs this coach."""
    return turn.event.person in turn.operators


def operator_addresses(turn: TurnContext) -> tuple[Address, ...]:
    """The operators' private chats on the channels that run."""
    named = sorted(turn.operators)
    people = (each.partition(":") for each in named)
    return tuple(
        Address(channel=channel, chat=person)
        for channel, _, person in people
        if channel in turn.channels
    )


def review_screen(turn: TurnContext, question: Question, to: Address | None = None) -> Ask:
    """The question with its key, facts, answers given and reports, and the two decisions."""
    reports = turn.store.reports.of_item(question)
    reasons = Counter(each.reason for each in reports if each.decision is None)
    given = turn.store.reports.answers_given(question)
    body: list[Line] = [
        line("flag.review", item=question.id, count=reasons.total()),
        *(line(f"flag.said_{reason}", times=times) for reason, times in reasons.items()),
        BLANK,
        line("quiz.stem", stem=question.stem),
        *(_option(question, option, given) for option in question.options),
        line("quiz.rationale", text=question.rationale),
        line("quiz.source", source=question.source, as_of=question.as_of),
        BLANK,
    ]
    facts = [turn.pack.facts[each] for each in question.facts if each in turn.pack.facts]
    body += [
        line("flag.fact", id=fact.id, statement=fact.statement, source=fact.source)
        for fact in facts
    ]
    keep = Choice(token=f"decide:{question.id}:kept", label=line("flag.keep"))
    withdraw = Choice(token=f"decide:{question.id}:withdrawn", label=line("flag.withdraw"))
    return Ask(body=tuple(body), choices=((keep, withdraw),), to=to)


def _option(question: Question, option: Option, given: Counter[str]) -> Line:
    """An option, whether it is right, and how many chose it."""
    times = sum(count for chosen, count in given.items() if option.id in chosen)
    key = "flag.option_right" if option.id in question.key else "flag.option_wrong"
    return line(key, letter=option.id.upper(), text=option.text, times=times)
