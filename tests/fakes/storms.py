"""Bad weather for the fake Bot API: by chance, and the same each time it is told to blow.

    api.storm = Storm(seed=1)

A call's fate depends on its seed, on what it says and on how often it was tried, not on when it
comes: so a test sees the same faults however its calls interleave.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from random import Random

from tests.fakes.arguments import ApiError, Arguments
from tests.fakes.faults import Fault

LONGEST_WAIT = 4  # seconds a 429 asks for at most


@dataclass(kw_only=True)
class Storm:
    """A fifth of the calls fail with 500, a tenth break, half of these after their effect, and
    some are told to wait. While `hangs`, no call is answered at all.

    `lost` counts what was carried out without an answer, and `told_to_wait` the 429s.
    """

    seed: int
    hangs: bool = False
    lost: Counter[tuple[str, str]] = field(default_factory=Counter)
    told_to_wait: int = 0
    _tries: Counter[tuple[str, ...]] = field(default_factory=Counter)

    def fault(self, method: str, given: Arguments) -> Fault:
        """What this call meets."""
        if self.hangs:
            return Fault(method=method, times=1, delay=3600.0, hang_up=True)
        chat, text = str(given.values.get("chat_id", "")), str(given.values.get("text", ""))
        what = (method, chat, text)
        self._tries[what] += 1
        rng = Random(f"{self.seed}:{what}:{self._tries[what]}")
        fate = rng.random()
        if fate < 0.2:
            return Fault(method=method, times=1, error=ApiError(500, "Internal Server Error"))
        if fate < 0.25:
            return Fault(method=method, times=1, hang_up=True)
        if fate < 0.3:
            self.lost[chat, text] += 1
            return Fault(method=method, times=1, hang_up=True, lost=True)
        if fate < 0.35 and chat:
            self.told_to_wait += 1
            return Fault(method=method, times=1, error=_wait(rng.randint(1, LONGEST_WAIT)))
        return Fault(method=method, times=0)


def _wait(seconds: int) -> ApiError:
    what = f"Too Many Requests: retry after {seconds}"
    return ApiError(429, what, retry_after=seconds)
