"""An answer to a question: a letter, or several ticked and validated; then how sure one is."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.domain.quiz import Quiz, QuizItem, is_right, toggled
from bot.handlers.context import Reply, TurnContext
from bot.handlers.quiz.playing import close, onward, show, with_notice
from bot.handlers.quiz.screens import asks_confidence, replaced_screen, verdict_screen
from bot.messages import line
from content.schema import Question

# A letter, Validate, or Next; how sure one is comes as `s<position>.<level>`.
_VALUE = re.compile(
    r"(?P<what>[avn])(?P<position>[0-9]{1,3})(?P<option>[a-d]?)"
    r"|s(?P<sure_at>[0-9]{1,3})\.(?P<level>[1-3])"
)


def take_press(turn: TurnContext, quiz: Quiz, value: str) -> Reply | None:
    """What a button of the quiz does; None when the quiz has no such button."""
    read = _VALUE.fullmatch(value)
    item = quiz.item(int(read["position"] or read["sure_at"])) if read else None
    if read is None or item is None:
        return None
    if read["what"] == "n":
        return onward(turn, quiz)
    if quiz.outcome == "replaced" and not item.is_answered:
        return with_notice(Reply(messages=(replaced_screen(quiz),)), "quiz.replaced_notice")
    if item.is_answered:
        return _already(turn, quiz, item)
    question = turn.pack.questions.get(item.item_id)
    if question is None or item != quiz.current:
        return with_notice(show(turn, quiz), "quiz.not_here")
    if read["level"] or read["what"] == "v":
        return _validate(turn, quiz, item, question, int(read["level"] or 0) or None)
    if not read["option"]:
        return with_notice(show(turn, quiz), "quiz.not_here")
    return _choose(turn, quiz, item, question, read["option"])


def _choose(
    turn: TurnContext, quiz: Quiz, item: QuizItem, question: Question, option: str
) -> Reply:
    """One option pressed: the answer, or a tick where more is asked before it counts."""
    if len(question.key) > 1:
        ticked = toggled(item.ticked, option)
    elif asks_confidence(turn, quiz):
        ticked = option
    else:
        return _record(turn, quiz, item, question, option)
    turn.store.quizzes.tick(quiz.id, item.position, ticked)
    return show(turn, quiz.with_item(replace(item, ticked=ticked)))


def _validate(
    turn: TurnContext, quiz: Quiz, item: QuizItem, question: Question, confidence: int | None
) -> Reply:
    """The ticked options are the answer, once there are as many as the stem asks."""
    if len(item.ticked) != len(question.key):
        notice = line("quiz.tick_first", count=len(question.key))
        return Reply(messages=show(turn, quiz).messages, notice=notice)
    return _record(turn, quiz, item, question, item.ticked, confidence)


def _record(
    turn: TurnContext,
    quiz: Quiz,
    item: QuizItem,
    question: Question,
    chosen: str,
    confidence: int | None = None,
) -> Reply:
    right = is_right(question, chosen)
    turn.store.quizzes.answer(
        quiz.id,
        item.position,
        chosen=chosen,
        correct=right,
        now=turn.now,
        day=turn.today,
        confidence=confidence,
    )
    answered = replace(item, chosen=chosen, correct=right)
    after = quiz.with_item(answered)
    if after.current is None:
        after = close(turn, after, "finished")
    if quiz.kind == "set":
        notice = line("quiz.right_notice" if right else "sets.wrong_notice")
        return Reply(messages=show(turn, after).messages, notice=notice)
    notice = line("quiz.right_notice" if right else "quiz.wrong_notice")
    return Reply(messages=(verdict_screen(turn, after, answered, question),), notice=notice)


def _already(turn: TurnContext, quiz: Quiz, item: QuizItem) -> Reply:
    """A second press on an answered question: the first stands; show its verdict again.

    Once the quiz has gone on, what it shows now stays as it is; a timed set always has.
    """
    letters = "+".join((item.chosen or "").upper())
    notice = line("quiz.already", letters=letters)
    question = turn.pack.questions.get(item.item_id)
    latest = max((i.position for i in quiz.items if i.is_answered), default=-1)
    if question is None or item.position != latest or quiz.kind == "set":
        return Reply(messages=show(turn, quiz).messages, notice=notice)
    return Reply(messages=(verdict_screen(turn, quiz, item, question),), notice=notice)
