"""/cases and /notes: a practical case or a summary-note dossier, then what was expected.

They are worked on paper, against the clock, as at the exam; the coach gives the material and the
marking grid, and a door to mark a case or to time the plan of a dossier (M46-M53, reference
`rubrics`).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce

from bot.domain.drills import OUTLINE_MINUTES
from bot.domain.working import shown_working
from bot.handlers.context import TurnContext
from bot.handlers.dossiers import DOCUMENTS_A_PAGE, plan_page
from bot.handlers.numbers import say_number
from bot.handlers.shelf import Page, Shelf
from bot.messages import BLANK, Choice, Line, Row, content, line
from content.schema import Case, Criterion, Dossier, Idea


def _case_pages(turn: TurnContext, case_id: str) -> tuple[Page, ...]:
    case = turn.pack.cases[case_id]
    return (
        _case_task(case),
        _case_figures(case, turn.language),
        _case_proposals(case),
        _case_marking(case),
    )


def _case_task(case: Case) -> Page:
    cells = (
        line(
            "library.cells",
            label=row.label,
            cells=reduce(
                lambda left, right: line("library.joined", left=left, right=right),
                (
                    line("library.cell", column=column, value=value)
                    for column, value in zip(case.table.columns, row.values, strict=True)
                ),
            ),
        )
        for row in case.table.rows
    )
    asked = (
        line("library.asked", number=number, text=each.question)
        for number, each in enumerate(case.numbers, 1)
    )
    return (
        line("library.case_title", title=case.title),
        line("library.minutes", minutes=case.minutes),
        BLANK,
        content(case.situation),
        BLANK,
        *cells,
        BLANK,
        line("library.case_asked"),
        *asked,
        line("library.case_also"),
        BLANK,
        line("library.on_paper"),
    )


def _case_figures(case: Case, language: str) -> Page:
    answers: list[Line] = []
    for number, each in enumerate(case.numbers, 1):
        shown = shown_working(case, each.answer.computation, language)
        working = line("library.working", working=shown)
        answers.append(line("library.asked", number=number, text=each.question))
        answers += [line("library.figure", value=say_number(each.answer)), working]
    return (line("library.case_figures", title=case.title), BLANK, *answers)


def _case_proposals(case: Case) -> Page:
    return (
        line("library.case_proposals", title=case.title),
        BLANK,
        line("library.hypotheses"),
        *_ideas(case.hypotheses),
        BLANK,
        line("library.short_term"),
        *_ideas(case.short_term),
        BLANK,
        line("library.medium_term"),
        *_ideas(case.medium_term),
        BLANK,
        line("library.indicator"),
        *_ideas((case.indicator,)),
    )


def _case_marking(case: Case) -> Page:
    return (
        line("library.case_marking", title=case.title),
        BLANK,
        line("library.costs", text=case.costs),
        line("library.impacts", text=case.impacts),
        line("library.risks", text=case.risks),
        BLANK,
        *_grid(case.grid),
    )


def _dossier_pages(turn: TurnContext, dossier_id: str) -> tuple[Page, ...]:
    dossier = turn.pack.dossiers[dossier_id]
    return (_dossier_task(dossier), *_dossier_documents(dossier), *_dossier_expected(dossier))


def _dossier_task(dossier: Dossier) -> Page:
    titles = (
        line("library.asked", number=number, text=each.title)
        for number, each in enumerate(dossier.documents, 1)
    )
    return (
        line("library.note_title", title=dossier.title),
        line("library.minutes", minutes=dossier.minutes),
        BLANK,
        content(dossier.task),
        BLANK,
        line("library.note_documents"),
        *titles,
        BLANK,
        line("library.on_paper"),
    )


def _dossier_documents(dossier: Dossier) -> tuple[Page, ...]:
    documents = list(enumerate(dossier.documents, 1))
    return tuple(
        tuple(
            part
            for number, each in documents[at : at + DOCUMENTS_A_PAGE]
            for part in (
                line("library.document", number=number, title=each.title),
                content(each.text),
                BLANK,
            )
        )
        for at in range(0, len(documents), DOCUMENTS_A_PAGE)
    )


def _dossier_expected(dossier: Dossier) -> tuple[Page, Page]:
    plan: list[Line] = []
    for number, part in enumerate(dossier.plan, 1):
        plan.append(line("library.part", number=number, title=part.title))
        plan += [line("library.point", text=point) for point in part.points]
    outline = (
        line("library.note_plan", title=dossier.title),
        BLANK,
        line("library.problem", text=dossier.problem),
        BLANK,
        *plan,
    )
    marking = (
        line("library.note_marking", title=dossier.title),
        BLANK,
        line("library.note_ideas"),
        *_ideas(dossier.ideas),
        BLANK,
        *_grid(dossier.grid),
    )
    return (outline, marking)


def _ideas(ideas: Sequence[Idea]) -> tuple[Line, ...]:
    return tuple(line("library.point", text=each.name) for each in ideas)


def _grid(grid: Sequence[Criterion]) -> tuple[Line, ...]:
    rows = (line("library.criterion", name=each.name, points=each.points) for each in grid)
    return (line("library.grid"), *rows)


def _mark_door(_turn: TurnContext, case_id: str) -> Row:
    """Below the grid: the candidate marks their own paper."""
    return (Choice(token=f"mark:{case_id}:start", label=line("drills.to_mark")),)


def _figures_door(_turn: TurnContext, case_id: str, page: int) -> Row:
    """Below the task, before the worked figures: one's own, to be checked."""
    if page:
        return ()
    return (Choice(token=f"mark:{case_id}:start", label=line("drills.to_figures")),)


def _plan_door(turn: TurnContext, dossier_id: str, page: int) -> Row:
    """Below the task and the documents, before the expected plan: one's own, in five minutes."""
    if page >= plan_page(turn.pack.dossiers[dossier_id]):
        return ()
    return (
        Choice(
            token=f"outline:{dossier_id}:start",
            label=line("drills.to_outline", minutes=OUTLINE_MINUTES),
        ),
    )


CASES = Shelf(
    route="case",
    heading="library.cases",
    pick="library.pick",
    back="library.to_cases",
    titles=lambda turn: {each.id: each.title for each in turn.pack.cases.values()},
    pages=_case_pages,
    doors=_mark_door,
    tasks=_figures_door,
)
NOTES = Shelf(
    route="note",
    heading="library.notes",
    pick="library.pick",
    back="library.to_notes",
    titles=lambda turn: {each.id: each.title for each in turn.pack.dossiers.values()},
    pages=_dossier_pages,
    tasks=_plan_door,
)
