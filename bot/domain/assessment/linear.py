"""The learned numbers and the two sums made with them; `tools/train_oral.py` writes the file.

A feature is a string; its place in a table is its checksum, so no dictionary need be kept.
"""

from __future__ import annotations

import json
import math
import zlib
from base64 import b64decode
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from operator import mul
from pathlib import Path
from typing import Any

BINS = 1 << 15
_WIDTH, _ZERO = 3, 128
_RAISED = bytes((each + _ZERO) % 256 for each in range(256))
WEIGHTS_FILE = Path(__file__).with_name("weights.json")

Block = tuple[float, Sequence[int]]
"""Features that count alike: what each one weighs, and their places."""


@dataclass(frozen=True, slots=True)
class Table:
    """One small whole number a feature and label; `scales` turn their sums into log-odds.

    The numbers of all labels of a feature stand side by side in one, so that one sum adds all:
    each in `_WIDTH` bytes, and `_ZERO` too much so that none is negative.
    """

    labels: tuple[str, ...]
    weights: tuple[int, ...]
    scales: tuple[float, ...]
    biases: tuple[float, ...]

    def log_odds(self, blocks: Sequence[Block]) -> list[float]:
        """The log-odds of each label for a thing with these features."""
        sums = [(each, self._sums(places)) for each, places in blocks]
        return [
            bias + scale * sum(each * found[at] for each, found in sums)
            for at, (scale, bias) in enumerate(zip(self.scales, self.biases, strict=True))
        ]

    def first_log_odds(self, places: Iterable[int]) -> float:
        """The log-odds of the only label of a table, for features that count alike."""
        found = [self.weights[each] for each in places]
        return self.biases[0] + self.scales[0] * (sum(found) - _ZERO * len(found))

    def _sums(self, places: Sequence[int]) -> list[int]:
        count, zero = len(self.labels), _ZERO * len(places)
        whole = sum(map(self.weights.__getitem__, places)).to_bytes(_WIDTH * count, "little")
        parts = (whole[at : at + _WIDTH] for at in range(0, len(whole), _WIDTH))
        return [int.from_bytes(part, "little") - zero for part in parts]


@dataclass(frozen=True, slots=True)
class Layer:
    """A weighted sum of a few measures for each label."""

    labels: tuple[str, ...]
    weights: tuple[tuple[float, ...], ...]
    biases: tuple[float, ...]

    def odds(self, measures: Sequence[float]) -> list[float]:
        """The probability of each label."""
        return [
            chance(bias + sum(map(mul, row, measures)))
            for row, bias in zip(self.weights, self.biases, strict=True)
        ]


def place(feature: str) -> int:
    """Where a feature's weights stand in every table."""
    return zlib.crc32(feature.encode()) & (BINS - 1)


def places(features: Iterable[str]) -> list[int]:
    """Where the weights of many features stand."""
    return [zlib.crc32(each.encode()) & (BINS - 1) for each in features]


def chance(log_odds: float) -> float:
    """A probability from log-odds."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, log_odds))))


@dataclass(frozen=True, slots=True)
class Weights:
    """All that was learned: `tables` are `cut`, `away` and one a frame, `layers` two a frame.

    `corpus` is the fingerprint of the answers it was learned from.
    """

    tables: dict[str, Table]
    layers: dict[str, Layer]
    corpus: str = ""


@cache
def load_weights() -> Weights:
    """The weights in use, read once."""
    return unpack(json.loads(WEIGHTS_FILE.read_text("utf-8")))


def unpack(stored: dict[str, Any]) -> Weights:
    """The weights from what the file holds."""
    return Weights(
        {name: _table(raw) for name, raw in stored["tables"].items()},
        {name: _layer(raw) for name, raw in stored["layers"].items()},
        stored.get("corpus", ""),
    )


def _table(raw: dict[str, Any]) -> Table:
    packed = zlib.decompress(b64decode(raw["weights"]))
    size = _WIDTH * len(raw["labels"])
    wide = bytearray(BINS * size)
    for label in range(len(raw["labels"])):
        wide[_WIDTH * label :: size] = packed[label * BINS : (label + 1) * BINS].translate(_RAISED)
    whole = (int.from_bytes(wide[at : at + size], "little") for at in range(0, len(wide), size))
    return Table(tuple(raw["labels"]), tuple(whole), tuple(raw["scales"]), tuple(raw["biases"]))


def _layer(raw: dict[str, Any]) -> Layer:
    return Layer(tuple(raw["labels"]), tuple(map(tuple, raw["weights"])), tuple(raw["biases"]))
