"""How long the whole pack takes to load, and how much memory the process then holds.

    python -m tools.bench_pack

Each figure is of a fresh process: a second load in one process would find its modules warm.
"""

from __future__ import annotations

import statistics
import subprocess
import sys

RUNS = 7
_LOAD = """
import resource, sys, time
from content.loader import load_pack
started = time.perf_counter()
load_pack(sys.argv[1])
took = time.perf_counter() - started
print(took, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""


def main() -> None:
    """Print the median and the worst of some runs."""
    pack = sys.argv[1] if len(sys.argv) > 1 else "cnops-2025"
    runs = [_measure(pack) for _ in range(RUNS)]
    seconds, megabytes = zip(*runs, strict=True)
    print(
        f"loading {pack}: {statistics.median(seconds):.2f} s (worst {max(seconds):.2f} s), "
        f"{max(megabytes):.0f} MB in the process, over {RUNS} fresh processes"
    )


def _measure(pack: str) -> tuple[float, float]:
    command = [sys.executable, "-c", _LOAD, pack]
    shown = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    took, held = shown.split()
    return float(took), float(held)


if __name__ == "__main__":
    main()
