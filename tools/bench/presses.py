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
    time.sleep(4)  # start-up is no part of a press; the server waits a second more
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
    if done < len(plan):
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


def contenders() -> Iterator[Cost]:
    """Everyone, one after another on the same machine."""
    python = sys.executable
    with folder() as here:
        plan = people_with_quizzes(sqlite_url(here), PEOPLE)
        yield measure("concours-coach, SQLite", here, plan, [python, "-m", "bot"])
    with folder() as here:
        yield measure(
            "PTB stock, stores nothing", here, plan, [python, "-m", "tools.bench.stock", "URL"]
        )
    with folder() as here:
        command = [python, "-m", "tools.bench.stock", "URL", pickled(here / "people.pickle")]
        yield measure(
            f"PTB with PicklePersistence, {PICKLED}", here, plan, command, to_the_end=True
        )
    if importlib.util.find_spec("aiogram") is None:
        print("aiogram: not installed (pip install '.[bench]')")
        return
    with folder() as here:
        command = [python, "-m", "tools.bench.aiogram_bot", "URL"]
        yield measure("aiogram, stores nothing", here, plan, command)


def main() -> None:
    """Print the table."""
    costs = list(contenders())
    stock = next(each.cpu for each in costs if "stock" in each.name)
    print(f"{'an answered press':36} CPU ms   ratio  p50 ms  p99 ms  presses  calls")
    for each in costs:
        print(
            f"{each.name:36} {each.cpu:6.2f}  {each.cpu / stock:6.2f}  {each.p50:6.1f}  "
            f"{each.p99:6.1f}  {each.presses:7}  {each.calls:5}"
        )


if __name__ == "__main__":
    main()
