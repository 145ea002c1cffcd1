"""The labelled answers: `tools/oral_corpus/<language>-<hand>-<n>.jsonl` (its README: the card)."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from bot.domain.frames import Frame
from content.schema import Language

FOLDER = Path(__file__).parent.parent / "oral_corpus"
HELD_OUT = "t"
# Plain answers are few in the corpus and many in life. Counting them twice costs a point or two
# hand against hand (docs/oral.md) and keeps the plain answers of `tests/domain` right.
_COUNTS = {"e": 2.0}
_SIGNS = re.compile(r"[.,;:!?…؟؛،]+(?=\s|$)")

Spans = tuple[tuple[int, int, frozenset[str]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A labelled answer. `spans`: first and last character of each segment, and its labels.

    `count`: how much it counts in training.
    """

    id: str
    hand: str
    language: Language
    frame: Frame
    scenario: str
    prompt: str
    text: str
    spans: Spans
    off_topic: bool
    advice: tuple[str, ...]
    score: int
    count: float = 1.0

    @property
    def labels(self) -> frozenset[str]:
        """Every label of its segments; none where it is off topic."""
        found = (labels for _, _, labels in self.spans)
        return frozenset() if self.off_topic else frozenset().union(*found)

    @property
    def fold(self) -> int:
        """Answers to one prompt by one hand are never on both sides of a split."""
        key = f"{self.hand} {self.language} {self.scenario}"
        return int(hashlib.sha256(key.encode()).hexdigest(), 16) % 5


def load_answers(hands: Iterable[str], folder: Path = FOLDER) -> list[Answer]:
    """The answers of these hands, in the order of files and lines."""
    return [
        _answer(json.loads(line), path.stem.split("-")[1])
        for path in files(hands, folder)
        for line in path.read_text("utf-8").splitlines()
    ]


def files(hands: Iterable[str], folder: Path = FOLDER) -> list[Path]:
    """The files of these hands, sorted by name."""
    return sorted(path for hand in hands for path in folder.glob(f"??-{hand}-*.jsonl"))


def training_hands(folder: Path = FOLDER) -> list[str]:
    """Every hand there is but the held-out one."""
    return sorted({path.stem.split("-")[1] for path in folder.glob("*.jsonl")} - {HELD_OUT})


def fingerprint(hands: Iterable[str], folder: Path = FOLDER) -> str:
    """Changes when a labelled answer does; the weights file carries it."""
    digest = hashlib.sha256()
    for path in files(hands, folder):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def typed_otherwise(answer: Answer) -> tuple[Answer, Answer]:
    """Two copies that count half in training: as typed on a phone, without capitals or signs; and
    with every other full stop left out, since people say two things in one sentence, and without
    its prompt, since it is not always known."""
    segments = [(answer.text[a:b], labels) for a, b, labels in answer.spans]
    plain = [(_SIGNS.sub("", words).lower(), labels) for words, labels in segments]
    joined = [
        (_SIGNS.sub("", words) if at % 2 == 0 else words[:1].lower() + words[1:], labels)
        for at, (words, labels) in enumerate(segments, answer.fold % 2)
    ]
    return _copy(answer, "plain", plain), _copy(replace(answer, prompt=""), "joined", joined)


def _copy(answer: Answer, name: str, segments: list[tuple[str, frozenset[str]]]) -> Answer:
    text, spans = _joined([(words, labels) for words, labels in segments if words.strip()])
    return replace(
        answer, id=f"{answer.id}-{name}", text=text, spans=spans, count=answer.count / 2
    )


def _joined(segments: list[tuple[str, frozenset[str]]]) -> tuple[str, Spans]:
    spans, at = [], 0
    for words, labels in segments:
        spans.append((at, at + len(words), labels))
        at += len(words) + 1
    return " ".join(words for words, _ in segments), tuple(spans)


def _answer(raw: dict[str, Any], hand: str) -> Answer:
    text, spans = _joined([(each["t"], frozenset(each["l"])) for each in raw["segments"]])
    return Answer(
        id=raw["id"],
        hand=hand,
        language=raw["lang"],
        frame=raw["frame"],
        scenario=raw["scenario"],
        prompt=raw["prompt"],
        text=text,
        spans=spans,
        off_topic=raw["off_topic"],
        advice=tuple(raw["advice"]),
        score=raw["score"],
        count=_COUNTS.get(hand, 1.0),
    )
