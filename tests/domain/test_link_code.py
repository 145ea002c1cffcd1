"""Link codes, however they are typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.link_code import ALPHABET, LENGTH, grouped, read_code


@given(st.text(ALPHABET, min_size=LENGTH, max_size=LENGTH))
def test_a_code_is_read_back_as_shown_and_as_people_change_it(code: str) -> None:
    for typed in (grouped(code), code, code.lower(), f" {code[:4]} {code[4:]}\n", f"{code}."):
        assert read_code(typed) == code


def test_digits_of_other_scripts_and_long_dashes_are_read() -> None:
    assert read_code("٢٣٤٥–ABCD") == "2345ABCD"


@pytest.mark.parametrize("text", ["", "ABCD", "ABCD-EFG0", "ABCD-EFGHJ", "qu'est-ce ?", "é" * 8])
def test_what_is_no_code_is_none(text: str) -> None:
    assert read_code(text) is None


@given(st.text(max_size=40))
def test_no_text_breaks_it(text: str) -> None:
    read_code(text)


def test_no_two_signs_of_a_code_look_alike() -> None:
    for pair in ("0O", "1I", "1L", "IL", "UV"):
        assert not set(pair) <= set(ALPHABET)
