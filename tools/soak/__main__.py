"""The long ones: kill -9 with work in flight, a simulated week, a broadcast to 10,000.

python -m tools.soak                             all of it
python -m tools.soak kills [N] [--postgresql]    N kills (200), on SQLite or PostgreSQL
python -m tools.soak week
python -m tools.soak broadcast
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping

from bot.clock import monotonic_seconds
from tools.bench import broadcast
from tools.soak import kills, week

KILLS = 200
AUDIENCE = 10_000


def main() -> None:
    """Run what is asked for and print what was found."""
    given = _parser().parse_args()
    if given.what in ("kills", None):
        for engine in kills.LANES if given.what is None else [given.engine]:
            _show(f"{given.kills} kills on {engine}", lambda e=engine: kills.run(given.kills, e))
    if given.what in ("week", None):
        _show("a week, two workers, two schedulers", week.run_on_a_new_server)
    if given.what in ("broadcast", None):
        _show(f"a broadcast to {AUDIENCE:,}", lambda: broadcast.run(AUDIENCE))


def _show(title: str, run: Callable[[], Mapping[str, float]]) -> None:
    began = monotonic_seconds()
    print(title, flush=True)
    for name, value in run().items():
        shown = f"{value:,.1f}".removesuffix(".0")
        print(f"  {name:38} {shown:>10}")
    print(f"  {'minutes it took':38} {(monotonic_seconds() - began) / 60:10.1f}\n", flush=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m tools.soak",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("what", nargs="?", choices=("kills", "week", "broadcast"))
    parser.add_argument("kills", nargs="?", type=int, default=KILLS)
    parser.add_argument(
        "--postgresql", dest="engine", action="store_const", const="postgresql", default="sqlite"
    )
    return parser


if __name__ == "__main__":
    main()
