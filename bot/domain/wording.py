"""How candidates type: spellings folded into one, and words that mean the same."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

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
# A word as written, with accents and vowel signs that stand apart.
_SPELLED = re.compile("[^\\W_](?:[^\\W_]|[\u0300-\u036f\u064b-\u065f\u0670])*")
_DOERS = ("eur", "eurs", "euse", "euses")
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


@dataclass(frozen=True, slots=True)
class StemmedWord:
    """A content word at `start`..`end` of a text; `stems`: what its forms may come from."""

    start: int
    end: int
    stems: frozenset[str]


def stemmed_words(text: str) -> list[StemmedWord]:
    """The words of the text that say something, in order."""
    return [
        StemmedWord(match.start(), match.end(), _stems(word))
        for match in _SPELLED.finditer(text)
        for word in words(match[0])
        if word not in _FUNCTION
    ]


def _stems(word: str) -> frozenset[str]:
    """The stems of the word, in Arabic also without what is written onto its front."""
    if word.endswith(_DOERS):
        # Who employs is not who is employed.
        return frozenset({word.removesuffix("s")})
    if not _ARABIC.search(word):
        return frozenset({_stem(word)})
    forms = {word, word[1:]} if len(word) > 3 and word[0] in _CLITICS else {word}
    forms |= {_ARTICLE.sub("", form) for form in forms}
    return frozenset(each for form in forms for each in (form, _stem(form)) if len(each) > 1)


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
_FUNCTION = frozenset(words(word_tables.FUNCTION))
NUMBER_WORDS = {
    word: int(number)
    for number, _, listed in (
        row.partition(": ") for row in word_tables.NUMBERS.strip().splitlines()
    )
    for word in words(listed)
}
_ASKING = _table(word_tables.QUESTIONS)
_CONCEPTS = _table(word_tables.SAME) | _table(word_tables.ELSEWHERE)
QUESTION_WORDS = frozenset(_ASKING.values())
ELSEWHERE = frozenset(_table(word_tables.ELSEWHERE).values())
