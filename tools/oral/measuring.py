"""How often the verdicts are right: by language, by frame, by part.

`python -m tools.oral.measuring` measures the weights in use on the held-out hand.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from statistics import mean

from bot.domain.assessment.hearing import FLAGS, PARTS
from bot.domain.assessment.linear import Weights, load_weights
from bot.domain.assessment.verdict import Verdict, judge
from content.schema import LANGUAGES
from tools.oral.corpus import HELD_OUT, Answer, load_answers

Judged = tuple[Answer, Verdict]


@dataclass(frozen=True, slots=True)
class Confusion:
    """A part over many answers: said rightly or wrongly to be there or not."""

    found: int
    missed: int
    invented: int
    absent: int

    @property
    def balanced(self) -> float | None:
        """Mean of sensitivity and specificity; None when one of them has no case."""
        if not (self.found + self.missed and self.invented + self.absent):
            return None
        seen = self.found / (self.found + self.missed)
        return (seen + self.absent / (self.absent + self.invented)) / 2


def judge_all(answers: Iterable[Answer], weights: Weights) -> list[Judged]:
    """Each answer with its verdict."""
    return [(a, judge(a.frame, a.language, a.prompt, a.text, weights)) for a in answers]


def confusion(judged: list[Judged], label: str) -> Confusion:
    """The confusion of a part or flag, over the answers whose frame has it."""
    pairs = [
        (label in answer.labels, {**verdict.parts, **verdict.flags}[label])
        for answer, verdict in judged
        if label in verdict.parts or label in verdict.flags
    ]
    return _counted(pairs)


def balanced(judged: list[Judged]) -> float:
    """Balanced accuracy, the mean over the parts of all frames."""
    each = (confusion(judged, part).balanced for parts in PARTS.values() for part in parts)
    return mean(value for value in each if value is not None)


def all_right(judged: list[Judged]) -> float:
    """Share of answers all of whose parts are right."""
    return mean(
        all((part in answer.labels) == there for part, there in verdict.parts.items())
        for answer, verdict in judged
    )


def advice_fits(judged: list[Judged]) -> float:
    """Share of answers whose advice is among those a careful jury accepts."""
    return mean(verdict.advice in answer.advice for answer, verdict in judged)


def report(judged: list[Judged]) -> Iterator[str]:
    """The figures as lines of Markdown tables."""
    yield "| answers | n | balanced accuracy | all parts right | advice fits | score off by |"
    yield "| --- | --- | --- | --- | --- | --- |"
    yield _row("all", judged)
    for language in LANGUAGES:
        yield _row(language, [each for each in judged if each[0].language == language])
    for frame in PARTS:
        yield _row(frame, [each for each in judged if each[0].frame == frame])
    yield ""
    yield "| part | found | missed | invented | rightly absent | balanced |"
    yield "| --- | --- | --- | --- | --- | --- |"
    for label in (*(part for parts in PARTS.values() for part in parts), *FLAGS):
        yield _part_row(label, confusion(judged, label))
    off_topic = [(answer.off_topic, verdict.off_topic) for answer, verdict in judged]
    yield _part_row("off_topic", _counted(off_topic))


def _row(name: str, judged: list[Judged]) -> str:
    off = mean(abs(verdict.score - answer.score) for answer, verdict in judged)
    figures = (balanced(judged), all_right(judged), advice_fits(judged), off)
    return f"| {name} | {len(judged)} | " + " | ".join(f"{each:.2f}" for each in figures) + " |"


def _part_row(label: str, one: Confusion) -> str:
    figures = f"{one.found} | {one.missed} | {one.invented} | {one.absent}"
    return f"| {label} | {figures} | {one.balanced or 0:.2f} |"


def _counted(pairs: list[tuple[bool, bool]]) -> Confusion:
    """The confusion of pairs: whether it is there, whether that was said."""
    counts = [pairs.count(each) for each in ((True, True), (True, False), (False, True))]
    return Confusion(*counts, len(pairs) - sum(counts))


if __name__ == "__main__":
    print("\n".join(report(judge_all(load_answers(HELD_OUT), load_weights()))))
