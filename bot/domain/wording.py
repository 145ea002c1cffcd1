"""How candidates type: spellings folded into one, and words that mean the same."""

from __future__ import annotations

import re
import unicodedata

from bot.domain import word_tables

_FOLDS = str.maketrans(
    {
        **dict.fromkeys("أإآٱ", "ا"),
        **dict.fromkeys("ءـ", ""),
        **dict.fromkeys("گڭ", "ك"),
        **dict(zip("ؤئىةپڤڨ", "وييهبفق", strict=True)),
        "œ": "oe",
    }
)
_WORD = re.compile(r"[^\W_]+")
_ARABIC = re.compile("[\u0621-\u064a]")
_IN_NUMBER = re.compile(r"(?<=\d)[.,/-](?=\d)")
_ARTICLE = re.compile("^(?:[وفبلك]?ال|لل)(?=..)")
_CLITICS = "وفبلك"
_ARABIC_ENDINGS = ("ات", "ين", "ون", "ها", "ه", "ي")
# fmt: off
_LATIN_ENDINGS = (
    "issements", "issement", "ations", "ation", "ements", "ement", "ments", "ment", "ings", "ing",
    "ions", "ion", "euses", "eurs", "eur", "ees", "ee", "ers", "er", "ies", "es", "ed", "s", "e",
    "y",
)
# fmt: on


def folded(text: str) -> str:
    """Lower case without accents, vowel signs, hamza seats or tatweel; `54.23` becomes `5423`."""
    apart = unicodedata.normalize("NFKD", text.casefold().translate(_FOLDS))
    plain = "".join(sign for sign in apart if not unicodedata.combining(sign))
    return _IN_NUMBER.sub("", plain)


def words(text: str) -> list[str]:
    """The folded words of the text."""
    return _WORD.findall(folded(text))


def meanings(text: str) -> list[str]:
    """What the text's words mean, in order: `@concept` for a known one, else the word's stem.

    Words that only bind others are left out; question words are concepts too.
    """
    return [
        meaning for word in words(text) if word not in _BINDING and (meaning := _meaning(word))
    ]


def _meaning(word: str) -> str:
    """The concept of the longest known beginning, or the stem; empty for a single letter."""
    forms = _forms(word)
    asking = next((_ASKING[form] for form in forms if form in _ASKING), "")
    if asking:
        return asking
    for form in forms:
        for length in range(len(form), 1, -1):
            concept = _CONCEPTS.get(form[:length])
            if concept and (length == len(form) or length >= _SURE[bool(_ARABIC.search(form))]):
                return concept
    return _stem(word) if len(word) > 1 else ""


# A beginning this long names its word: Latin letters, Arabic letters.
_SURE = (4, 3)


def _forms(word: str) -> tuple[str, ...]:
    """The word, and in Arabic also without its article and the particle written onto it."""
    if len(word) <= 4 or not _ARABIC.search(word):
        return (word,)
    bare = word[1:] if word[0] in _CLITICS else word
    return (word, _ARTICLE.sub("", word), bare)


def _stem(word: str) -> str:
    is_arabic = bool(_ARABIC.search(word))
    word = _ARTICLE.sub("", word) if is_arabic and len(word) > 4 else word
    for ending in _ARABIC_ENDINGS if is_arabic else _LATIN_ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word


def _table(rows: str) -> dict[str, str]:
    """Each folded word of the rows to its concept."""
    return {
        word: f"@{name}"
        for name, _, listed in (row.partition(": ") for row in rows.strip().splitlines())
        for word in words(listed)
    }


_BINDING = frozenset(words(word_tables.BINDING))
_ASKING = _table(word_tables.QUESTIONS)
_CONCEPTS = _table(word_tables.SAME) | _table(word_tables.ELSEWHERE)
QUESTION_WORDS = frozenset(_ASKING.values())
ELSEWHERE = frozenset(_table(word_tables.ELSEWHERE).values())
