"""What an answered press costs one contender: it runs against a server of its own."""

from __future__ import annotations

import json
import os
import signal
import statistics
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tools.bench.prepare import Press
from tools.bench.words import TOKEN

ROOT = Path(__file__).parents[2]
RATE = 100.0
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Cost:
    """What a contender took: CPU ms a press, and waits from press to first call."""

    cpu: float
    p50: float
    p99: float
    presses: int
    calls: int


def measure(
    name: str, folder: Path, plan: list[Press], command: list[str], *, to_the_end: bool = False
) -> Cost:
    """Run a contender against a server of its own until every press is answered.

    `to_the_end`: what it writes when told to stop counts too.
    """
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    server = _start_server(folder / "plan.json", plan, environment)
    assert server.stdout is not None
    url = f"http://127.0.0.1:{server.stdout.readline().strip()}"
    bot = _start_bot(folder, command, url, environment)
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
    return _cost(name, len(plan), found, used)


def cpu_seconds(pid: int) -> float:
    """User and system time of a process so far."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def _start_server(
    plan_file: Path, plan: list[Press], environment: dict[str, str]
) -> subprocess.Popen[str]:
    plan_file.write_text(json.dumps(plan))
    return subprocess.Popen(
        [sys.executable, "-m", "tools.bench.server", str(plan_file), str(RATE)],
        stdout=subprocess.PIPE,
        text=True,
        env=environment,
    )


def _start_bot(
    folder: Path, command: list[str], url: str, environment: dict[str, str]
) -> subprocess.Popen[bytes]:
    settings = {
        "TELEGRAM_API_URL": url,
        "TELEGRAM_BOT_TOKEN": TOKEN,
        "TELEGRAM_PER_SECOND": "1000",
        "COACH_WEB_PORT": "0",
        "COACH_TEST_CLOCK": "2026-11-24T10:05:00Z",
    }
    return subprocess.Popen(
        [part.replace("URL", url) for part in command],
        cwd=folder,
        env=environment | settings,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
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


def _cost(name: str, presses: int, found: dict[str, Any], used: float) -> Cost:
    """The figures, from what the server found and the CPU seconds `used`."""
    waits = sorted(found["ms"])
    done = len(waits)
    if done < presses or found["edits"] < presses * 0.9:
        print(f"{name}: only {done} of {presses} presses were answered")
    return Cost(
        cpu=used * 1000 / max(done, 1),
        p50=statistics.median(waits),
        p99=waits[int(len(waits) * 0.99)],
        presses=done,
        calls=found["edits"] + found["answers"],
    )
