"""The grid, on demand: every criterion of a jury with the words or figures it rests on.

Structured, quantified, turned to the user (M32), then what M60, M63 and M65 name. What words alone
do not tell is "not assessed".
"""

from __future__ import annotations

from collections.abc import Iterator

from bot.domain.frames import RUBRICS
from bot.domain.oral import Draft, assess_draft
from bot.domain.rubric import Assessment, Level
from bot.handlers.context import Reply, TurnContext
from bot.handlers.oral.drafts import button, excerpt, frame_name, menu
from bot.handlers.oral.wording import names
from bot.messages import BLANK, Ask, Line, line

_GOOD, _HALF, _BAD, _UNSURE = "✅", "⚠️", "❌", "❔"
_WORST_FIRST = (Level.MISSING, Level.WEAK, Level.NOT_ASSESSED, Level.THERE)
_SIGNS = {Level.THERE: _GOOD, Level.WEAK: _HALF, Level.MISSING: _BAD, Level.NOT_ASSESSED: _UNSURE}

Row = tuple[str, str, Line]
"""A sign, the name of the criterion, and what the sign rests on."""


def show(turn: TurnContext, draft: Draft, argument: str) -> Reply:
    """Below the feedback, which stays."""
    assessment = assess_draft(turn.pack, draft, turn.language)
    choices = ((button(draft, "rewrite", "oral.rewrite"), menu()),)
    return Reply(messages=(Ask(body=body(draft, assessment), choices=choices),))


def body(draft: Draft, assessment: Assessment) -> tuple[Line, ...]:
    """The whole grid, within 700 characters."""
    rows = list(_rows(assessment))
    to_mend = any(sign in {_BAD, _HALF} for sign, _, _ in rows)
    return (
        line("feedback.grid", frame=frame_name(draft)),
        BLANK,
        *(
            line("feedback.grid_row", sign=sign, name=line(f"feedback.grid_{name}"), why=why)
            for sign, name, why in rows
        ),
        BLANK,
        line("feedback.spoken_basis" if assessment.spoken else "feedback.grid_not_judged"),
        line("feedback.grid_next" if to_mend else "feedback.grid_done"),
    )


def _rows(assessment: Assessment) -> Iterator[Row]:
    yield _structured(assessment)
    if assessment.spoken:
        yield _UNSURE, "rest", line("feedback.grid_not_heard")
        yield _timed(assessment)
        return
    yield _flag(assessment, "quantified", "figure")
    yield _flag(assessment, "user", "user")
    if assessment.has("plan") or assessment.has("no_plan"):
        yield _plan(assessment)
    yield _unless(assessment, "clear", "grid_clear_good", "jargon", "filler")
    yield _unless(assessment, "responsible", "grid_no_excuse", "defensive")
    yield _timed(assessment)


def _structured(assessment: Assessment) -> Row:
    """How many parts carry; the sign is that of the least of them."""
    levels = {each.part: each.level for each in assessment.findings}
    short = tuple(part for part, level in levels.items() if level is not Level.THERE)
    held, total = len(levels) - len(short), len(levels)
    sign = next(_SIGNS[each] for each in _WORST_FIRST if each in levels.values())
    if not short:
        return sign, "structured", line("feedback.grid_parts", held=held, total=total)
    why = line("feedback.grid_parts_missing", held=held, total=total, parts=names(short))
    return sign, "structured", why


def _flag(assessment: Assessment, name: str, kind: str) -> Row:
    if found := assessment.remark(kind):
        return _GOOD, name, _quote(found.evidence)
    if assessment.has(f"no_{kind}"):
        return _BAD, name, line(f"feedback.grid_no_{kind}")
    return _UNSURE, name, line("feedback.grid_unsure")


def _plan(assessment: Assessment) -> Row:
    found = assessment.remark("plan")
    if found is None:
        return _BAD, "planned", line("feedback.grid_no_plan")
    return _GOOD, "planned", _quote(found.evidence)


def _unless(assessment: Assessment, name: str, good: str, *faults: str) -> Row:
    """Well, unless one of the faults was heard, which is quoted."""
    heard = next(filter(None, map(assessment.remark, faults)), None)
    if heard is None:
        return _GOOD, name, line(f"feedback.{good}")
    return _HALF, name, _quote(heard.evidence)


def _timed(assessment: Assessment) -> Row:
    low, high = RUBRICS[assessment.frame].seconds
    sign = {"good": _GOOD, "unknown": _UNSURE}.get(assessment.length, _HALF)
    if assessment.length == "unknown":
        return sign, "timed", line("feedback.grid_unsure")
    if not assessment.pace[0]:
        seconds = assessment.seconds
        why = line("feedback.grid_time_spoken", seconds=seconds, low=low, high=high)
        return sign, "timed", why
    (least, most), (fast, slow) = assessment.pace, assessment.spans
    pace = {"least": least, "most": most, "fast": fast, "slow": slow}
    return sign, "timed", line("feedback.grid_time", low=low, high=high, **pace)


def _quote(words: str) -> Line:
    return line("feedback.grid_quote", words=excerpt(words, 40))
