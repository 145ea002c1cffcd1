"""Remarks to read with a fresh eye: does the quote support what is said?

`OMP_NUM_THREADS=1 python -m tools.oral.sampling SEED` prints 20 remarks a language, drawn from the
hands a, b, c, each heard by weights that never saw that hand. It trains them first, some minutes.
"""

from __future__ import annotations

import html
import random
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.domain.assessment import WHOLE, assess
from bot.domain.assessment.linear import Weights, unpack
from bot.domain.rubric import Level
from bot.handlers.oral import wording
from bot.messages import Line
from bot.render import Renderer
from bot.texts import Texts
from content.loader import load_texts
from content.schema import LANGUAGES
from tools.oral.corpus import Answer, load_answers, training_hands

HANDS = ("a", "b", "c")
_EACH = 20


@dataclass(frozen=True, slots=True)
class Said:
    """A remark as the candidate reads it, and the answer it is about."""

    answer: Answer
    remark: str


def sample(weights: Mapping[str, Weights], seed: int, each: int = _EACH) -> Iterator[Said]:
    """`each` remarks a language, one an answer; `weights`: those to hear each hand with."""
    rng, renderer = random.Random(seed), Renderer(Texts(load_texts()))
    for language in LANGUAGES:
        answers = [a for a in load_answers(weights) if a.language == language]
        rng.shuffle(answers)
        found = 0
        for answer in answers:
            remarks = [renderer.text(x, language) for x in _claims(answer, weights[answer.hand])]
            if remarks and found < each:
                yield Said(answer, _plain(rng.choice(remarks)))
                found += 1


def _claims(answer: Answer, weights: Weights) -> list[Line]:
    """All that is claimed with a quote; "not assessed" claims nothing."""
    said = {WHOLE: answer.text}
    found = assess(answer.frame, answer.language, said, prompt=answer.prompt, weights=weights)
    lines = wording.findings(found)
    shown = found.findings
    if found.has("unrelated"):
        shown = tuple(each for each in shown if each.evidence)
    sure = {Level.THERE, Level.WEAK}
    parts = [text for text, each in zip(lines, shown, strict=True) if each.level in sure]
    return [*parts, *(wording.remark(each) for each in found.remarks if each.evidence)]


def _plain(text: str) -> str:
    return re.sub("[\u2066-\u2069]", "", html.unescape(re.sub(r"</?[bi]>", "", text)))


def _trained_without(hand: str) -> Weights:
    # Only who trains needs what training needs.
    from tools.oral.training import train

    others = [each for each in training_hands() if each != hand]
    return unpack(train(load_answers(others)))


def main() -> None:
    """Print the sample of the seed given."""
    weights = {hand: _trained_without(hand) for hand in HANDS}
    for number, said in enumerate(sample(weights, int(sys.argv[1])), 1):
        print(f"{number}. {said.answer.id}: {said.remark}\n   Q {said.answer.prompt}")
        print(f"   A {said.answer.text}\n")


if __name__ == "__main__":
    main()
