"""The signs that the oral assessment weighs: `rubric/{fr,ar,en}.yaml`, small lists by meaning.

A phrase may end in `*` (any ending); a later word of a phrase may be `*ed` (any beginning).
Accents, Arabic hamza forms and capitals do not matter: the reader normalises both sides.
"""

from __future__ import annotations

from functools import cache

from pydantic import TypeAdapter

from content.loader import ROOT, read_file
from content.schema import LANGUAGES

Lexicon = dict[str, tuple[str, ...]]
_ADAPTER: TypeAdapter[Lexicon] = TypeAdapter(Lexicon)


@cache
def load_lexicon() -> dict[str, Lexicon]:
    """Language to list name to phrases (read once; PackError when a file cannot be read)."""
    return {
        language: _ADAPTER.validate_python(read_file(ROOT / "rubric" / f"{language}.yaml"))
        for language in LANGUAGES
    }
