"""The product's own selection, over a pack made of the simulated bank."""

from __future__ import annotations

from datetime import date, timedelta

from bot.domain.forecast import forecast
from bot.domain.memory import Answered, remember
from bot.domain.selection import select_questions
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
        self._history.append(Answered(item_id=str(question), correct=correct, local_day=on))

    def forecast(self, day: int) -> float | None:
        found = forecast(self._pack, stream="", history=self._history, exam_day=self._exam_day)
        return None if found is None else found.expected


class EasyOpener(Product):
    """The same, but one slot of the day goes to an old question that is sure to go well."""

    def ask(self, day: int, count: int) -> list[int]:
        on = START + timedelta(days=day)
        memory = remember(self._pack.questions, self._history, self._exam_day)
        today = {met.item_id for met in self._history if met.local_day == on}
        old = [self._pack.questions[item] for item in memory.items if item not in today]
        if not old:
            return super().ask(day, count)
        surest = max(old, key=lambda q: memory.chance_right(q, on.toordinal()))
        chosen = [q for q in super().ask(day, count) if q != int(surest.id)]
        return [int(surest.id), *chosen[: count - 1]]
