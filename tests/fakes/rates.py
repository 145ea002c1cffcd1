"""Telegram's rate limits (PLATFORMS.md 4.1, row "Rate"), as windows a test can reason about."""

from __future__ import annotations

import math
from collections import defaultdict, deque
from dataclasses import dataclass, field


@dataclass(kw_only=True)
class Rates:
    """How much is let through: overall, per private chat (with a burst), per group.

    `edits` says whether rewriting a message counts as sending one.
    """

    per_second: int = 30
    per_chat_second: float = 1.0
    burst: int = 3
    per_group_minute: int = 20
    edits: bool = True
    _all: deque[float] = field(default_factory=deque)
    _groups: dict[int, deque[float]] = field(default_factory=lambda: defaultdict(deque))
    _tokens: dict[int, tuple[float, float]] = field(default_factory=dict)

    def wait(self, chat: int, now: float) -> int:
        """Seconds to wait (0: let through, and counted)."""
        waits = [_over(self._all, now, 1.0, self.per_second)]
        if chat < 0:
            waits.append(_over(self._groups[chat], now, 60.0, self.per_group_minute))
        else:
            waits.append(self._short_of_token(chat, now))
        longest = max(waits)
        if longest > 0:
            return max(1, math.ceil(longest))
        self._all.append(now)
        if chat < 0:
            self._groups[chat].append(now)
        else:
            tokens, _ = self._tokens[chat]
            self._tokens[chat] = (tokens - 1, now)
        return 0

    def _short_of_token(self, chat: int, now: float) -> float:
        tokens, since = self._tokens.get(chat, (float(self.burst), now))
        tokens = min(self.burst, tokens + (now - since) * self.per_chat_second)
        self._tokens[chat] = (tokens, now)
        return max(0.0, (1 - tokens) / self.per_chat_second)


def _over(window: deque[float], now: float, seconds: float, most: int) -> float:
    """Seconds until the window has room."""
    while window and window[0] <= now - seconds:
        window.popleft()
    return window[0] + seconds - now if len(window) >= most else 0.0
