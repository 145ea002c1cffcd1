"""The webhook believes nobody without the secret, and says 200 only after the commit."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator

import pytest

from bot.channels.telegram.channel import TelegramChannel
from bot.channels.telegram.webhook import MAX_BYTES
from bot.errors import SettingsError
from tests.channels.contract import Receiver
from tests.channels.telegram_rig import channel_for
from tests.fakes.bot_api import BotApi

SECRET = "a-secret_1"
HEADERS = {"X-Telegram-Bot-Api-Secret-Token": SECRET}
UPDATE = json.dumps(
    {
        "update_id": 3,
        "message": {
            "message_id": 1,
            "date": 1,
            "chat": {"id": 7, "type": "private"},
            "from": {"id": 7, "is_bot": False, "first_name": "Amal"},
            "text": "Bonjour",
        },
    }
).encode()


@pytest.fixture
async def api() -> AsyncIterator[BotApi]:
    async with BotApi() as api:
        yield api


@pytest.fixture
async def receiver() -> Receiver:
    return Receiver()


@pytest.fixture
async def channel(api: BotApi, receiver: Receiver) -> AsyncIterator[TelegramChannel]:
    channel = channel_for(api, webhook_url="http://127.0.0.1:9/t", webhook_secret=SECRET)
    await channel.start(receiver)
    yield channel
    await channel.stop()


async def test_telegrams_call_is_taken(channel: TelegramChannel, receiver: Receiver) -> None:
    assert await channel.accept(HEADERS, UPDATE) == 200
    lowered = {name.lower(): value for name, value in HEADERS.items()}
    assert await channel.accept(lowered, UPDATE) == 200
    assert [event.id for event in receiver.taken] == ["u3", "u3"]


@pytest.mark.parametrize("secret", ["", "wrong", "é\udcff🎯", SECRET + " ", SECRET.upper()])
async def test_a_wrong_secret_is_refused(
    channel: TelegramChannel, receiver: Receiver, secret: str
) -> None:
    headers = {"X-Telegram-Bot-Api-Secret-Token": secret}
    assert await channel.accept(headers, UPDATE) == 403
    assert await channel.accept({}, UPDATE) == 403
    assert not receiver.begun


@pytest.mark.parametrize(
    "body", [b"", b"{", b"\xff", b"[]", b"null", b"{}", b'{"update_id": "3"}', b"[" * 100_000]
)
async def test_what_is_no_update_is_a_bad_call(channel: TelegramChannel, body: bytes) -> None:
    assert await channel.accept(HEADERS, body) == 400


async def test_a_huge_body_is_refused(channel: TelegramChannel) -> None:
    assert await channel.accept(HEADERS, b" " * (MAX_BYTES + 1)) == 413


async def test_an_unreadable_update_is_accepted_so_that_it_stops_coming(
    channel: TelegramChannel, receiver: Receiver
) -> None:
    assert await channel.accept(HEADERS, b'{"update_id": 3, "message": 5}') == 200
    assert not receiver.begun


async def test_a_turn_not_committed_is_not_acknowledged(
    channel: TelegramChannel, receiver: Receiver
) -> None:
    receiver.fail(1)
    assert await channel.accept(HEADERS, UPDATE) == 503
    assert await channel.accept(HEADERS, UPDATE) == 200


async def test_nothing_is_taken_before_the_start_or_after_the_stop(
    api: BotApi, receiver: Receiver
) -> None:
    channel = channel_for(api, webhook_url="http://127.0.0.1:9/t", webhook_secret=SECRET)
    assert await channel.accept(HEADERS, UPDATE) == 503
    await channel.start(receiver)
    await channel.stop()
    assert await channel.accept(HEADERS, UPDATE) == 503
    assert not receiver.begun


async def test_the_webhook_is_set_with_its_secret(api: BotApi, channel: TelegramChannel) -> None:
    (call,) = api.called("setWebhook")
    assert call.arguments["secret_token"] == SECRET
    assert call.arguments["allowed_updates"]
    assert not api.called("getUpdates")


async def test_without_a_webhook_every_call_is_refused(api: BotApi, receiver: Receiver) -> None:
    channel = channel_for(api)
    await channel.start(receiver)
    headers = {"X-Telegram-Bot-Api-Secret-Token": ""}
    assert await channel.accept(headers, UPDATE) == 403
    await channel.stop()


@pytest.mark.parametrize("secret", ["", "with space", "é", "x" * 257])
async def test_a_webhook_without_a_good_secret_is_refused(api: BotApi, secret: str) -> None:
    with pytest.raises(SettingsError, match="TELEGRAM_WEBHOOK_SECRET"):
        channel_for(api, webhook_url="https://example.org/t", webhook_secret=secret)


async def test_a_webhook_that_telegram_refuses_stops_the_start(
    api: BotApi, receiver: Receiver
) -> None:
    channel = channel_for(api, webhook_url="http://example.org/t", webhook_secret=SECRET)
    with pytest.raises(SettingsError, match="TELEGRAM_WEBHOOK_URL"):
        await channel.start(receiver)


async def test_a_refused_token_stops_the_start_without_telling_it(
    api: BotApi, receiver: Receiver
) -> None:
    channel = channel_for(api, token="42:not-the-token")
    with pytest.raises(SettingsError, match="TELEGRAM_BOT_TOKEN") as caught:
        await channel.start(receiver)
    assert "not-the-token" not in str(caught.value)
    assert caught.value.__cause__ is None
