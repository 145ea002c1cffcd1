"""Long texts in pieces that Telegram takes."""

from __future__ import annotations

import html

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels.telegram.markup import (
    cut_toast,
    is_blank,
    plain_text,
    split_markup,
    utf16_units,
)
from tests.fakes.entities import is_empty, parse_html, units

LIMIT = 40
words = st.text(
    st.sampled_from("abé مرح🎯👩‍&<>\"' \n\n\u2068\u2069\u200f;#"), min_size=1, max_size=60
).map(lambda text: html.escape(text, quote=False))
markup = st.recursive(
    words,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=4).map("".join),
        st.builds("<b>{}</b>".format, inner),
        st.builds("<i>{}</i>".format, inner),
        st.builds('<a href="https://example.org/?a=1">{}</a>'.format, inner),
    ),
    max_leaves=12,
)


@given(markup)
@settings(max_examples=300, deadline=None)
def test_pieces_say_the_whole_text_and_telegram_takes_each(text: str) -> None:
    pieces = split_markup(text, LIMIT)
    read = [parse_html(piece) for piece in pieces]  # raises on a tag or an entity cut
    for plain, entities in read:
        assert 0 < units(plain) <= LIMIT
        assert len(entities) <= 100
        assert not is_empty(plain)
    whole = parse_html(text)[0]
    joined = "".join(plain for plain, _ in read)
    assert _without_blanks(joined) == _without_blanks(whole)


@given(markup)
@settings(max_examples=200, deadline=None)
def test_formats_go_on_after_a_cut(text: str) -> None:
    pieces = "".join(_formatted(piece) for piece in split_markup(text, LIMIT))
    assert pieces == _formatted(text)


def test_a_short_text_is_one_piece_as_it_is() -> None:
    assert split_markup("<b>Bonjour</b> &amp; bienvenue") == ["<b>Bonjour</b> &amp; bienvenue"]


@pytest.mark.parametrize("text", ["", " \n ", "<b> </b>", "\u200b\u200f", "&#32;"])
def test_a_blank_text_gives_no_piece(text: str) -> None:
    assert split_markup(text) == []


def test_the_cut_comes_after_a_paragraph_where_there_is_one() -> None:
    text = "a" * 20 + "\n" + "b" * 5 + "\n\n" + "c" * 10 + "\n" + "d d d " * 6
    assert split_markup(text, LIMIT)[0].strip() == "a" * 20 + "\nbbbbb"


def test_then_after_a_line_then_after_a_word_then_anywhere() -> None:
    assert split_markup("a" * 30 + "\n" + "b b " * 5, LIMIT)[0] == "a" * 30 + "\n"
    assert split_markup("a" * 30 + " " + "b" * 30, LIMIT)[0] == "a" * 30 + " "
    assert split_markup("a" * 50, LIMIT) == ["a" * 40, "a" * 10]


def test_4096_units_are_one_message_and_one_more_makes_two() -> None:
    assert len(split_markup("🎯" * 2048)) == 1
    assert len(split_markup("🎯" * 2048 + "a")) == 2
    assert len(split_markup("&lt;" * 4096)) == 1


def test_open_tags_are_closed_and_opened_anew() -> None:
    first, second = split_markup("<b>" + "a" * 30 + "\n<i>" + "b" * 30 + "</i></b>", LIMIT)
    assert first == "<b>" + "a" * 30 + "\n</b>"
    assert parse_html(second)[0] == "b" * 30
    assert {entity.type for entity in parse_html(second)[1]} == {"b", "i"}


def test_a_piece_holds_at_most_100_entities() -> None:
    pieces = split_markup("<b>a</b> " * 250)
    assert [len(parse_html(piece)[1]) for piece in pieces] == [100, 100, 50]


def test_units_count_what_is_outside_the_basic_plane_twice() -> None:
    assert utf16_units("aé🎯") == units("aé🎯") == 4


def test_plain_text_is_what_is_read() -> None:
    assert plain_text("<b>1 &lt; 2</b> &amp;amp; &#39;") == "1 < 2 &amp; '"
    assert not is_blank("<b>x</b>")


def test_a_toast_is_cut_between_characters() -> None:
    assert cut_toast("🎯" * 150) == "🎯" * 100
    assert cut_toast("a" + "🎯" * 150) == "a" + "🎯" * 99


def _without_blanks(text: str) -> str:
    return "".join(sign for sign in text if not is_empty(sign))


def _formatted(text: str) -> str:
    """Each sign that shows, with the tags it stands under."""
    plain, entities = parse_html(text)
    signs, position = [], 0
    for sign in plain:
        if not is_empty(sign):
            over = sorted(
                entity.type
                for entity in entities
                if entity.offset <= position < entity.offset + entity.length
            )
            signs.append(sign + "".join(over))
        position += units(sign)
    return "".join(signs)
