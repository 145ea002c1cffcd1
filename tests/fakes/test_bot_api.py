"""The fake refuses what Telegram refuses, and lets a test be a phone."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from tests.fakes.bot_api import BotApi
from tests.fakes.entities import EntityError, parse_html
from tests.fakes.rates import Rates

AMAL = 1001

Call = Any


@pytest.fixture
async def api() -> AsyncIterator[BotApi]:
    async with BotApi() as api:
        api.person(AMAL)
        yield api


@pytest.fixture
async def call(api: BotApi) -> AsyncIterator[Call]:
    async with aiohttp.ClientSession() as session:

        async def call(method: str, token: str = "", **arguments: Any) -> dict[str, Any]:
            url = f"{api.url}/bot{token or api.token}/{method}"
            async with session.post(url, json=arguments) as answer:
                found: dict[str, Any] = await answer.json()
                return found

        yield call


@pytest.mark.parametrize(
    "text",
    ["a < b", "a & b", "<u-no>x</u-no>", "<b>x", "x</b>", "<b><i>x</b></i>", "<b", "&nbsp;", "<>"],
)
def test_bad_html_is_refused(text: str) -> None:
    with pytest.raises(EntityError):
        parse_html(text)


def test_good_html_is_read_with_units_as_offsets() -> None:
    plain, entities = parse_html("🎯 <b>a &lt; <i>b</i></b> &#39;&amp;&quot;")
    assert plain == "🎯 a < b '&\""
    assert [(each.type, each.offset, each.length) for each in entities] == [
        ("i", 7, 1),
        ("b", 3, 5),
    ]


def button(text: str = "x", data: str = "d") -> dict[str, str]:
    return {"text": text, "callback_data": data}


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"text": ""}, "message text is empty"),
        ({"text": " \u200b\n"}, "message text is empty"),
        ({"text": "🎯" * 2049}, "message is too long"),
        ({"text": "<b>x", "parse_mode": "HTML"}, "can't parse entities"),
        ({"text": "x", "parse_mode": "Pigeon"}, "unsupported parse_mode"),
        ({"text": "<b>a</b> " * 101, "parse_mode": "HTML"}, "entities"),
        ({"text": "x", "chat_id": 5}, "chat not found"),
        ({"text": "x", "chat_id": "you"}, "not a valid Integer"),
        ({"text": "x", "smell": "rose"}, "unknown parameter"),
        ({"text": "x", "reply_markup": [[button("")]]}, "object expected"),
        ({"text": "x", "rows": [[button("")]]}, "text is empty"),
        ({"text": "x", "rows": [[button(data="é" * 33)]]}, "BUTTON_DATA_INVALID"),
        ({"text": "x", "rows": [[button(data="")]]}, "BUTTON_DATA_INVALID"),
        ({"text": "x", "rows": [[button()] * 9]}, "too long"),
        ({"text": "x", "rows": [[button()] * 8] * 13}, "too long"),
    ],
)
async def test_a_bad_message_is_refused(
    call: Call, api: BotApi, changed: dict[str, Any], reason: str
) -> None:
    rows = changed.pop("rows", None)
    if rows:
        changed["reply_markup"] = {"inline_keyboard": rows}
    answer = await call("sendMessage", **({"chat_id": AMAL} | changed))
    assert answer["error_code"] == 400
    assert reason in answer["description"]
    assert [each.status for each in api.refused()] == [400]
    assert not api.screen(AMAL)


async def test_messages_are_shown_and_rewritten(call: Call, api: BotApi) -> None:
    keyboard = {"inline_keyboard": [[button("Oui", "y"), button("Non", "n")]]}
    sent = await call("sendMessage", chat_id=AMAL, text="?", reply_markup=keyboard)
    (seen,) = api.screen(AMAL)
    assert (seen.text, seen.labels, seen.tokens) == ("?", ["Oui", "Non"], ["y", "n"])
    number = sent["result"]["message_id"]
    same = {"chat_id": AMAL, "message_id": number, "text": "?", "reply_markup": keyboard}
    assert "not modified" in (await call("editMessageText", **same))["description"]
    assert (await call("editMessageText", **{**same, "text": "!"}))["ok"]
    gone = await call("editMessageText", chat_id=AMAL, message_id=1, text="x")
    assert "message to edit not found" in gone["description"]
    assert [each.text for each in api.screen(AMAL)] == ["!"]


async def test_a_press_can_be_answered_for_a_while(call: Call, api: BotApi) -> None:
    keyboard = {"inline_keyboard": [[button("Oui", "y")]]}
    sent = await call("sendMessage", chat_id=AMAL, text="?", reply_markup=keyboard)
    number = sent["result"]["message_id"]
    with pytest.raises(LookupError):
        api.press(AMAL, number, "Peut-être")
    update = api.press(AMAL, number, "Oui")
    (pressed,) = (await call("getUpdates"))["result"]
    query = pressed["callback_query"]
    assert query["data"] == "y"
    answer = {"callback_query_id": query["id"]}
    assert not (await call("answerCallbackQuery", **answer, text="x" * 201))["ok"]
    assert (await call("answerCallbackQuery", **answer, text="Noté"))["ok"]
    assert api.toast(update) == "Noté"
    api.methods.press_lifetime = -1.0
    assert "too old" in (await call("answerCallbackQuery", **answer))["description"]


async def test_updates_wait_until_confirmed_by_the_offset(call: Call, api: BotApi) -> None:
    first, second = api.say(AMAL, "un"), api.say(AMAL, "deux")
    for _ in range(2):
        got = (await call("getUpdates"))["result"]
        assert [each["update_id"] for each in got] == [first, second]
    got = (await call("getUpdates", offset=second))["result"]
    assert [each["update_id"] for each in got] == [second]
    assert api.is_acknowledged(first)
    assert not api.is_acknowledged(second)


async def test_a_long_poll_ends_with_an_update_or_another_poll(call: Call, api: BotApi) -> None:
    waiting = asyncio.create_task(call("getUpdates", timeout=30))
    await asyncio.sleep(0.05)
    api.say(AMAL, "un")
    assert len((await waiting)["result"]) == 1
    offset = 10**9
    waiting = asyncio.create_task(call("getUpdates", timeout=30, offset=offset))
    await asyncio.sleep(0.05)
    await call("getUpdates", offset=offset)
    assert (await waiting)["error_code"] == 409


async def test_webhook_and_polling_exclude_each_other(call: Call) -> None:
    assert not (await call("setWebhook", url="http://example.org"))["ok"]
    assert (await call("setWebhook", url="https://example.org/t"))["ok"]
    assert (await call("getUpdates"))["error_code"] == 409
    assert (await call("deleteWebhook"))["ok"]
    assert (await call("getUpdates"))["ok"]


async def test_only_its_own_token_is_let_in(call: Call) -> None:
    assert (await call("getMe", token="1:x"))["error_code"] == 401
    assert (await call("getMe"))["result"]["is_bot"]
    assert (await call("getMoon"))["error_code"] == 404


async def test_faults_come_once(call: Call, api: BotApi) -> None:
    api.fail("getMe", status=502)
    api.fail("sendMessage", status=500, lost=True)
    assert (await call("getMe"))["error_code"] == 502
    assert (await call("getMe"))["ok"]
    assert not (await call("sendMessage", chat_id=AMAL, text="x"))["ok"]
    assert len(api.screen(AMAL)) == 1
    api.hang_up("getMe")
    with pytest.raises(aiohttp.ClientError):
        await call("getMe")


async def test_commands_are_checked(call: Call, api: BotApi) -> None:
    def menu(name: str, text: str) -> list[dict[str, str]]:
        return [{"command": name, "description": text}]

    assert not (await call("setMyCommands", commands=menu("Démarrer", "x")))["ok"]
    assert not (await call("setMyCommands", commands=menu("start", "")))["ok"]
    assert not (await call("setMyCommands", commands=menu("start", "x"), language_code="fra"))[
        "ok"
    ]
    assert (await call("setMyCommands", commands=menu("start", "x"), language_code="ar"))["ok"]
    assert api.commands == {("default", "ar"): [("start", "x")]}


async def test_closed_and_moved_chats(call: Call, api: BotApi) -> None:
    api.block(AMAL)
    assert (await call("sendMessage", chat_id=AMAL, text="x"))["error_code"] == 403
    api.unblock(AMAL)
    assert (await call("sendMessage", chat_id=AMAL, text="x"))["ok"]
    api.group(-5, kind="group")
    api.migrate(-5, -1005, sender=AMAL)
    moved = await call("sendMessage", chat_id=-5, text="x")
    assert moved["parameters"] == {"migrate_to_chat_id": -1005}


async def test_a_file_sent_can_be_fetched(call: Call, api: BotApi) -> None:
    api.voice(AMAL, 61, content=b"OggS...")
    (update,) = (await call("getUpdates"))["result"]
    file_id = update["message"]["voice"]["file_id"]
    path = (await call("getFile", file_id=file_id))["result"]["file_path"]
    url = f"{api.url}/file/bot{api.token}/{path}"
    async with aiohttp.ClientSession() as session, session.get(url) as answer:
        assert await answer.read() == b"OggS..."


def test_rates_let_a_burst_through_then_one_a_second() -> None:
    rates = Rates()
    assert [rates.wait(1, 0.0) for _ in range(4)] == [0, 0, 0, 1]
    assert rates.wait(1, 1.0) == 0
    assert rates.wait(1, 1.5) == 1


def test_rates_let_thirty_a_second_through_in_all_and_twenty_a_minute_to_a_group() -> None:
    rates = Rates()
    assert [rates.wait(chat, 0.0) for chat in range(1, 32)] == [0] * 30 + [1]
    assert rates.wait(31, 1.0) == 0
    rates = Rates()
    assert [rates.wait(-1, float(second)) for second in range(21)] == [0] * 20 + [40]


def test_it_runs_in_a_thread_beside_a_test_without_a_loop() -> None:
    with BotApi().in_thread() as api:
        update = api.say(AMAL, "Bonjour")

        async def get() -> Any:
            async with (
                aiohttp.ClientSession() as session,
                session.get(f"{api.url}/bot{api.token}/getUpdates?timeout=5") as answer,
            ):
                return await answer.json()

        (got,) = asyncio.run(get())["result"]
        assert got["update_id"] == update
        api.wait_until(lambda: len(api.called("getUpdates")) == 1)
