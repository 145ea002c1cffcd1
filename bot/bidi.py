"""Direction in mixed text: words of a person, and Latin or numeric runs in Arabic, stand alone.

Without it a phone shows `40 000` as `000 40` and `65-00` backwards inside Arabic (FEATURES T54).
"""

from __future__ import annotations

import re

FSI, LRI, PDI = "\u2068", "\u2066", "\u2069"
_CONTROLS = re.compile("[\u202a-\u202e\u2066-\u2069]")
_WORD = r"A-Za-z0-9\u00c0-\u017f"
# What may stand inside a run: signs that bind, spaces of any width, entities; a colon only where
# no space follows, since "9%: 12" is two things.
_INSIDE = rf"(?:[{_WORD}%+*_=/@$#!\"'’\-−×÷.,;()\u00a0\u202f ]|&(?:gt|lt|amp);|:(?! ))"
_RUN = re.compile(
    # Our markup, and what is isolated already, is left alone.
    rf"<[^>]*>|\u2068[^\u2069]*\u2069|&(?!gt|lt|amp)[a-z#0-9]+;|&amp;(?= )|"
    rf"(?P<run>(?:[+\-−](?=[0-9])|/(?=[a-z])|[=$#]+(?=[A-Z$(]))?"
    rf"[{_WORD}(](?:{_INSIDE}*[{_WORD}%+)*!])?)"
)

# Acronyms, letters and figures side by side are read one after the other, in the direction of the
# Arabic around them; a formula, a title or a phrase is one thing.
_SIDE_BY_SIDE = re.compile(
    r"(?:[A-Z]{1,8}[.:]?|[0-9][0-9.,%]*)(?: (?:[A-Z]{1,8}|[0-9][0-9.,%]*))+"
)
_BRACKETED = re.compile(
    r"(?:[A-Z]{2,8}|[0-9][0-9.,% \u00a0]*) \((?:[A-Z]{2,8}|/[a-z]+|[0-9][0-9.,% \u00a0]*)\)"
)
_BRACKET = re.compile(r" ?\((?=[A-Za-z0-9/])")
_BETWEEN = re.compile(r"(?<=[A-Z.:]) (?=[0-9])|(?<=[0-9%]) (?=[A-Z])")


def isolate_words(words: str) -> str:
    """A person's words, whatever their direction, without controls of their own."""
    return f"{FSI}{_CONTROLS.sub('', words)}{PDI}"


def isolate_runs(text: str) -> str:
    """Arabic small HTML with each Latin or numeric run of two characters or more isolated."""
    return _RUN.sub(_isolated, text)


def _isolated(match: re.Match[str]) -> str:
    run = match["run"]
    if not run:
        return match[0]
    before, core, after = _balanced(run)
    if _SIDE_BY_SIDE.fullmatch(core):
        core = _BETWEEN.sub(f"{PDI} {LRI}", core)
    elif core.count("(") > core.count(")") or _BRACKETED.fullmatch(core):
        # The bracket belongs to the Arabic around: it opens or closes what is read after.
        core = _BRACKET.sub(f"{PDI} ({LRI}", core)
        core = f"{core[:-1]}{PDI})" if core.endswith(")") else core + PDI
        return f"{before}{LRI}{core}{after}"
    return f"{before}{LRI}{core}{PDI}{after}" if len(core) > 1 else run


def _balanced(run: str) -> tuple[str, str, str]:
    """The run without the parentheses that open or close outside it: before, core, after."""
    start, end = 0, len(run)
    while (
        end > start
        and run[end - 1] == ")"
        and run.count(")", start, end) > run.count("(", start, end)
    ):
        end -= 1
    while (
        start < end
        and run[start] == "("
        and run.count("(", start, end) > run.count(")", start, end)
    ):
        start += 1
    return run[:start], run[start:end], run[end:]
