"""What timed sets look like: the list, before the start, one that runs, the result."""

from __future__ import annotations

from bot.domain.countdown import minutes_used
from bot.domain.quiz import Quiz
from bot.domain.readiness import GATE_PERCENT
from bot.domain.timed_set import SetResult, best_results, count_badges, right_needed
from bot.handlers.context import TurnContext
from bot.handlers.quiz.screens import slot, time_left, to_revise
from bot.messages import BLANK, Ask, Choice, Line, Row, line
from content.schema import ThematicSet

_SLOT = "sets"
# As many numbers as fit a row on a narrow phone.
_A_ROW = 6
_MENU = Choice(token="menu::", label=line("common.menu"))
_BACK = Choice(token="sets::back", label=line("sets.to_list"))
_OTHERS = Choice(token="sets::list", label=line("sets.others"))


def list_screen(turn: TurnContext, *, fresh: bool = False) -> Ask:
    """Each set with its badge or best result, and how many badges there are (M80)."""
    results = turn.store.timed_sets.results(turn.me.id)
    best, sets = best_results(results), list(turn.pack.sets.values())
    earned = count_badges(results, turn.pack.sets)
    picks: list[Choice] = [
        Choice(token=f"sets:{each.id}:show", label=line("faq.number", number=number))
        for number, each in enumerate(sets, 1)
    ]
    rows: list[Row] = [tuple(picks[n : n + _A_ROW]) for n in range(0, len(picks), _A_ROW)]
    body = (
        line("sets.list", earned=earned, total=len(sets)),
        line("sets.badge_is", percent=GATE_PERCENT),
        BLANK,
        *(_row(number, each, best.get(each.id)) for number, each in enumerate(sets, 1)),
        BLANK,
        line("sets.pick"),
    )
    return Ask(body=body, choices=(*rows, (_MENU,)), slot=_SLOT, fresh=fresh)


def intro_screen(turn: TurnContext, each: ThematicSet) -> Ask:
    """What one set is, before its clock starts."""
    best = best_results(turn.store.timed_sets.results(turn.me.id)).get(each.id)
    reached = (line("sets.best", right=best.right, total=best.total),) if best else ()
    body = (
        line("sets.title", name=each.name),
        BLANK,
        line("sets.size", questions=each.count, minutes=each.minutes),
        line("sets.runs_on"),
        line("sets.no_verdict"),
        line("sets.needed", needed=right_needed(each.count), total=each.count),
        *reached,
        BLANK,
        line("sets.ready"),
    )
    start = Choice(token=f"sets:{each.id}:start", label=line("sets.start"))
    return Ask(body=body, choices=((start,), (_BACK, _MENU)), slot=_SLOT)


def running_screen(turn: TurnContext, quiz: Quiz, *, fresh: bool = False) -> Ask:
    """A set runs: go on with it, or give it up."""
    answered = sum(item.is_answered for item in quiz.items)
    body = (
        line("sets.running", name=_name(turn, quiz)),
        line("sets.so_far", answered=answered, total=len(quiz.items)),
        *time_left(turn, quiz),
        BLANK,
        line("sets.resume_or_stop"),
    )
    go_on = Choice(token="sets::go_on", label=line("sets.go_on"))
    stop = Choice(token=f"sets:{quiz.id}:stop", label=line("sets.stop"))
    return Ask(body=body, choices=((go_on,), (stop,)), slot=_SLOT, fresh=fresh)


def met_today_screen(each: ThematicSet) -> Ask:
    """A shorter set would be worth less than its badge says."""
    return Ask(
        body=(line("sets.met_today", name=each.name),), choices=((_BACK, _MENU),), slot=_SLOT
    )


def set_result_screen(turn: TurnContext, quiz: Quiz) -> Ask:
    """Score of all questions, time, badge, topics to revise, one next step."""
    total = len(quiz.items)
    body = [
        line("sets.score", name=_name(turn, quiz), right=quiz.right, total=total),
        *_ending(turn, quiz),
        *_unanswered(quiz),
    ]
    topics = to_revise(turn, quiz)
    step, door = line("sets.then_another"), _OTHERS
    if topics:
        body += [BLANK, *topics]
        step = line("sets.then_review")
        door = Choice(token=f"quiz:{quiz.id}:m0", label=line("sets.review"))
    body += [BLANK, step]
    below = (_MENU,) if door is _OTHERS else (_OTHERS, _MENU)
    return Ask(body=tuple(body), choices=((door,), below), slot=slot(quiz))


def _ending(turn: TurnContext, quiz: Quiz) -> list[Line]:
    """How it ended and whether that earns the badge; one given up says only that."""
    if quiz.outcome not in {"finished", "time_over"}:
        return [line("sets.given_up")]
    total = len(quiz.items)
    minutes = turn.pack.sets[quiz.set_id or ""].minutes
    used = minutes
    if quiz.outcome == "finished" and quiz.closed_at and quiz.deadline_at:
        used = minutes_used(quiz.closed_at, quiz.deadline_at, minutes)
    result = SetResult(set_id=quiz.set_id or "", right=quiz.right, total=total)
    badge = line("sets.badge")
    if not result.has_badge:
        badge = line("sets.no_badge", needed=right_needed(total), total=total)
    time = line("sets.time_used", count=used)
    if quiz.outcome == "time_over":
        time = line("sets.time_over", minutes=minutes)
    return [time, badge]


def _unanswered(quiz: Quiz) -> list[Line]:
    """Shown as such: neither wrong nor in the journal, and part of the total."""
    count = sum(not item.is_answered for item in quiz.items)
    return [line("sets.unanswered", count=count)] if count else []


def _row(number: int, each: ThematicSet, best: SetResult | None) -> Line:
    if best is None:
        return line("sets.row", number=number, name=each.name)
    key = "sets.row_badge" if best.has_badge else "sets.row_best"
    return line(key, number=number, name=each.name, right=best.right, total=best.total)


def _name(turn: TurnContext, quiz: Quiz) -> Line:
    return line("common.plain", text=turn.pack.sets[quiz.set_id or ""].name)
