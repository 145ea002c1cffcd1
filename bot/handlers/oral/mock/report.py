"""The report of a mock oral: each question, the score with its reason, and what to work on."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import reduce

from bot.domain.countdown import minutes_used
from bot.domain.mock import WANTED, Exchange, Mock
from bot.domain.mock_marks import (
    MOST,
    Result,
    is_in_time,
    is_stable,
    mean_of,
    overall,
    points,
)
from bot.domain.oral import Draft
from bot.domain.rubric import Level
from bot.handlers.context import Reply, TurnContext
from bot.handlers.oral import drafts, feedback
from bot.handlers.oral.drafts import listed, menu, part_name
from bot.messages import BLANK, Ask, Choice, Line, line

_PROGRESS = Choice(token="progress::show", label=line("drills.to_progress"))
# In a pitch these two stand for who one is and what one brings.
_OWN_WORDS_IN_PITCH = {"make_it_personal", "say_what_you_did"}
_MARKS = (
    (Level.THERE, "there"),
    (Level.WEAK, "weak"),
    (Level.MISSING, "missing"),
    (Level.NOT_ASSESSED, "unsure"),
)


def show(turn: TurnContext, mock: Mock, argument: str) -> Reply:
    """The report again, as it was."""
    return Reply(messages=(report_screen(turn, mock, fresh=turn.is_below),))


def report_screen(turn: TurnContext, mock: Mock, *, fresh: bool) -> Ask:
    """All of it in one message. One that was given up has no score, and shows its answers only."""
    body: list[Line] = [*_score(mock), BLANK]
    numbers: list[Choice] = []
    for index, (exchange, result) in enumerate(zip(mock.exchanges, mock.results, strict=True)):
        if mock.counts or result.how != "none":
            body += _question(turn, index + 1, exchange, result)
        if result.how != "none":
            token = f"mock:{mock.id}:see.{index + 1}"
            numbers.append(Choice(token=token, label=line("mock.number", number=index + 1)))
    if mock.counts:
        body += [BLANK, *_skills(mock), *_trend(turn, mock)]
    body += [_step(mock)] if body[-1] is BLANK else [BLANK, _step(mock)]
    work = Choice(token=f"mock:{mock.id}:work", label=_work_label(mock))
    forget = Choice(token=f"mock:{mock.id}:forget", label=line("mock.delete_voices"))
    kept = turn.store.drafts.kept_voices(turn.me.id, mock.id)
    rows = ((work,), tuple(numbers), (forget,) if kept else (), (_PROGRESS, menu()))
    choices = tuple(row for row in rows if row)
    return Ask(body=tuple(body), choices=choices, slot=f"mock:{mock.id}", fresh=fresh)


def _score(mock: Mock) -> list[Line]:
    """The score out of 5 and how it is computed: what was read and what was ticked, apart."""
    if not mock.counts:
        return [line("mock.given_up")]
    body = [line("mock.score", score=points(overall(mock.results)), most=MOST)]
    body.append(line("mock.mean", count=len(mock.results), most=MOST))
    for how in ("read", "ticked"):
        mean = mean_of(mock.results, how)
        if mean is not None:
            count = sum(each.how == how for each in mock.results)
            body.append(line(f"mock.mean_{how}", count=count, score=points(mean), most=MOST))
    unanswered = sum(each.how == "none" for each in mock.results)
    if unanswered:
        body.append(line("mock.mean_none", count=unanswered))
    return body


def _question(turn: TurnContext, number: int, exchange: Exchange, result: Result) -> list[Line]:
    """One question: its score, what was there, what its follow-up gave, and the one thing."""
    is_surprise = exchange.asked.prompt_id in turn.pack.surprises
    name = line("mock.name_surprise" if is_surprise else f"mock.name_{exchange.asked.frame}")
    answer = exchange.answer
    if result.how == "none" or answer is None:
        return [line("mock.row_none", number=number, name=name)]
    row = f"mock.row_{result.how}"
    body = [line(row, number=number, name=name, score=result.score, most=MOST)]
    body += [_ticks(answer)] if result.how == "ticked" else []
    # The score hears the answer to the follow-up too; the parts are those of the first answer.
    has_more = result.follow not in {"none", "skipped"}
    body += [line("mock.at_first", parts=each) if has_more else each for each in _found(answer)]
    if result.follow != "none":
        body.append(line(f"mock.follow_{result.follow}"))
    advice = _advice(answer, result)
    return [*body, advice] if advice else body


def _ticks(answer: Draft) -> Line:
    """What a spoken answer's score rests on: its ticks, and its time where that is known."""
    seconds = answer.assessment.seconds if answer.assessment else 0
    key = "mock.ticks_unknown"
    if seconds:
        key = "mock.ticks" if is_in_time(answer.frame, seconds) else "mock.ticks_out"
    return line(key, ticked=len(answer.ticked), total=len(answer.part_ids), seconds=seconds)


def _found(answer: Draft) -> list[Line]:
    """The parts by how far they are there, in one line."""
    found = answer.assessment.findings if answer.assessment else ()
    groups = [
        line(f"mock.{key}", parts=_names(each.part for each in found if each.level is level))
        for level, key in _MARKS
        if any(each.level is level for each in found)
    ]
    if not groups:
        return []
    return [reduce(lambda first, rest: line("mock.beside", first=first, rest=rest), groups)]


def _advice(answer: Draft, result: Result) -> Line | None:
    """The one thing that helps most; none where nothing lacks or the follow-up gave it."""
    advice = answer.assessment.advice if answer.assessment else "none"
    if advice == "none" or result.follow == "filled":
        return None
    own_words = answer.frame == "pitch" and advice in _OWN_WORDS_IN_PITCH
    return line(f"mock.do_{advice}_pitch" if own_words else f"mock.do_{advice}")


def _skills(mock: Mock) -> list[Line]:
    """What can be measured of the four soft skills (M65): time and conciseness."""
    used = minutes_used(mock.now_at(mock.deadline_at), mock.deadline_at, mock.minutes)
    answers = [each.answer.assessment for each in mock.exchanges if each.answer]
    given = [each for each in answers if each is not None and each.seconds]
    concise = sum(is_in_time(each.frame, each.seconds) for each in given)
    key = "mock.time_over" if mock.outcome == "time_over" else "mock.time"
    body = [line(key, used=used, minutes=mock.minutes)]
    if given:
        body.append(line("mock.concise", inside=concise, answered=len(given)))
    return [*body, line("mock.not_measured")]


def _trend(turn: TurnContext, mock: Mock) -> list[Line]:
    """The last four scores (M61), and whether the oral is stable (T6)."""
    held = turn.store.mocks.results(turn.me.id)
    if not held:
        return []
    scores = [line("mock.one_score", score=points(overall(each))) for each in held[-WANTED:]]
    arrows = reduce(lambda first, rest: line("mock.then", first=first, rest=rest), scores)
    stable = is_stable([overall(each) for each in held])
    return [
        line("mock.trend", held=min(len(held), WANTED), wanted=WANTED, scores=arrows),
        line("mock.stable" if stable else "mock.not_stable"),
    ]


def _weakest(mock: Mock) -> int | None:
    """The place of the question to work on first: the lowest score, the first of equals.

    None where nothing lacks, or where a mock given up has no answer.
    """
    places = [
        place
        for place, result in enumerate(mock.results)
        if result.score < MOST and (mock.counts or result.how != "none")
    ]
    return min(places, key=lambda place: mock.results[place].score, default=None)


def _step(mock: Mock) -> Line:
    weakest = _weakest(mock)
    if weakest is None:
        return line("mock.then_another" if mock.counts else "mock.then_again")
    return line("mock.then_work", number=weakest + 1)


def _work_label(mock: Mock) -> Line:
    weakest = _weakest(mock)
    return line("mock.another") if weakest is None else line("mock.work", number=weakest + 1)


def _see(turn: TurnContext, mock: Mock, argument: str) -> Reply:
    """The whole feedback on one answer, below the report."""
    found = {str(number): each.answer for number, each in enumerate(mock.exchanges, 1)}
    answer = found.get(argument)
    if answer is None or answer.is_empty:
        return replace(show(turn, mock, ""), notice=line("common.stale"))
    return Reply(messages=(replace(feedback.screen(turn, answer), fresh=True),))


def _work(turn: TurnContext, mock: Mock, argument: str) -> Reply:
    """The weakest question again as an exercise, with the words it was answered with."""
    weakest = _weakest(mock)
    if weakest is None:
        return Reply(next="mock::")
    exchange = mock.exchanges[weakest]
    if exchange.answer is not None and not exchange.answer.is_empty:
        return feedback.rewrite(turn, exchange.answer, "")
    asked = exchange.asked
    draft = turn.store.drafts.start(turn.me.id, asked.frame, asked.prompt_id, turn.now)
    return drafts.go_on(draft)


def _forget(turn: TurnContext, mock: Mock, argument: str) -> Reply:
    """The voice notes kept of this mock go; their times and ticks stay."""
    turn.store.drafts.delete_voices(turn.me.id, mock.id)
    return replace(show(turn, mock, ""), notice=line("mock.voices_deleted"))


def _names(parts: Iterable[str]) -> Line:
    return listed([part_name(part) for part in parts])


ACTIONS: dict[str, Callable[[TurnContext, Mock, str], Reply]] = {
    "see": _see,
    "work": _work,
    "forget": _forget,
}
