"""Alembic's entry: runs on the connection that `bot.storage.migrate` hands over."""

from __future__ import annotations

from typing import Any, Literal

from alembic import context

from bot.storage.tables import Instant, metadata


def _spelled(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    """Our instants are plain datetimes in a migration, which must outlive this code."""
    return "sa.DateTime()" if kind == "type" and isinstance(item, Instant) else False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    render_item=_spelled,
)
with context.begin_transaction():
    context.run_migrations()
