"""CPU and waiting time of an answered press: ours, and others that send the same two calls."""

from __future__ import annotations

import importlib.util
import json
import os
import pickle
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from tools.bench.prepare import Press, people_with_quizzes, sqlite_url
from tools.bench.words import TOKEN

ROOT = Path(__file__).parents[2]
RATE = 100.0
PEOPLE = 250
PICKLED = 1000
ROUNDS = 3
OURS, STOCK = "concours-coach, SQLite", "PTB stock, stores nothing"
PICKLE = f"PTB with PicklePersistence, {PICKLED}"
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Cost:
    """What a contender took: CPU ms a press, and waits from press to first call."""

    name: str
    cpu: float
    p50: float
    p99: float
    presses: int
    calls: int


def cpu_seconds(pid: int) -> float:
    """User and system time of a process so far."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def measure(
    name: str, folder: Path, plan: list[Press], command: list[str], *, to_the_end: bool = False
) -> Cost:
    """Run a contender against a server of its own until every press is answered.

    `to_the_end`: what it writes when told to stop counts too.
    """
    plan_file = folder / "plan.json"
    plan_file.write_text(json.dumps(plan))
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    server = subprocess.Popen(
        [sys.executable, "-m", "tools.bench.server", str(plan_file), str(RATE)],
        stdout=subprocess.PIPE,
        text=True,
        env=environment,
    )
    assert server.stdout is not None
    url = f"http://127.0.0.1:{server.stdout.readline().strip()}"
    environment |= {
        "TELEGRAM_API_URL": url,
        "TELEGRAM_BOT_TOKEN": TOKEN,
        "TELEGRAM_PER_SECOND": "1000",
        "COACH_WEB_PORT": "0",
        "COACH_TEST_CLOCK": "2026-11-24T10:05:00Z",
    }
    bot = subprocess.Popen(
        [part.replace("URL", url) for part in command],
        cwd=folder,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    assert server.stdout.readline().strip() == "soon"  # start-up is no part of a press
    before = cpu_seconds(bot.pid)
    found = json.loads(server.stdout.readline())
    used = cpu_seconds(bot.pid) - before
    bot.send_signal(signal.SIGTERM)
    if to_the_end:
        used = _cpu_to_the_end(bot) - before
    else:
        bot.wait(30)
    server.wait(30)
    server.stdout.close()
    waits = sorted(found["ms"])
    done = len(waits)
    if done < len(plan) or found["edits"] < len(plan) * 0.9:
        print(f"{name}: only {done} of {len(plan)} presses were answered")
    return Cost(
        name=name,
        cpu=used * 1000 / max(done, 1),
        p50=statistics.median(waits),
        p99=waits[int(len(waits) * 0.99)],
        presses=done,
        calls=found["edits"] + found["answers"],
    )


def _cpu_to_the_end(process: subprocess.Popen[bytes]) -> float:
    """All CPU seconds of a process that ends by itself, or is ended after two minutes."""
    used = 0.0
    until = time.monotonic() + 120
    while process.poll() is None:
        if time.monotonic() > until:
            process.kill()
        with suppress(OSError):
            used = cpu_seconds(process.pid)
        time.sleep(0.05)
    return used


@contextmanager
def folder() -> Iterator[Path]:
    """A folder that goes afterwards."""
    with tempfile.TemporaryDirectory() as name:
        yield Path(name)


def pickled(path: Path) -> str:
    """PicklePersistence's file, with so many people known."""
    people = {10_000 + number: {"answers": 0, "history": [1] * 50} for number in range(PICKLED)}
    data = {"user_data": people, "chat_data": {}, "bot_data": {}, "conversations": {}}
    path.write_bytes(pickle.dumps(data | {"callback_data": None}))
    return str(path)


def contenders(here: Path) -> dict[str, list[str]]:
    """Name and command of each; the coach's folder is `here`."""
    python = sys.executable
    found = {
        OURS: [python, "-m", "bot"],
        STOCK: [python, "-m", "tools.bench.stock", "URL"],
        PICKLE: [python, "-m", "tools.bench.stock", "URL", str(here / "people.pickle")],
    }
    if importlib.util.find_spec("aiogram") is None:
        print("aiogram: not installed (pip install '.[bench]')")
    else:
        found["aiogram, stores nothing"] = [python, "-m", "tools.bench.aiogram_bot", "URL"]
    return found


def main() -> None:
    """Each in turn, several rounds on the same machine; the table shows everyone's best round.

    Whatever else the machine does only ever adds.
    """
    costs: dict[str, list[Cost]] = {}
    with folder() as here:
        plan = people_with_quizzes(sqlite_url(here), PEOPLE)
        for number in range(ROUNDS):
            pickled(here / "people.pickle")
            part = plan[number * len(plan) // ROUNDS : (number + 1) * len(plan) // ROUNDS]
            for name, command in contenders(here).items():
                cost = measure(name, here, part, command, to_the_end=name == PICKLE)
                costs.setdefault(name, []).append(cost)
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
