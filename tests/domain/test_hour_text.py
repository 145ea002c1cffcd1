"""Hours as people type them."""

from __future__ import annotations

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.hour_text import read_hour


@pytest.mark.parametrize(
    ("text", "hour"),
    [
        ("8", time(8)),
        ("8h", time(8)),
        ("8h30", time(8, 30)),
        ("08:30", time(8, 30)),
        ("20.15", time(20, 15)),
        ("0830", time(8, 30)),
        ("8pm", time(20)),
        ("8:30 P.M.", time(20, 30)),
        ("12am", time(0)),
        ("12 pm", time(12)),
        ("à 20 heures 30", time(20, 30)),
        ("3h de l’après-midi", time(15)),
        ("٨", time(8)),
        ("٢٠:١٥", time(20, 15)),
        ("8 صباحا", time(8)),
        ("8 صباحًا", time(8)),
        ("8 مساء", time(20)),
        ("الساعة ٨:٣٠ مساءً", time(20, 30)),
        ("\u200f08:30\u200f", time(8, 30)),
        ("00:00", time(0)),
    ],
)
def test_an_hour_is_read_in_any_of_the_ways_people_write_it(text: str, hour: time) -> None:
    assert read_hour(text) == hour


@pytest.mark.parametrize(
    "text", ["", "demain", "24:00", "8h75", "25", "-8", "20 am", "0pm", "8 8", "8:300", "12345"]
)
def test_what_is_no_hour_is_none(text: str) -> None:
    assert read_hour(text) is None


@given(st.times())
def test_every_minute_of_the_day_is_read_back(hour: time) -> None:
    assert read_hour(f"{hour:%H:%M}") == hour.replace(second=0, microsecond=0)


@given(st.text(max_size=40))
def test_no_text_breaks_it(text: str) -> None:
    read_hour(text)
