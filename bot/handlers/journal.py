"""/journal: each miss gets its cause by one tap, and the cause what to do about it (M77)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from bot.domain.journal import (
    CAUSES,
    Cause,
    Miss,
    count_causes,
    misses_of,
    next_unsorted,
    shorten,
)
from bot.domain.quiz import Answer
from bot.handlers.asking import Waiting, retest_of, say_waiting, waiting_retests
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
    place = (int(read["quiz"]), int(read["position"])) if read else None
    if place is None or not turn.store.quizzes.set_cause(turn.me.id, *place, cause):
        screen = _screen(turn, _answers(turn), fresh=False)
        return Reply(messages=(screen,), notice=line("common.stale"))
    answers = _answers(turn)
    screen = _screen(turn, answers, opening=_noted(turn, answers, place, cause), fresh=False)
    return Reply(messages=(screen,), notice=line("journal.noted_notice", cause=_name(cause)))


def _noted(
    turn: TurnContext, answers: list[Answer], place: tuple[int, int], cause: Cause
) -> tuple[Line, ...]:
    """The cause, what to do about it, and the day the question comes back."""
    item = next(each.item_id for each in answers if (each.quiz_id, each.position) == place)
    retest = retest_of(answers, item)
    again: tuple[Line, ...] = ()
    if retest is not None:
        is_due = retest.due_day <= turn.today
        again = (line("journal.again_now" if is_due else "journal.again_on", day=retest.due_day),)
    noted = line("journal.noted", cause=_name(cause))
    return (noted, line(f"journal.action_{cause}"), *again, BLANK)


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
        # Just after a cause, its question's own day is said: no second one beside it.
        said = () if opening else say_waiting(waiting_retests(turn, answers))
        body, choices = _sorting(turn, miss, said), _cause_buttons(miss)
    elif misses:
        waiting = waiting_retests(turn, answers)
        body, choices = _summary(turn, misses, waiting), ((_RETAKE, _MENU),)
    return Ask(body=(*opening, *body), choices=choices, slot=_SLOT, fresh=fresh)


def _empty() -> tuple[tuple[Line, ...], tuple[Row, ...]]:
    """Nothing missed yet."""
    quiz = Choice(token="quiz::open", label=line("journal.to_quiz"))
    return (line("journal.heading"), line("journal.empty")), ((quiz, _MENU),)


def _sorting(turn: TurnContext, miss: Miss, said: tuple[Line, ...]) -> tuple[Line, ...]:
    """One miss: the question, what was answered, what is right and why, and how often so far."""
    question = miss.question
    again = (line("journal.again", count=miss.times), BLANK) if miss.is_repeated else ()
    if miss.answer.is_sure_and_wrong:
        again = (line("journal.sure_and_wrong"), *again)
    return (
        line("journal.heading"),
        *said,
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


def _summary(turn: TurnContext, misses: tuple[Miss, ...], waiting: Waiting) -> tuple[Line, ...]:
    """All sorted: causes, topics, the last misses, and the step that fits the main cause."""
    causes = count_causes(misses)
    topics = Counter(miss.question.topic for miss in misses).most_common(_SHOWN_TOPICS)
    step = "journal.step_due" if waiting.due else f"journal.step_{causes[0][0]}"
    return (
        line("journal.heading"),
        line("journal.all_sorted"),
        *say_waiting(waiting),
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
        *_last(misses),
        BLANK,
        line(step),
    )


def _last(misses: tuple[Miss, ...]) -> Iterator[Line]:
    """The questions missed last, each once; a repeated error is named as one."""
    newest: dict[str, Miss] = {}
    for miss in misses:
        newest.setdefault(miss.question.id, miss)
    for miss in list(newest.values())[:_SHOWN_MISSES]:
        key = "journal.last_repeated" if miss.is_repeated else "journal.last_row"
        yield line(key, stem=shorten(miss.question.stem, _LONGEST_ROW), times=miss.times)


def _name(cause: Cause) -> Line:
    return line(f"journal.name_{cause}")


def _topic_name(turn: TurnContext, topic_id: str) -> Localized:
    """The topic as candidates know it."""
    return next(topic.name for topic in turn.pack.head.topics if topic.id == topic_id)


ROUTES = Routes(commands={"journal": on_command}, buttons={"journal": on_press})
