"""/journal: each miss gets its cause by one tap, and the cause what to do about it (M77)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from bot.domain.journal import (
    CAUSES,
    Cause,
    Miss,
    count_causes,
    misses_of,
    next_unsorted,
    retest_due,
    shorten,
)
from bot.domain.quiz import Answer
from bot.handlers.context import Reply, Routes, TurnContext
from bot.messages import BLANK, Ask, Choice, Line, Row, line
from content.schema import Localized, Question

_SLOT = "journal"
_REF = re.compile(r"(?P<quiz>[0-9]{1,15})\.(?P<position>[0-9]{1,3})")
_LONGEST_STEM = 220
_LONGEST_ROW = 70
_SHOWN_TOPICS = 3
_SHOWN_MISSES = 5
_MENU = Choice(token="menu::", label=line("common.menu"))
_RETAKE = Choice(token="quiz::retake", label=line("journal.retake"))


def on_command(turn: TurnContext) -> Reply:
    """/journal: the newest miss without a cause, else what the misses say."""
    return Reply(messages=(_screen(turn, _answers(turn), fresh=True),))


def on_press(turn: TurnContext, ref: str, value: str) -> Reply:
    """A cause for a miss (`journal:<quiz>.<position>:<cause>`), or a button that leads here.

    The last cause pressed counts, so a doubled press counts once and a slip can be mended.
    """
    cause = next((each for each in CAUSES if each == value), None)
    if cause is None:
        stale = line("common.stale") if ref else None
        return Reply(messages=(_screen(turn, _answers(turn), fresh=not ref),), notice=stale)
    read = _REF.fullmatch(ref)
    kept = read is not None and turn.store.quizzes.set_cause(
        turn.me.id, int(read["quiz"]), int(read["position"]), cause
    )
    if not kept:
        screen = _screen(turn, _answers(turn), fresh=False)
        return Reply(messages=(screen,), notice=line("common.stale"))
    noted = (line("journal.noted", cause=_name(cause)), line(f"journal.action_{cause}"), BLANK)
    screen = _screen(turn, _answers(turn), opening=noted, fresh=False)
    return Reply(messages=(screen,), notice=line("journal.noted_notice", cause=_name(cause)))


def _answers(turn: TurnContext) -> list[Answer]:
    return turn.store.quizzes.answers(turn.me.id)


def _screen(
    turn: TurnContext, answers: list[Answer], *, opening: tuple[Line, ...] = (), fresh: bool
) -> Ask:
    """The newest miss without a cause; once all have one, what they say together."""
    misses = misses_of(answers, turn.pack.questions)
    miss = next_unsorted(misses)
    body, choices = _empty()
    if miss is not None:
        body, choices = _sorting(turn, miss), _cause_buttons(miss)
    elif misses:
        due = bool(retest_due(answers, turn.today))
        body, choices = _summary(turn, misses, due=due), ((_RETAKE, _MENU),)
    return Ask(body=(*opening, *body), choices=choices, slot=_SLOT, fresh=fresh)


def _empty() -> tuple[tuple[Line, ...], tuple[Row, ...]]:
    """Nothing missed yet."""
    quiz = Choice(token="quiz::open", label=line("journal.to_quiz"))
    return (line("journal.heading"), line("journal.empty")), ((quiz, _MENU),)


def _sorting(turn: TurnContext, miss: Miss) -> tuple[Line, ...]:
    """One miss: the question, what was answered, what is right and why, and how often so far."""
    question = miss.question
    again = (line("journal.again", count=miss.times), BLANK) if miss.times > 1 else ()
    if miss.answer.is_sure_and_wrong:
        again = (line("journal.sure_and_wrong"), *again)
    return (
        line("journal.heading"),
        line("journal.where", topic=_topic_name(turn, question.topic), day=miss.answer.local_day),
        BLANK,
        line("journal.stem", stem=shorten(question.stem, _LONGEST_STEM)),
        *_options("journal.yours", question, miss.answer.chosen),
        *_options("journal.right", question, question.key),
        line("journal.why", why=question.rationale),
        BLANK,
        *again,
        line("journal.ask"),
    )


def _options(key: str, question: Question, letters: Iterable[str]) -> tuple[Line, ...]:
    """The named options, a line each."""
    return tuple(
        line(key, letter=option.id.upper(), text=option.text)
        for option in question.options
        if option.id in letters
    )


def _cause_buttons(miss: Miss) -> tuple[Row, ...]:
    """Two causes a row, then the way out."""
    ref = f"{miss.answer.quiz_id}.{miss.answer.position}"
    causes = [
        Choice(token=f"journal:{ref}:{cause}", label=line(f"journal.cause_{cause}"))
        for cause in CAUSES
    ]
    return (tuple(causes[:2]), tuple(causes[2:]), (_RETAKE, _MENU))


def _summary(turn: TurnContext, misses: tuple[Miss, ...], *, due: bool) -> tuple[Line, ...]:
    """All sorted: causes, topics, the last misses, and the step that fits the main cause."""
    causes = count_causes(misses)
    topics = Counter(miss.question.topic for miss in misses).most_common(_SHOWN_TOPICS)
    step = "journal.step_due" if due else f"journal.step_{causes[0][0]}"
    return (
        line("journal.heading"),
        line("journal.all_sorted"),
        BLANK,
        line("journal.by_cause"),
        *(line("journal.row", name=_name(cause), count=count) for cause, count in causes),
        line("journal.by_topic"),
        *(
            line("journal.row", name=_topic_name(turn, topic), count=count)
            for topic, count in topics
        ),
        BLANK,
        line("journal.last"),
        *(
            line("journal.last_row", stem=shorten(miss.question.stem, _LONGEST_ROW))
            for miss in misses[:_SHOWN_MISSES]
        ),
        BLANK,
        line(step),
    )


def _name(cause: Cause) -> Line:
    return line(f"journal.name_{cause}")


def _topic_name(turn: TurnContext, topic_id: str) -> Localized:
    """The topic as candidates know it."""
    return next(topic.name for topic in turn.pack.head.topics if topic.id == topic_id)


ROUTES = Routes(commands={"journal": on_command}, buttons={"journal": on_press})
