"""/short: a question answered in a line or a number, marked idea by idea (QRQ: M38, M39, T5)."""

from __future__ import annotations

from bot.conversation import AnsweringShort, Idle
from bot.domain.short_answer import Attempt, IdeaFound, Marking, is_ignorance, mark, next_short
from bot.handlers.context import Reply, Routes, TurnContext
from bot.handlers.numbers import say_number
from bot.handlers.refs import is_row
from bot.messages import BLANK, Ask, Choice, Line, Quoted, Row, TextReceived, content, line
from content.schema import ShortAnswer
from content.validity import validity

_MENU = Choice(token="menu::", label=line("common.menu"))
_NEXT = Choice(token="short::open", label=line("short.next"))


def on_command(turn: TurnContext) -> Reply:
    """/short: the question left open, else the one most worth asking."""
    going = turn.store.short_answers.open_of(turn.me.id)
    if going is not None and going.item_id in turn.pack.short_answers:
        return Reply(state=AnsweringShort(attempt=going.id))
    item = _next(turn)
    if item is None:
        return Reply(messages=(Ask(body=(line("short.none"),), choices=((_MENU,),)),))
    attempt = turn.store.short_answers.ask(turn.me.id, item, turn.now)
    return Reply(state=AnsweringShort(attempt=attempt.id))


def show(turn: TurnContext) -> Reply:
    """The state's prompt: the question."""
    attempt, item = _asked(turn)
    if attempt is None or item is None:
        return Reply()
    body = (_heading(turn, item), BLANK, line("short.question", text=item.question), BLANK)
    asked = line("short.write_number" if not item.ideas else "short.write")
    # Anew each time: a verdict above stays to be read, and what is typed stands below.
    question = Ask(
        body=(*body, asked), choices=_ways_out(attempt), slot=_slot(attempt), fresh=True
    )
    return Reply(messages=(question,))


def on_text(turn: TurnContext) -> Reply:
    """A typed answer: what it says of what was asked, in the candidate's own words."""
    attempt, item = _asked(turn)
    event = turn.event
    if attempt is None or item is None or not isinstance(event, TextReceived):
        return Reply(state=Idle(), next="short::open")
    if not any(sign.isalnum() for sign in event.text):
        return Reply(messages=(Ask(body=(line("short.empty"),), choices=_ways_out(attempt)),))
    if is_ignorance(event.text):
        return _give_up(turn, attempt, item)
    marking = mark(item, event.text)
    turn.store.short_answers.answer(attempt, event.text, right=marking.is_right, now=turn.now)
    verdict = _verdict(turn, attempt, item, marking)
    return Reply(state=Idle(), messages=(verdict,))


def on_press(turn: TurnContext, ref: str, value: str) -> Reply:
    """A button of a question (`ref`), or one that leads here."""
    if not ref and value == "stop":
        return Reply(state=Idle(), next="library::")
    if not ref:
        return on_command(turn)
    attempt = turn.store.short_answers.get(int(ref), turn.me.id) if is_row(ref) else None
    item = turn.pack.short_answers.get(attempt.item_id) if attempt else None
    if attempt is None or item is None:
        return Reply(next="stale::")
    if value == "skip" and attempt.text is None:
        return _give_up(turn, attempt, item)
    if value == "claim" and attempt.text and not attempt.right:
        turn.store.short_answers.claim(attempt)
        verdict = _verdict(turn, attempt, item, mark(item, attempt.text), claimed=True)
        return Reply(messages=(verdict,), notice=line("short.claimed_notice"))
    return Reply(next="stale::")


def _give_up(turn: TurnContext, attempt: Attempt, item: ShortAnswer) -> Reply:
    turn.store.short_answers.answer(attempt, "", right=False, now=turn.now)
    return Reply(state=Idle(), messages=(_model(turn, attempt, item),))


def _next(turn: TurnContext) -> ShortAnswer | None:
    items = [
        each
        for each in turn.pack.short_answers.values()
        if validity(turn.pack.facts, each, turn.today) == "valid"
    ]
    turn.rng.shuffle(items)
    return next_short(items, turn.me.stream, turn.store.short_answers.last_right(turn.me.id))


def _ways_out(attempt: Attempt) -> tuple[Row, ...]:
    skip = Choice(token=f"short:{attempt.id}:skip", label=line("short.no_idea"))
    return ((skip,), (Choice(token="short::stop", label=line("short.stop")), _MENU))


def _asked(turn: TurnContext) -> tuple[Attempt | None, ShortAnswer | None]:
    """The question that waits for an answer here."""
    if not isinstance(turn.state, AnsweringShort):
        return None, None
    attempt = turn.store.short_answers.get(turn.state.attempt, turn.me.id)
    if attempt is None or attempt.text is not None:
        return None, None
    return attempt, turn.pack.short_answers.get(attempt.item_id)


def _verdict(
    turn: TurnContext,
    attempt: Attempt,
    item: ShortAnswer,
    marking: Marking,
    *,
    claimed: bool = False,
) -> Ask:
    """Each idea with the words that say it; what is missing; the answer to compare with.

    A missing idea may have been said in other words, which the candidate may claim once; a number
    is right or not.
    """
    found = sum(each.is_said for each in marking.ideas) + (marking.number is True)
    asked = len(marking.ideas) + (marking.number is not None)
    may_claim = not marking.is_right and not claimed and marking.number is not False
    last = "claimed" if claimed else "judge_yourself" if may_claim else "careful"
    body: list[Line] = [
        _heading(turn, item),
        line("short.question", text=item.question),
        BLANK,
        line("short.all_there" if marking.is_right else "short.found", found=found, asked=asked),
        *_findings(item, marking),
        *_answer(item),
        BLANK,
        line(f"short.{last}"),
    ]
    claim = Choice(token=f"short:{attempt.id}:claim", label=line("short.claim"))
    rows: tuple[Row, ...] = ((claim,),) if may_claim else ()
    return Ask(body=tuple(body), choices=(*rows, (_NEXT, _MENU)), slot=f"{_slot(attempt)}:v")


def _findings(item: ShortAnswer, marking: Marking) -> list[Line]:
    lines = [_finding(each) for each in marking.ideas]
    if item.number is not None:
        key = "short.number_right" if marking.number else "short.number_wrong"
        lines.append(line(key, number=say_number(item.number)))
    return lines


def _finding(found: IdeaFound) -> Line:
    if found.is_said:
        return line("short.said", idea=found.idea.name, words=Quoted(found.words))
    return line("short.not_found", idea=found.idea.name)


def _model(turn: TurnContext, attempt: Attempt, item: ShortAnswer) -> Ask:
    """The answer, for who has no idea: that is why one trains."""
    body = (
        _heading(turn, item),
        line("short.question", text=item.question),
        *_answer(item),
        BLANK,
        line("short.comes_back"),
    )
    return Ask(body=body, choices=((_NEXT, _MENU),), slot=_slot(attempt))


def _answer(item: ShortAnswer) -> tuple[Line, ...]:
    return (
        BLANK,
        line("short.answer"),
        content(item.answer),
        line("library.source", source=item.source, as_of=item.as_of),
    )


def _heading(turn: TurnContext, item: ShortAnswer) -> Line:
    names = {topic.id: topic.name for topic in turn.pack.head.topics}
    return line("short.heading", topic=names[item.topic])


def _slot(attempt: Attempt) -> str:
    return f"short:{attempt.id}"


ROUTES = Routes(
    commands={"short": on_command},
    buttons={"short": on_press},
    texts={"answering_short": on_text},
    prompts={"answering_short": show},
)
