"""A bad setting stops the start with one sentence that names the variable and the mend."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.clock import test_clock as read_clock
from bot.clock import wall_seconds
from bot.errors import SettingsError
from bot.settings import Settings, read_settings

ROOT = Path(__file__).parent.parent
SECRET = "s3cret-s3cret-s3cret"


@pytest.fixture(autouse=True)
def _empty_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for field in Settings.model_fields.values():
        monkeypatch.delenv(str(field.validation_alias.choices[0]), raising=False)  # type: ignore[union-attr]
    monkeypatch.chdir(tmp_path)


BAD = {
    "DATABASE_URL": "mysql://x",
    "TELEGRAM_BOT_TOKEN": "not a token",
    "TELEGRAM_API_URL": "nowhere",
    "TELEGRAM_WEBHOOK_URL": "ftp://x",
    "TELEGRAM_WEBHOOK_SECRET": "é è",
    "COACH_WEB": "perhaps",
    "COACH_WEB_PORT": "eighty",
    "COACH_SECRET": "short",
    "COACH_OPERATORS": "me",
    "COACH_ZONE": "Mars/Olympus",
    "COACH_LOG": "xml",
    "COACH_TEST_CLOCK": "yesterday",
}


@pytest.mark.parametrize(("name", "value"), BAD.items())
def test_a_bad_value_is_named_with_its_mend_and_not_repeated(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as caught:
        read_settings()
    sentence = str(caught.value)
    assert sentence.startswith(name)
    assert sentence.endswith(".")
    assert "\n" not in sentence
    if name.endswith(("TOKEN", "SECRET")):
        assert value not in sentence


def test_a_webhook_without_a_secret_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_WEBHOOK_URL", "https://coach.example/hook")
    with pytest.raises(SettingsError, match="TELEGRAM_WEBHOOK_SECRET"):
        read_settings()


def test_postgresql_needs_a_shared_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://u:p@db/coach")
    with pytest.raises(SettingsError, match="COACH_SECRET"):
        read_settings()
    monkeypatch.setenv("COACH_SECRET", SECRET)
    assert read_settings().database_url.startswith("postgresql+psycopg://")


@pytest.mark.parametrize(
    ("api", "allowed"),
    [
        ("https://api.telegram.org", False),
        ("http://127.0.0.1:8081", True),
        ("http://[::1]:8081", True),
        ("http://127.0.0.1.example.org", False),
    ],
)
def test_the_test_clock_is_for_loopback_only(
    api: str, allowed: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COACH_TEST_CLOCK", "2026-11-24T07:58:00Z*600")
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "1:abc")
    monkeypatch.setenv("TELEGRAM_API_URL", api)
    if allowed:
        assert read_settings().clock().speed == 600
    else:
        with pytest.raises(SettingsError, match="COACH_TEST_CLOCK"):
            read_settings()


def test_test_clocks_with_one_start_agree_whenever_they_were_read() -> None:
    began = wall_seconds() - 60
    clock = read_clock(f"2026-11-24T07:58:00Z*600@{began}")
    passed = clock.now() - datetime(2026, 11, 24, 7, 58, tzinfo=UTC)
    assert timedelta(minutes=600) <= passed < timedelta(minutes=700)


@pytest.mark.parametrize("began", ["nan", "inf", "noon"])
def test_a_test_clock_cannot_start_at_no_second(
    began: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COACH_TEST_CLOCK", f"2026-11-24T07:58:00Z@{began}")
    with pytest.raises(SettingsError, match="COACH_TEST_CLOCK"):
        read_settings()


def test_pages_are_on_without_a_token_and_off_with_one(monkeypatch: pytest.MonkeyPatch) -> None:
    assert read_settings().serves_pages
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "1:abc")
    assert not read_settings().serves_pages
    monkeypatch.setenv("COACH_WEB", "on")
    assert read_settings().serves_pages


def test_the_secret_is_made_once_readable_by_its_owner_only(tmp_path: Path) -> None:
    first = read_settings().secret()
    assert read_settings().secret() == first
    assert len(first) >= 32
    assert (tmp_path / "var" / "secret").stat().st_mode & 0o777 == 0o600


def test_an_env_file_is_read(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("COACH_WEB_PORT=9191\n", encoding="utf-8")
    assert read_settings().coach_web_port == 9191


def test_secrets_do_not_show_when_settings_are_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COACH_SECRET", SECRET)
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "1:topsecret")
    assert SECRET not in repr(read_settings())
    assert "topsecret" not in repr(read_settings())


def test_the_process_ends_with_2_and_one_sentence(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bot"],
        cwd=tmp_path,
        env={"COACH_WEB_PORT": "eighty", "PYTHONPATH": str(ROOT), "PATH": "/usr/bin"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 2
    assert done.stderr.startswith("COACH_WEB_PORT")
    assert done.stderr.count("\n") == 1
    assert done.stdout == ""
