"""Lines become strings of one language, safe and readable in both directions."""

from __future__ import annotations

import html
import re
from datetime import date, time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.bidi import FSI, LRI, PDI, isolate_runs
from bot.messages import Ask, Choice, Quoted, content, line, quoted
from bot.render import Renderer
from bot.texts import Texts, language_from
from content.schema import Localized

TABLE = {
    "common.plain": "{text}",
    "t.day": "{day}",
    "t.hour": "{hour}",
    "t.mark": "{mark}",
    "t.bold": "<b>{name}</b> &amp; co",
}
RENDERER = Renderer(
    Texts(
        {
            "fr": {**TABLE, "t.days": {"one": "{count} jour", "other": "{count} jours"}},
            "ar": {
                **TABLE,
                "t.days": {"two": "يومان", "few": "{count} أيام", "other": "{count} يوم"},
            },
            "en": {**TABLE, "t.days": {"one": "{count} day", "other": "{count} days"}},
        }
    )
)


def test_a_person_s_words_are_escaped_and_isolated() -> None:
    shown = RENDERER.text(quoted("<b>&\u202egras"), "fr")
    assert shown == f"{FSI}&lt;b&gt;&amp;gras{PDI}"


@given(st.text(max_size=300))
def test_any_words_come_out_whole_and_without_markup(words: str) -> None:
    for language in ("fr", "ar", "en"):
        shown = RENDERER.text(quoted(words), language)
        assert "<" not in shown
        kept = re.sub("[\u202a-\u202e\u2066-\u2069]", "", words)
        assert re.sub("[\u2066-\u2069]", "", html.unescape(shown)) == kept


def test_in_arabic_latin_and_numeric_runs_are_isolated() -> None:
    text = Localized(fr="x", ar="القانون 65-00 وCNOPS قبل 16:30", en="x")
    shown = RENDERER.text(content(text), "ar")
    for run in ("65-00", "CNOPS", "16:30"):
        assert f"{LRI}{run}{PDI}" in shown


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("مبلغ 40\u00a0000 درهم", "مبلغ [40\u00a0000] درهم"),
        ("مبلغ 1\u202f400 درهم", "مبلغ [1\u202f400] درهم"),
        ("نسبة (70%) من", "نسبة [(70%)] من"),
        ("(القانون 65.00)", "(القانون [65.00])"),
        ("(CNOPS والتعاضد)", "([CNOPS] والتعاضد)"),
        ("(5 + 11) / 2 = 8", "[(5 + 11) / 2 = 8]"),
        ("نسبة 9%: 12 ملفا", "نسبة [9%]: [12] ملفا"),
        ("HAVING COUNT(*) &gt; 1 ثم", "[HAVING COUNT(*) &gt; 1] ثم"),
        ("انخفاض −15% في", "انخفاض [−15%] في"),
        ("الصيغة =$A2*B$1 تعطي", "الصيغة [=$A2*B$1] تعطي"),
        ('=SUMIFS(C:C;A:A;"Rabat") هي', '[=SUMIFS(C:C;A:A;"Rabat")] هي'),
        ("الخطأ #DIV/0! يعني", "الخطأ [#DIV/0!] يعني"),
        ("السؤال 2/5 · 3", "السؤال [2/5] · 3"),
        ("<b>أ</b> 5 ب", "<b>أ</b> 5 ب"),
    ],
)
def test_runs_are_isolated_whole(text: str, expected: str) -> None:
    assert isolate_runs(text).replace(LRI, "[").replace(PDI, "]") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("تعوض CNSS 70% من 200", "تعوض [CNSS] [70%] من [200]"),
        ("CNOPS (90%)", "[CNOPS] ([90%])"),
        ("هي 4,11% (2,26% للتأمين", "هي [4,11%] ([2,26%] للتأمين"),
        ("(20 000 x 8%) / 50 000", "[(20 000 x 8%) / 50 000]"),
        ("من 2 (/cases)", "من [2] ([/cases])"),
    ],
)
def test_acronyms_figures_and_brackets_are_read_in_the_order_of_the_arabic(
    text: str, expected: str
) -> None:
    assert isolate_runs(text).replace(LRI, "[").replace(PDI, "]") == expected


def test_isolation_leaves_markup_and_entities_alone() -> None:
    shown = RENDERER.text(line("t.bold", name="CNOPS"), "ar")
    assert shown == f"<b>{LRI}CNOPS{PDI}</b> &amp; {LRI}co{PDI}"


@pytest.mark.parametrize(
    ("language", "count", "expected"),
    [
        ("fr", 0, "0 jour"),
        ("fr", 1, "1 jour"),
        ("fr", 2, "2 jours"),
        ("en", 0, "0 days"),
        ("en", 1, "1 day"),
        ("ar", 2, "يومان"),
        ("ar", 5, "5 أيام"),
    ],
)
def test_plurals_follow_the_language(language: str, count: int, expected: str) -> None:
    assert RENDERER.text(line("t.days", count=count), language) == expected  # type: ignore[arg-type]


def test_days_hours_and_numbers_follow_the_language() -> None:
    day = line("t.day", day=date(2026, 11, 24))
    assert RENDERER.text(day, "fr") == "mardi 24 novembre 2026"
    assert RENDERER.text(day, "en") == "Tuesday 24 November 2026"
    assert "نونبر" in RENDERER.text(day, "ar")
    assert RENDERER.text(line("t.hour", hour=time(8, 0)), "fr") == "08:00"
    assert RENDERER.text(line("t.mark", mark=Decimal("12.5")), "fr") == "12,5"


def test_a_button_s_label_is_plain_text() -> None:
    ask = Ask(body=(), choices=((Choice(token="x", label=line("t.bold", name="A<B")),),))
    assert RENDERER.payload(ask, "en")["buttons"] == [[{"token": "x", "label": "A<B & co"}]]


def test_a_quoted_text_in_a_label_is_isolated_not_escaped() -> None:
    assert RENDERER.label(line("t.mark", mark=Quoted("<i>")), "fr") == f"{FSI}<i>{PDI}"


@pytest.mark.parametrize(
    ("hint", "language"),
    [("fr", "fr"), ("ar-MA", "ar"), ("en_US", "en"), ("es", "fr"), ("", "fr"), ("AR", "ar")],
)
def test_a_client_s_tag_gives_a_language_and_french_otherwise(hint: str, language: str) -> None:
    assert language_from(hint) == language
