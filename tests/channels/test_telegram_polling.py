"""Long polling: nothing confirmed early, nothing frozen, nobody waiting for another."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import pytest
from telegram.error import Conflict, InvalidToken, NetworkError

from bot.channels.telegram import polling
from bot.channels.telegram.channel import TelegramChannel
from bot.channels.telegram.inbound import Reading, read_update
from bot.channels.telegram.polling import Polling
from tests.channels.contract import Receiver, text_payload, until
from tests.channels.telegram_rig import COMMANDS, channel_for
from tests.fakes.bot_api import BotApi

AMAL, BADR, CHAMA = 1001, 1002, 1003


@pytest.fixture
async def api() -> AsyncIterator[BotApi]:
    async with BotApi() as api:
        yield api


@pytest.fixture
async def receiver() -> Receiver:
    return Receiver()


@pytest.fixture
async def channel(api: BotApi, receiver: Receiver) -> AsyncIterator[TelegramChannel]:
    channel = channel_for(api)
    await channel.start(receiver)
    yield channel
    await channel.stop()


def taken(receiver: Receiver) -> list[str]:
    return [getattr(event, "text", "") for event in receiver.taken]


async def test_the_wanted_kinds_are_named_and_no_call_is_refused(
    api: BotApi, channel: TelegramChannel, receiver: Receiver
) -> None:
    api.say(AMAL, "un")
    await until(lambda: len(receiver.taken) == 1)
    (first, *_) = api.called("getUpdates")
    assert set(first.arguments["allowed_updates"]) >= {"message", "callback_query"}
    assert not api.refused()


@pytest.mark.usefixtures("channel")
async def test_an_unreadable_update_does_not_freeze_polling(
    api: BotApi, receiver: Receiver, caplog: pytest.LogCaptureFixture
) -> None:
    bad = [
        api.emit({"message": "secret"}),
        api.emit({"message": {"text": "secret"}}),
        api.emit({"callback_query": []}),
    ]
    good = api.say(AMAL, "Bonjour")
    await until(lambda: api.is_acknowledged(good))
    assert taken(receiver) == ["Bonjour"]
    assert all(api.is_acknowledged(update) for update in bad)
    assert "secret" not in caplog.text
    assert all(str(update) in caplog.text for update in bad)


@pytest.mark.usefixtures("channel")
async def test_a_stuck_turn_blocks_neither_others_nor_is_ever_confirmed(
    api: BotApi, receiver: Receiver
) -> None:
    receiver.hold(str(AMAL))
    stuck = api.say(AMAL, "lent")
    api.say(BADR, "b1")
    await until(lambda: taken(receiver) == ["b1"])
    later = api.say(CHAMA, "c1")
    await until(lambda: taken(receiver) == ["b1", "c1"])
    assert not api.is_acknowledged(stuck)
    assert not api.is_acknowledged(later)
    receiver.release(str(AMAL))
    await until(lambda: api.is_acknowledged(later))
    assert taken(receiver) == ["b1", "c1", "lent"]
    assert len(receiver.begun) == 3


@pytest.mark.usefixtures("channel")
async def test_a_failing_turn_is_tried_again_in_its_chats_order(
    api: BotApi, receiver: Receiver
) -> None:
    receiver.fail(2)
    for text in ("un", "deux", "trois"):
        last = api.say(AMAL, text)
    await until(lambda: api.is_acknowledged(last))
    assert taken(receiver) == ["un", "deux", "trois"]


async def test_a_stop_while_telegram_refuses_everything_ends(api: BotApi) -> None:
    for method in ("getUpdates", "setMyCommands"):
        api.fail(method, times=1000)
    channel = channel_for(api, commands=COMMANDS)
    await channel.start(Receiver())
    await until(lambda: bool(api.called("getUpdates") and api.called("setMyCommands")))
    await asyncio.sleep(0.1)  # now both wait for their next try
    async with asyncio.timeout(5):
        await channel.stop()


async def test_what_was_not_committed_comes_to_the_next_process(
    api: BotApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.channels.telegram.channel.STOP_SECONDS", 0.1)
    first, second = Receiver(), Receiver()
    channel = channel_for(api)
    await channel.start(first)
    first.hold(str(AMAL))
    api.say(BADR, "fait")
    await until(lambda: taken(first) == ["fait"])
    api.say(AMAL, "perdu ?")
    await until(lambda: len(first.begun) == 2)
    async with asyncio.timeout(5):
        await channel.stop()
    assert taken(first) == ["fait"]
    successor = channel_for(api)
    await successor.start(second)
    await until(lambda: "perdu ?" in taken(second))
    await successor.stop()


@pytest.mark.usefixtures("channel")
async def test_a_thousand_updates_of_ten_people_arrive_once_and_in_order(
    api: BotApi, receiver: Receiver
) -> None:
    for number in range(1000):
        last = api.say(2000 + number % 10, str(number))
    await until(lambda: api.is_acknowledged(last))
    assert len(receiver.begun) == 1000
    for person in range(10):
        theirs = [
            int(getattr(event, "text", ""))
            for event in receiver.taken
            if event.sender == str(2000 + person)
        ]
        assert theirs == list(range(person, 1000, 10))


@pytest.mark.usefixtures("channel")
async def test_polling_survives_errors_of_the_server(api: BotApi, receiver: Receiver) -> None:
    api.say(AMAL, "un")
    await until(lambda: len(receiver.taken) == 1)
    api.fail("getUpdates", status=502, description="Bad Gateway")
    api.say(AMAL, "deux")  # ends the poll under way
    await until(lambda: len(receiver.taken) == 2)
    api.say(AMAL, "trois")
    await until(lambda: len(receiver.taken) == 3)


async def test_two_pollers_end_each_others_polls_and_both_go_on(
    api: BotApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(polling, "CONFLICT_PAUSE", 0.05)
    receivers = Receiver(), Receiver()
    channels = [channel_for(api), channel_for(api)]
    for channel, receiver in zip(channels, receivers, strict=True):
        await channel.start(receiver)
    await until(lambda: any(call.status == 409 for call in api.called("getUpdates")))
    await channels[0].stop()
    last = api.say(AMAL, "Bonjour")
    await until(lambda: api.is_acknowledged(last))
    assert taken(receivers[1]) == ["Bonjour"]
    await channels[1].stop()


async def test_stopping_waits_for_the_turn_in_hand(api: BotApi, receiver: Receiver) -> None:
    channel = channel_for(api)
    await channel.start(receiver)
    receiver.hold(str(AMAL))
    api.say(AMAL, "un")
    await until(lambda: len(receiver.begun) == 1)
    stopping = asyncio.create_task(channel.stop())
    await asyncio.sleep(0)
    receiver.release(str(AMAL))
    async with asyncio.timeout(2):
        await stopping
    assert taken(receiver) == ["un"]


async def test_a_refused_token_stops_nothing_but_is_tried_later() -> None:
    assert polling._pause_after(InvalidToken(), polling.pauses(1, 2)) == polling.TOKEN_PAUSE
    assert polling._pause_after(Conflict("x"), polling.pauses(1, 2)) == polling.CONFLICT_PAUSE
    waits = polling.pauses(1, 5)
    assert [polling._pause_after(NetworkError("x"), waits) for _ in range(4)] == [1, 2, 4, 5]


class Server:
    """Answers scripted batches to a Polling, and keeps the offsets it was asked for."""

    def __init__(self, *answers: list[Any] | Exception) -> None:
        self.answers = list(answers)
        self.offsets: list[int | None] = []
        self.taken: list[str] = []
        self.over = asyncio.Event()

    async def fetch(self, offset: int | None, seconds: int) -> list[Any]:
        if not self.answers:
            self.over.set()
            await asyncio.Event().wait()
        self.offsets.append(offset)
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    async def take(self, reading: Reading) -> None:
        if reading.event is not None:
            self.taken.append(reading.event.id)

    async def run(self) -> None:
        loop = Polling(fetch=self.fetch, read=_read, take=self.take)
        task = asyncio.create_task(loop.run())
        async with asyncio.timeout(10):
            await self.over.wait()
        await loop.stop(1.0)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


def update(number: int) -> dict[str, Any]:
    person = {"id": 7, "is_bot": False, "first_name": "A"}
    chat = {"id": 7, "type": "private"}
    message = {"message_id": 1, "date": 1, "chat": chat, "from": person, "text": "x"}
    return {"update_id": number, "message": message}


def _read(raw: object) -> Reading:
    return read_update(raw, username="coach", now=datetime(2026, 11, 24, tzinfo=UTC))


async def test_the_next_offset_is_asked_only_after_the_batch() -> None:
    server = Server([update(5), update(6)], [], [update(7)], [])
    await server.run()
    assert server.offsets == [None, 7, 7, 8]
    assert server.taken == ["u5", "u6", "u7"]


async def test_numbers_that_begin_anew_below_are_followed() -> None:
    server = Server([update(900)], [update(20), update(21)], [update(22)], [])
    await server.run()
    assert server.offsets == [None, 901, 22, 23]
    assert server.taken == ["u900", "u20", "u21", "u22"]


async def test_answers_of_no_known_shape_are_waited_out(
    caplog: pytest.LogCaptureFixture,
) -> None:
    server = Server([{"no": "id"}, 3, None], [update(5)], [])
    with caplog.at_level(logging.WARNING):
        await server.run()
    assert server.offsets == [None, None, 6]
    assert server.taken == ["u5"]


async def test_one_update_without_id_does_not_hide_the_others() -> None:
    server = Server([{"no": "id"}, update(5)], [])
    await server.run()
    assert server.offsets == [None, 6]


# --- starting ---------------------------------------------------------------------------------


async def test_menus_are_set_by_language_and_kind_of_chat(api: BotApi, receiver: Receiver) -> None:
    channel = channel_for(api, commands=COMMANDS, group_commands={"fr": [("duo", "À deux")]})
    await channel.start(receiver)
    await until(lambda: len(api.commands) == 6)
    assert api.commands[("all_private_chats", "ar")] == [("start", "البدء")]
    assert api.commands[("all_private_chats", "")] == [("start", "Commencer")]
    assert api.commands[("all_group_chats", "")] == [("duo", "À deux")]
    await channel.stop()


async def test_a_failing_menu_stops_nothing_and_is_set_later(
    api: BotApi, receiver: Receiver
) -> None:
    api.fail("setMyCommands", status=502)
    channel = channel_for(api, commands=COMMANDS)
    await channel.start(receiver)
    api.say(AMAL, "Bonjour")
    await until(lambda: len(receiver.taken) == 1)
    await until(lambda: len(api.commands) == 4)
    await channel.stop()


async def test_a_start_while_telegram_is_away_goes_on_by_itself(
    api: BotApi, receiver: Receiver
) -> None:
    api.fail("getMe", status=502)
    channel = channel_for(api)
    await channel.start(receiver)
    api.say(AMAL, "Bonjour")
    await until(lambda: len(receiver.taken) == 1)
    assert await channel.is_reachable()
    await channel.stop()


async def test_nothing_pending_is_dropped_at_the_start(api: BotApi, receiver: Receiver) -> None:
    api.say(AMAL, "avant")
    channel = channel_for(api)
    await channel.start(receiver)
    await until(lambda: taken(receiver) == ["avant"])
    (call,) = api.called("deleteWebhook")
    assert not call.arguments.get("drop_pending_updates")
    await channel.stop()


async def test_at_debug_no_log_holds_the_token_or_a_persons_words(
    api: BotApi, receiver: Receiver, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        channel = channel_for(api)
        await channel.start(receiver)
        api.say(AMAL, "mes mots")
        await until(lambda: len(receiver.taken) == 1)
        api.fail("sendMessage", status=500, description="<html>")
        with pytest.raises(Exception, match="html"):
            await channel.send(receiver.taken[0].address, text_payload("réponse"), None, "k")
        await channel.stop()
    assert api.token not in caplog.text
    assert "mes mots" not in caplog.text
    assert "réponse" not in caplog.text
