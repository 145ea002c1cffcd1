"""The product's own selection, over a pack made of the simulated bank."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from bot.domain.selection import Answered, select_questions
from bot.simulate.pack import ItemTags, make_pack
from tools.simulator.policies import Chance
from tools.simulator.setting import Plan, Setting
from tools.simulator.worlds import Learner

START = date(2026, 1, 1)


class Product(Chance):
    """`select_questions`, called as the daily quiz calls it."""

    def __init__(self, setting: Setting, plan: Plan, learner: Learner, seed: int) -> None:
        super().__init__(setting, plan, learner, seed)
        self._pack = make_pack(
            {str(t): weight for t, weight in enumerate(setting.weights)},
            [
                ItemTags(
                    id=str(q),
                    topic=str(setting.theme[q]),
                    concept=str(setting.concept[q]),
                    difficulty=setting.grade[q],
                )
                for q in range(setting.size)
            ],
        )
        self._exam_day = START + timedelta(days=plan.exam_day)
        self._history: list[Answered] = []

    def ask(self, day: int, count: int) -> list[int]:
        chosen = select_questions(
            self._pack,
            stream="",
            history=self._history,
            count=count,
            today=START + timedelta(days=day),
            rng=self._rng,
            exam_day=self._exam_day,
        )
        return [int(question.id) for question in chosen]

    def heard(self, day: int, question: int, *, correct: bool) -> None:
        on = START + timedelta(days=day)
        at = datetime(on.year, on.month, on.day, 20, tzinfo=UTC)
        self._history.append(Answered(item_id=str(question), correct=correct, at=at, local_day=on))
