"""Link codes: how one is written, and how it is read back however it was typed."""

from __future__ import annotations

import unicodedata
from datetime import timedelta

# Without the letters and digits that are taken for each other: 0 O, 1 I L, U V.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 8
LIFE = timedelta(minutes=10)
TRIES = 5
TRIES_WITHIN = timedelta(hours=1)


def grouped(code: str) -> str:
    """The code as it is shown: `ABCD-EFGH`."""
    return f"{code[:4]}-{code[4:]}"


def read_code(text: str) -> str | None:
    """The code in `text`, or None: any case, any digits, with or without hyphen and spaces."""
    code = "".join(_sign(sign) for sign in unicodedata.normalize("NFKC", text).upper())
    return code if len(code) == LENGTH and set(code) <= set(ALPHABET) else None


def _sign(sign: str) -> str:
    """A letter or digit as the alphabet has it; nothing for what only separates."""
    if sign.isdecimal():
        return str(int(sign))
    if sign.isspace() or unicodedata.category(sign) in {"Pd", "Pc", "Cf"} or sign in "/.":
        return ""
    return sign
