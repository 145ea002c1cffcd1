"""A token's ref may be forged: before a row is looked up by it, it must at least be a number."""

from __future__ import annotations

import re

# Fewer digits than any database's widest whole number.
_ROW = re.compile(r"[0-9]{1,15}")


def is_row(ref: str) -> bool:
    """Whether the ref can be a row's id; whose row it is, the look-up asks."""
    return _ROW.fullmatch(ref) is not None
