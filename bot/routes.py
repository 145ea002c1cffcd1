"""The routing table: every feature's ROUTES merged, duplicates refused at start."""

from __future__ import annotations

import importlib
import pkgutil
from typing import Any

from bot import handlers
from bot.handlers.context import Routes

_TABLES = ("commands", "buttons", "texts", "voices", "prompts", "timers", "edits", "events")


def load_routes() -> Routes:
    """Merge the ROUTES of every module in `bot.handlers` (ValueError on a name taken twice)."""
    merged: dict[str, dict[Any, Any]] = {table: {} for table in _TABLES}
    open_to_all: frozenset[str] = frozenset()
    for module in pkgutil.iter_modules(handlers.__path__):
        routes = getattr(importlib.import_module(f"bot.handlers.{module.name}"), "ROUTES", None)
        if routes is None:
            continue
        for table in _TABLES:
            for name, handler in getattr(routes, table).items():
                if name in merged[table]:
                    raise ValueError(f"{table} {name!r} is routed twice")
                merged[table][name] = handler
        open_to_all |= routes.open_to_all
    return Routes(**merged, open_to_all=open_to_all)
