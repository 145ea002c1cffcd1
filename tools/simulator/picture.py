"""The plots of docs/learning.md, as PNG."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import matplotlib as mpl
from matplotlib.figure import Figure

from tools.simulator.contest import Outcome

COLOURS = {"never repeat": "#9aa5b1", "product": "#1f6feb", "easy opener": "#8bb8f8"}
_DOTS = {"fading": "#1f6feb", "crowding": "#d97706", "ladder": "#15803d"}
_SIZE = (7.6, 3.6)
mpl.rcParams.update({"font.size": 9, "axes.spines.top": False, "axes.spines.right": False})


def draw_gaps(bars: Mapping[str, Mapping[str, float]], path: Path) -> None:
    """World to policy to percent of the gap closed, as bars."""
    figure = Figure(figsize=_SIZE, layout="constrained")
    axes = figure.subplots()
    width = 0.8 / len(COLOURS)
    for place, (policy, colour) in enumerate(COLOURS.items()):
        at = [n + (place - 1) * width for n in range(len(bars))]
        drawn = axes.bar(at, [w[policy] for w in bars.values()], width, color=colour, label=policy)
        axes.bar_label(drawn, fmt="%.0f")
    axes.set_xticks(range(len(bars)), list(bars))
    axes.set_ylabel("gap closed, %")
    axes.axhline(0, color="black", linewidth=0.6)
    axes.legend(frameon=False)
    figure.savefig(path, dpi=110)


def draw_forecasts(outcomes: Mapping[str, Sequence[Outcome]], path: Path) -> None:
    """Each world's candidates: what the last forecast said, against what the exam would give."""
    figure = Figure(figsize=(4.6, 4.4), layout="constrained")
    axes = figure.subplots()
    axes.plot([25, 85], [25, 85], color="black", linewidth=0.6)
    for world, them in outcomes.items():
        heard = [each for each in them if each.forecast is not None]
        axes.scatter(
            [100 * (each.forecast or 0) for each in heard],
            [100 * each.right for each in heard],
            s=7,
            alpha=0.6,
            color=_DOTS[world],
            label=world,
        )
    axes.set_xlabel("forecast, % right")
    axes.set_ylabel("expected at the exam, % right")
    axes.legend(frameon=False)
    figure.savefig(path, dpi=110)
