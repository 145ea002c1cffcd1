"""Settings, read once from the environment or `.env`.

Each is documented in the README (a test compares). A bad value stops the start with one sentence
that names the variable and the mend.
"""

from __future__ import annotations

import re
import secrets
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import AliasChoices, Field, ValidationError, field_validator
from pydantic_core import PydanticUseDefault
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.clock import Clock, ZoneInfo, ZoneInfoNotFoundError, test_clock
from bot.errors import SettingsError

PUBLIC_API = "https://api.telegram.org"
_LOOPBACK = {"127.0.0.1", "localhost", "::1"}
_ON = {"on", "1", "true", "yes"}
_OFF = {"off", "0", "false", "no"}
_DEFAULT_DATABASE = "sqlite:///var/coach.db"


def _var(name: str) -> Any:
    return AliasChoices(name)


class Settings(BaseSettings):
    """Everything an operator can set; field order is the README's order."""

    model_config = SettingsConfigDict(
        env_file=".env", env_file_encoding="utf-8", extra="ignore", frozen=True
    )

    database_url: str = Field(_DEFAULT_DATABASE, validation_alias=_var("DATABASE_URL"))
    telegram_bot_token: str = Field("", validation_alias=_var("TELEGRAM_BOT_TOKEN"), repr=False)
    telegram_api_url: str = Field(PUBLIC_API, validation_alias=_var("TELEGRAM_API_URL"))
    telegram_webhook_url: str = Field("", validation_alias=_var("TELEGRAM_WEBHOOK_URL"))
    telegram_webhook_secret: str = Field(
        "", validation_alias=_var("TELEGRAM_WEBHOOK_SECRET"), repr=False
    )
    telegram_per_second: int = Field(
        30, ge=1, le=1000, validation_alias=_var("TELEGRAM_PER_SECOND")
    )
    coach_web: bool | None = Field(None, validation_alias=_var("COACH_WEB"))
    coach_web_host: str = Field("127.0.0.1", validation_alias=_var("COACH_WEB_HOST"))
    coach_web_port: int = Field(8080, ge=0, le=65535, validation_alias=_var("COACH_WEB_PORT"))
    coach_secret: str = Field("", validation_alias=_var("COACH_SECRET"), repr=False)
    coach_operators: Annotated[frozenset[str], NoDecode] = Field(
        frozenset(), validation_alias=_var("COACH_OPERATORS")
    )
    coach_metrics: bool = Field(default=False, validation_alias=_var("COACH_METRICS"))
    coach_zone: str = Field("Africa/Casablanca", validation_alias=_var("COACH_ZONE"))
    coach_pack: str = Field("cnops-2025", validation_alias=_var("COACH_PACK"))
    coach_log: Literal["text", "json"] = Field("text", validation_alias=_var("COACH_LOG"))
    coach_test_clock: str = Field("", validation_alias=_var("COACH_TEST_CLOCK"))

    @field_validator("database_url")
    @classmethod
    def _database(cls, value: str) -> str:
        if value.startswith("postgres://"):
            value = "postgresql://" + value.removeprefix("postgres://")
        if value.startswith("postgresql://"):
            value = "postgresql+psycopg://" + value.removeprefix("postgresql://")
        if not value.startswith(("sqlite:///", "postgresql+psycopg://")):
            raise ValueError("use sqlite:///path/to/file or postgresql://user:password@host/name")
        return value

    @field_validator("telegram_bot_token")
    @classmethod
    def _token(cls, value: str) -> str:
        if value and not re.fullmatch(r"\d+:[A-Za-z0-9_-]+", value):
            raise ValueError("copy it whole from BotFather, digits, a colon, then letters")
        return value

    @field_validator("telegram_api_url", "telegram_webhook_url")
    @classmethod
    def _url(cls, value: str) -> str:
        parts = urlsplit(value)
        if value and (parts.scheme not in {"http", "https"} or not parts.hostname):
            raise ValueError("give a whole address such as https://example.org")
        return value.rstrip("/")

    @field_validator("telegram_webhook_secret")
    @classmethod
    def _webhook_secret(cls, value: str) -> str:
        if value and not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", value):
            raise ValueError("use 1 to 256 of the characters A-Z a-z 0-9 _ -")
        return value

    @field_validator("coach_web", "coach_metrics", mode="before")
    @classmethod
    def _on_or_off(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        if not value:
            raise PydanticUseDefault
        if value.lower() not in _ON | _OFF:
            raise ValueError("write on or off")
        return value.lower() in _ON

    @field_validator("coach_web_port", mode="before")
    @classmethod
    def _port(cls, value: object) -> object:
        if isinstance(value, str) and not (value.isascii() and value.isdecimal()):
            raise ValueError("write a number from 0 to 65535, such as 8080")
        return value

    @field_validator("coach_secret")
    @classmethod
    def _secret(cls, value: str) -> str:
        if value and len(value) < 16:
            raise ValueError("use at least 16 characters")
        return value

    @field_validator("coach_operators", mode="before")
    @classmethod
    def _operators(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        names = frozenset(part.strip() for part in value.split(",") if part.strip())
        for name in names:
            if not re.fullmatch(r"[a-z]+:[A-Za-z0-9_-]+", name):
                raise ValueError("list people as telegram:123,telegram:456")
        return names

    @field_validator("coach_zone")
    @classmethod
    def _zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise ValueError("use a zone name such as Africa/Casablanca") from None
        return value

    @field_validator("coach_test_clock")
    @classmethod
    def _test_clock(cls, value: str) -> str:
        if value:
            try:
                test_clock(value)
            except ValueError:
                raise ValueError(
                    "write an instant with an optional speed and second of start, "
                    "such as 2026-11-24T07:58:00Z*600@1764000000"
                ) from None
        return value

    @property
    def serves_pages(self) -> bool:
        """Whether the web chat is on: by default only without a Telegram token."""
        return not self.telegram_bot_token if self.coach_web is None else self.coach_web

    @property
    def is_sqlite(self) -> bool:
        """Whether one file is the database."""
        return self.database_url.startswith("sqlite")

    def clock(self) -> Clock:
        """The coach's clock: the system's, unless a test asks for another."""
        return test_clock(self.coach_test_clock) if self.coach_test_clock else Clock()

    def secret(self) -> bytes:
        """The key that signs cookies and links; made once under `var/` when not set."""
        if self.coach_secret:
            return self.coach_secret.encode()
        path = Path("var") / "secret"
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            path.touch(mode=0o600)
            path.write_text(secrets.token_hex(32), encoding="ascii")
        return path.read_text(encoding="ascii").strip().encode()


def read_settings(**given: Any) -> Settings:
    """The settings, checked one by one and against each other (SettingsError names the mend)."""
    try:
        settings = Settings(**given)
    except ValidationError as error:
        raise SettingsError(_sentence(error)) from None
    _check_together(settings)
    return settings


def _sentence(error: ValidationError) -> str:
    """One sentence on the first fault; the value itself is never repeated: it may be secret."""
    first = error.errors(include_input=False, include_url=False)[0]
    name = str(first["loc"][0]).upper()
    reason = str(first["msg"]).removeprefix("Value error, ")
    return f"{name} is not usable: {reason[0].lower()}{reason[1:]}."


def _check_together(settings: Settings) -> None:
    if settings.telegram_webhook_url and not settings.telegram_webhook_secret:
        raise SettingsError(
            "TELEGRAM_WEBHOOK_SECRET is missing: set it to a long random text, "
            "since TELEGRAM_WEBHOOK_URL is set."
        )
    if not settings.is_sqlite and not settings.coach_secret:
        raise SettingsError(
            "COACH_SECRET is missing: set it to a long random text, the same for every process, "
            "since DATABASE_URL is PostgreSQL."
        )
    is_loopback = urlsplit(settings.telegram_api_url).hostname in _LOOPBACK
    if settings.coach_test_clock and settings.telegram_bot_token and not is_loopback:
        raise SettingsError(
            "COACH_TEST_CLOCK is for tests only: remove it, or point TELEGRAM_API_URL at a "
            "loopback address."
        )
