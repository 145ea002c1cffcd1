"""`python -m bot.simulate`: one line in, at most one line out, whatever comes in."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

HELLO = {
    "themes": [{"id": 0, "weight": 0.5}, {"id": 1, "weight": 0.3}, {"id": 2, "weight": 0.2}],
    "items": [
        {"id": 100 + n, "theme": n % 3, "concept": n // 3, "difficulty": 1 + n % 3}
        for n in range(60)
    ],
    "days": 56,
    "per_day": 5,
    "exam_day": 57,
    "seed": 0,
}


def say(*lines: Any) -> list[Any]:
    """What the real process answers to these lines (a str goes as it is)."""
    text = "".join(f"{line if isinstance(line, str) else json.dumps(line)}\n" for line in lines)
    done = subprocess.run(
        [sys.executable, "-m", "bot.simulate"],
        input=text.encode("utf-8", "surrogateescape"),
        capture_output=True,
        check=True,
        timeout=60,
    )
    return [json.loads(line) for line in done.stdout.decode().splitlines()]


def answer(day: int, item: int, *, correct: bool) -> dict[str, Any]:
    return {"answer": {"day": day, "item": item, "correct": correct, "seconds": 14.2}}


def test_a_day_is_asked_answered_and_never_repeated_that_day() -> None:
    (ok, first) = say({"hello": HELLO}, {"day": 1, "ask": 5}, {"bye": True}, {"day": 2, "ask": 5})
    assert ok == {"ok": True}
    lines = [answer(1, item, correct=True) for item in first["ids"]]
    again = say({"hello": HELLO}, {"day": 1, "ask": 5}, *lines, {"day": 1, "ask": 5})
    assert again[1] == first
    assert len(first["ids"]) == 5
    assert not set(first["ids"]) & set(again[2]["ids"])


def test_a_forecast_is_null_before_15_answers_and_a_share_after() -> None:
    given = [answer(1, 100 + n, correct=n % 2 == 0) for n in range(15)]
    before, after = say(
        {"hello": HELLO}, *given[:14], {"forecast": 56}, given[14], {"forecast": 56}
    )[1:]
    assert before == {"score": None}
    assert 0.3 < after["score"] < 0.8


def test_a_new_hello_is_a_new_candidate() -> None:
    lines = [{"hello": HELLO}, {"day": 1, "ask": 5}]
    given = [answer(1, 100 + n, correct=True) for n in range(15)]
    out = say(*lines, *given, *lines, {"forecast": 56})
    assert out[1] == out[3]
    assert out[4] == {"score": None}


def test_lines_without_meaning_get_an_error_and_the_run_goes_on() -> None:
    bad = ["{", "[]", "null", '{"day": 1}', '{"hello": {}}', "\udcff", '{"day": -1, "ask": 5}']
    before, *errors, ok, unknown, asked = say(
        {"day": 1, "ask": 5},
        *bad,
        "",
        {"hello": HELLO},
        answer(1, 7, correct=True),
        {"day": 1, "ask": 5},
    )
    assert "hello" in before["error"]
    assert len(errors) == len(bad)
    assert all(error.keys() == {"error"} for error in errors)
    assert ok == {"ok": True}
    assert "7" in unknown["error"]
    assert len(asked["ids"]) == 5


def test_a_bank_smaller_than_the_day_gives_what_it_has() -> None:
    tiny = HELLO | {"items": HELLO["items"][:3]}  # type: ignore[index]
    empty = HELLO | {"items": []}
    out = say({"hello": tiny}, {"day": 1, "ask": 5}, {"hello": empty}, {"day": 1, "ask": 5})
    assert sorted(out[1]["ids"]) == [100, 101, 102]
    assert out[3] == {"ids": []}


def test_no_slot_is_lost_when_the_budget_exceeds_the_bank() -> None:
    lines = [{"hello": HELLO}, *({"day": day, "ask": 10} for day in range(1, 30))]
    for out in say(*lines)[1:]:
        assert len(set(out["ids"])) == 10
