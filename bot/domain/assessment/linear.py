"""The learned numbers and the two sums made with them; `tools/train_oral.py` writes the file.

A feature is a string; its place in a table is its checksum, so no dictionary need be kept.
"""

from __future__ import annotations

import json
import math
import zlib
from array import array
from base64 import b64decode
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

BINS = 1 << 15
WEIGHTS_FILE = Path(__file__).with_name("weights.json")

Block = tuple[float, Sequence[int]]
"""Features that count alike: what each one weighs, and their places."""


@dataclass(frozen=True, slots=True)
class Table:
    """One small whole number a feature and label; `scales` turn their sums into log-odds."""

    labels: tuple[str, ...]
    weights: tuple[array[int], ...]
    scales: tuple[float, ...]
    biases: tuple[float, ...]

    def log_odds(self, blocks: Sequence[Block]) -> list[float]:
        """The log-odds of each label for a thing with these features."""
        return [
            bias + scale * sum(each * sum(map(row.__getitem__, places)) for each, places in blocks)
            for row, scale, bias in zip(self.weights, self.scales, self.biases, strict=True)
        ]


@dataclass(frozen=True, slots=True)
class Layer:
    """A weighted sum of a few measures for each label."""

    labels: tuple[str, ...]
    weights: tuple[tuple[float, ...], ...]
    biases: tuple[float, ...]

    def odds(self, measures: Sequence[float]) -> list[float]:
        """The probability of each label."""
        return [
            chance(bias + sum(w * m for w, m in zip(row, measures, strict=True)))
            for row, bias in zip(self.weights, self.biases, strict=True)
        ]


def place(feature: str) -> int:
    """Where a feature's weights stand in every table."""
    return zlib.crc32(feature.encode()) & (BINS - 1)


def chance(log_odds: float) -> float:
    """A probability from log-odds."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, log_odds))))


@dataclass(frozen=True, slots=True)
class Weights:
    """All that was learned: `tables` are `cut` and one a frame, `layers` two a frame.

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
    rows = (packed[at : at + BINS] for at in range(0, len(packed), BINS))
    whole = tuple(array("b", row) for row in rows)
    return Table(tuple(raw["labels"]), whole, tuple(raw["scales"]), tuple(raw["biases"]))


def _layer(raw: dict[str, Any]) -> Layer:
    return Layer(tuple(raw["labels"]), tuple(map(tuple, raw["weights"])), tuple(raw["biases"]))
