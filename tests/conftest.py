"""Fixtures every test may use; time zones come from the pinned data in tests too."""

from __future__ import annotations

import os

import pytest

import bot.clock  # noqa: F401 - empties the zone path before any test makes a zone
from tests.talk import Talk

REQUIRE_ALL = bool(os.environ.get("COACH_TEST_REQUIRE_ALL"))


@pytest.fixture
def talk() -> Talk:
    """A fresh coach in memory, and a person about to write to it on Telegram."""
    return Talk()


def missing(what: str) -> None:
    """Skip a test for want of `what`; in CI, where nothing may be skipped, fail instead."""
    if REQUIRE_ALL:
        pytest.fail(f"{what} is missing, and every test is required here")
    pytest.skip(f"needs {what}")
