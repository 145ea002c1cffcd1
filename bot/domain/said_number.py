"""Whether an answer gives a number, however it is written: digits, words, thousands, units."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from bot.domain.wording import NUMBER_WORDS, folded, words
from content.schema import Number

SCALES = {
    **dict.fromkeys(("k", "mille", "milliers", "thousand", "الف", "الاف"), 1000),
    **dict.fromkeys(("million", "millions", "مليون", "ملايين"), 1_000_000),
    **dict.fromkeys(("milliard", "milliards", "billion", "مليار", "ملايير"), 1_000_000_000),
}
# What a number of time counts; 3 years are not 3 months.
TIMES = {
    word: time
    for time, listed in {
        "year": "an ans annee annees year years سنه سنوات سنتان سنتين عام اعوام عاما",
        "month": "mois month months شهر اشهر شهرا شهران شهرين شهور",
        "day": "jour jours day days يوم يوما ايام يومان يومين",
    }.items()
    for word in listed.split()
}
_NUMBER = re.compile(
    r"(?P<figure>\d+(?:[\u00a0\u202f ]\d{3}(?!\d)|[.,]\d+)*)"
    r"(?:\s*(?P<scale>k\b|mille|milliers|thousand|millions?|milliards?|billion"
    r"|ألف|آلاف|مليون|ملايين|مليار|ملايير))?"
    r"(?:\s+(?P<unit>[^\W\d_]+))?"
    r"|[^\W\d_]+",
    re.IGNORECASE,
)
_COMMA = re.compile(r"(?<=\d)،(?=\d)")
_PERCENT = re.compile(r"\bpour cents?\b|\bper ?cent\b|(?:في|ب)\s?ال?م(?:ا)?[ئي]ة", re.IGNORECASE)
# Two numbers to choose from are no answer.
_OR = re.compile(
    r"\d\s*%?\s+(?:ou|or|أو|et|and|و)\s*(?:peut-être |maybe |ربما )?\d"
    r"|\b(?:entre|between|بين)\s+\d"
    r"|(?:^\W*|n[’']est )(?:pas|not|ليس|ماشي)\s+\d",
    re.IGNORECASE,
)
_WESTERN = str.maketrans("٠١٢٣٤٥٦٧٨٩٫٬", "0123456789.,")


def gives(text: str, wanted: Number) -> bool:
    """Whether the answer's first or last number is right: the others are its working."""
    unit = _unit_words(wanted)
    time = next((TIMES[word] for word in TIMES if word in unit), "")
    said = list(_numbers(text, time or "any"))
    if _OR.search(text) or not said:
        return False
    scale = next((by for word, by in SCALES.items() if word in unit), 1)
    return any(
        abs(each - value) <= wanted.tolerance
        for each in said[0] | said[-1]
        for value in {wanted.value, wanted.value * scale}
    )


def _unit_words(number: Number) -> set[str]:
    """The folded words of the unit: of `thousands of dirhams`, 75 may be written as 75 000."""
    return set(words(f"{number.unit.fr} {number.unit.en}")) if number.unit else set()


def _numbers(text: str, time: str) -> Iterator[set[Decimal]]:
    """Each number of the text, with every way to read it; none that counts another `time`."""
    plain = _COMMA.sub(",", _PERCENT.sub("%", text.translate(_WESTERN)))
    for match in _NUMBER.finditer(plain):
        if match["figure"]:
            counted = TIMES.get(folded(match["unit"] or ""), time)
            if time == "any" or counted == time:
                yield _readings(match["figure"], match["scale"])
            else:
                yield set()
        elif (word := folded(match[0])) in NUMBER_WORDS:
            yield {Decimal(NUMBER_WORDS[word])}


def _readings(figure: str, scale: str | None) -> set[Decimal]:
    """`12 000` and `12.5` can be read one way, `12,000` two ways; a scale counts."""
    whole = re.sub(r"[ \u00a0\u202f]", "", figure)
    found = set()
    grouped = re.fullmatch(r"(\d{1,3}(?:([.,])\d{3})+)(?!\2)[.,](\d+)", whole)
    if grouped:
        found.add(Decimal(f"{re.sub('[.,]', '', grouped[1])}.{grouped[3]}"))
    if re.fullmatch(r"\d{1,3}(?:[.,]\d{3})+", whole):
        found.add(Decimal(re.sub(r"[.,]", "", whole)))
    if len(re.findall(r"[.,]", whole)) <= 1:
        found.add(Decimal(whole.replace(",", ".")))
    return {value * SCALES[folded(scale)] for value in found} if scale else found
