"""CPU and waiting time of an answered press: ours, and others that send the same two calls.

python -m tools.bench.presses
"""

from __future__ import annotations

import importlib.util
import os
import pickle
import sys
import tempfile
from pathlib import Path

from tools.bench.cost import RATE, Cost, measure
from tools.bench.prepare import people_with_quizzes, sqlite_url

PEOPLE = 250
PICKLED = 1000
ROUNDS = 3
OURS, STOCK = "concours-coach, SQLite", "PTB stock, stores nothing"
PICKLE = f"PTB with PicklePersistence, {PICKLED}"


def write_pickle(path: Path) -> None:
    """PicklePersistence's file, with so many people known."""
    people = {10_000 + number: {"answers": 0, "history": [1] * 50} for number in range(PICKLED)}
    data = {"user_data": people, "chat_data": {}, "bot_data": {}, "conversations": {}}
    path.write_bytes(pickle.dumps(data | {"callback_data": None}))


def contenders(pickled: Path) -> dict[str, list[str]]:
    """Name and command of each."""
    python = sys.executable
    found = {
        OURS: [python, "-m", "bot"],
        STOCK: [python, "-m", "tools.bench.stock", "URL"],
        PICKLE: [python, "-m", "tools.bench.stock", "URL", str(pickled)],
    }
    if importlib.util.find_spec("aiogram") is None:
        print("aiogram: not installed (pip install '.[bench]')")
    else:
        found["aiogram, stores nothing"] = [python, "-m", "tools.bench.aiogram_bot", "URL"]
    return found


def measure_all(here: Path) -> dict[str, list[Cost]]:
    """Each in turn, several rounds on the same machine; the coach's folder is `here`."""
    costs: dict[str, list[Cost]] = {}
    plan = people_with_quizzes(sqlite_url(here), PEOPLE)
    pickled = here / "people.pickle"
    for number in range(ROUNDS):
        write_pickle(pickled)
        part = plan[number * len(plan) // ROUNDS : (number + 1) * len(plan) // ROUNDS]
        for name, command in contenders(pickled).items():
            cost = measure(name, here, part, command, to_the_end=name == PICKLE)
            costs.setdefault(name, []).append(cost)
    return costs


def main() -> None:
    """The table shows everyone's best round: whatever else the machine does only ever adds."""
    with tempfile.TemporaryDirectory() as name:
        costs = measure_all(Path(name))
    stock = min(each.cpu for each in costs[STOCK])
    print(f"{'an answered press':36} CPU ms   ratio  p50 ms  p99 ms  presses  calls")
    for name, rounds in costs.items():
        best = min(rounds, key=lambda each: each.cpu)
        p50, p99 = min(each.p50 for each in rounds), min(each.p99 for each in rounds)
        print(
            f"{name:36} {best.cpu:6.2f}  {best.cpu / stock:6.2f}  {p50:6.1f}  {p99:6.1f}  "
            f"{best.presses:7}  {best.calls:5}"
        )
    machine = f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, Python {sys.version[:6]}"
    print(f"{ROUNDS} rounds at {RATE:.0f} presses a second; {machine}")


if __name__ == "__main__":
    main()
