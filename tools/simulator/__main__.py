"""The figures and the plots of docs/learning.md.

`python -m tools.simulator [candidates [plan]]`: 300 candidates and every plan, if not said.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from multiprocessing import Pool
from pathlib import Path
from random import Random

from tools.simulator.contest import Outcome, gap_closed, lower_bound, prepare
from tools.simulator.picture import draw_forecasts, draw_gaps
from tools.simulator.setting import Plan
from tools.simulator.worlds import WORLDS

PLANS = {
    "5 x 56": Plan(),
    "10 x 56": Plan(per_day=10),
    "bank of 150, 10 x 56": Plan(items=150, per_day=10),
    "5 x 56, no transfer": Plan(transfer=0.0),
    "5 x 120": Plan(days=120),
    "5 x 14": Plan(days=14),
}
SHOWN = ("never repeat", "product", "easy opener")
PICTURES = Path("docs/pictures")


def main(candidates: int, only: str) -> None:
    """Run the plans in every world, print a line for each policy, draw the first plan."""
    bars: dict[str, dict[str, float]] = {}
    ours: dict[str, list[Outcome]] = {}
    with Pool() as pool:
        for title, plan in PLANS.items():
            if only not in ("", title):
                continue
            for world in WORLDS:
                found = {
                    policy: pool.starmap(
                        prepare,
                        [(world, plan, policy, seed) for seed in range(candidates)],
                        chunksize=5,
                    )
                    for policy in ("random", "oracle", *SHOWN)
                }
                gaps = _report(title, world, found)
                if plan == Plan():
                    bars[world], ours[world] = gaps, found["product"]
    if bars:
        draw_gaps(bars, PICTURES / "gap-closed.png")
        draw_forecasts(ours, PICTURES / "forecast.png")


def _report(title: str, world: str, found: dict[str, list[Outcome]]) -> dict[str, float]:
    known = {policy: [each.known for each in them] for policy, them in found.items()}
    ends = known["random"], known["oracle"]
    print(f"{title}, {world}: random {_percent(ends[0])}, oracle {_percent(ends[1])}")
    gaps = {}
    for policy in SHOWN:
        gaps[policy] = gap_closed(known[policy], *ends)
        lower = lower_bound(known[policy], *ends, Random(0))
        them = found[policy]
        print(
            f"  {policy:13} known {_percent(known[policy])}  gap {gaps[policy]:5.1f}"
            f"  lower {lower:5.1f}  right {_share(each.answers for each in them)}"
            f"  opener {_share(each.openers for each in them)}{_forecast(them)}"
        )
    sys.stdout.flush()
    return gaps


def _percent(shares: list[float]) -> str:
    return f"{100 * sum(shares) / len(shares):.1f}"


def _share(pairs: Iterable[tuple[int, int]]) -> str:
    right, asked = map(sum, zip(*pairs, strict=True))
    return f"{100 * right / asked:.0f} %"


def _forecast(them: list[Outcome]) -> str:
    errors = [100 * (each.forecast - each.right) for each in them if each.forecast is not None]
    if not errors:
        return ""
    mean = sum(map(abs, errors)) / len(errors)
    return f"  forecast off by {mean:.1f} (bias {sum(errors) / len(errors):+.1f})"


if __name__ == "__main__":
    main(int((sys.argv[1:2] or ["300"])[0]), "".join(sys.argv[2:3]))
