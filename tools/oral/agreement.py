"""How far readers of the same answers agree: `python -m tools.oral.agreement`.

Readers x and y labelled 180 answers of the corpus, each alone, with the codebook and the answers
but no labels (`tools/oral_corpus/second_readings`).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from statistics import mean

from bot.domain.assessment.hearing import FLAGS, PARTS
from tools.oral.corpus import FOLDER, HELD_OUT, Answer, load_answers, training_hands

READERS = ("x", "y")


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader found in an answer; `advice`: what they accept, best first."""

    labels: frozenset[str]
    advice: tuple[str, ...]
    score: int


def kappa(pairs: list[tuple[bool, bool]]) -> float:
    """Cohen's kappa: agreement beyond what two readers reach who only know how often."""
    agreed = mean(one == other for one, other in pairs)
    first, second = mean(one for one, _ in pairs), mean(other for _, other in pairs)
    by_chance = first * second + (1 - first) * (1 - second)
    return 1.0 if by_chance == 1 else (agreed - by_chance) / (1 - by_chance)


def second_reading(reader: str) -> dict[str, Reading]:
    """What the reader said, by the answer's id."""
    lines = (FOLDER / "second_readings" / f"{reader}.jsonl").read_text("utf-8").splitlines()
    return {
        each["id"]: Reading(
            frozenset(each["labels"]) | ({"off_topic"} if each["off_topic"] else frozenset()),
            (each["advice"],),
            each["score"],
        )
        for each in map(json.loads, lines)
    }


def first_reading(answer: Answer) -> Reading:
    """What the answer's own labels say."""
    off_topic = {"off_topic"} if answer.off_topic else set()
    return Reading(answer.labels | off_topic, answer.advice, answer.score)


def report() -> Iterator[str]:
    """The figures as lines of a Markdown table."""
    answers = {each.id: each for each in load_answers([*training_hands(), HELD_OUT])}
    x, y = map(second_reading, READERS)
    corpus = {each: first_reading(answers[each]) for each in x}
    yield "| readers | parts agreed | kappa | all its parts | scores apart | advice fits |"
    yield "| --- | --- | --- | --- | --- | --- |"
    yield _row("corpus and x", answers, corpus, x)
    yield _row("corpus and y", answers, corpus, y)
    yield _row("x and y", answers, x, y)
    yield ""
    for label in (*FLAGS, "off_topic"):
        pairs = [(label in corpus[each].labels, label in x[each].labels) for each in x]
        yield f"{label}, corpus and x: kappa {kappa(pairs):.2f}"


def _row(
    name: str,
    answers: Mapping[str, Answer],
    first: Mapping[str, Reading],
    second: Mapping[str, Reading],
) -> str:
    by_part: dict[str, list[tuple[bool, bool]]] = {}
    whole = []
    for each in first:
        parts = PARTS[answers[each].frame]
        pairs = [(part in first[each].labels, part in second[each].labels) for part in parts]
        whole.append(all(one == other for one, other in pairs))
        for part, pair in zip(parts, pairs, strict=True):
            by_part.setdefault(part, []).append(pair)
    agreed = mean(one == other for pairs in by_part.values() for one, other in pairs)
    apart = mean(abs(first[each].score - second[each].score) for each in first)
    fits = mean(second[each].advice[0] in first[each].advice for each in first)
    figures = (agreed, mean(map(kappa, by_part.values())), mean(whole), apart, fits)
    return f"| {name} | " + " | ".join(f"{each:.2f}" for each in figures) + " |"


if __name__ == "__main__":
    print("\n".join(report()))
