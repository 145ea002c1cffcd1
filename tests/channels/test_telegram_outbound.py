"""What a message becomes on the wire, and what each failure means."""

from __future__ import annotations

import asyncio
import base64
from collections.abc import AsyncIterator
from typing import Any

import pytest
from telegram.error import (
    BadRequest,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.channels.telegram.channel import TelegramChannel
from bot.channels.telegram.outbound import failure_of
from bot.channels.telegram.transport import CONNECT_SECONDS, NoConnectionError
from bot.clock import monotonic_seconds
from bot.errors import Refused, TryLater
from bot.messages import Address, ChatMoved
from tests.channels.contract import Receiver, text_payload, until
from tests.channels.telegram_rig import channel_for
from tests.fakes.bot_api import BotApi
from tests.fakes.rates import Rates
from tests.skipping import skips_waits

AMAL = 1001
GROUP = -1005
HERE = Address(channel="telegram", chat=str(AMAL))


@pytest.fixture
async def api() -> AsyncIterator[BotApi]:
    async with BotApi() as api:
        api.person(AMAL)
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


async def test_what_is_on_its_way_at_a_stop_is_answered_and_not_sent_again(
    api: BotApi, receiver: Receiver
) -> None:
    """Its connection was closed under it: a message that had arrived came again."""
    channel = channel_for(api)
    await channel.start(receiver)
    await channel.send(HERE, text_payload("a"), None, "o1")
    api.delay(0.2, "sendMessage")
    sending = asyncio.create_task(channel.send(HERE, text_payload("b"), None, "o2"))
    await asyncio.sleep(0.05)
    await channel.stop()
    assert await sending == str(api.screen(AMAL)[-1].message_id)
    with pytest.raises(TryLater):
        await channel.send(HERE, text_payload("c"), None, "o3")


def paragraphs(count: int, length: int = 1500) -> str:
    return "\n\n".join("x" * length for _ in range(count))


def attachment(text: str, content: bytes = b"BEGIN:VCALENDAR") -> dict[str, Any]:
    data = base64.b64encode(content).decode()
    return {
        "language": "fr",
        "text": text,
        "file": {"name": "plan é.ics", "mime": "text/calendar", "data": data},
    }


async def test_small_html_is_shown_as_formats(api: BotApi, channel: TelegramChannel) -> None:
    await channel.send(HERE, {"text": "<b>1</b> &lt; <i>2</i> &amp; 3"}, None, "k")
    (seen,) = api.screen(AMAL)
    assert seen.text == "1 < 2 & 3"
    assert [entity.type for entity in seen.entities] == ["b", "i"]
    (call,) = api.called("sendMessage")
    assert call.arguments["link_preview_options"] == {"is_disabled": True}


async def test_a_long_text_is_split_with_its_buttons_and_ref_on_the_last_part(
    api: BotApi, channel: TelegramChannel
) -> None:
    ref = await channel.send(HERE, text_payload(paragraphs(5), "a::"), None, "k")
    seen = api.screen(AMAL)
    assert [len(each.text) for each in seen] == [3002, 3002, 1500]
    assert [each.tokens for each in seen] == [[], [], ["a::"]]
    assert ref == str(seen[-1].message_id)


async def test_each_further_part_of_a_long_text_is_paced(
    api: BotApi, channel: TelegramChannel
) -> None:
    paced: list[int] = []

    async def pace(address: Address) -> None:
        assert address == HERE
        paced.append(len(api.screen(AMAL)))

    await channel.send(HERE, text_payload(paragraphs(7)), None, "k", pace)
    assert paced == [1, 2, 3]
    assert len(api.screen(AMAL)) == 4


async def test_a_message_sent_anew_because_it_cannot_be_rewritten_is_paced_twice(
    api: BotApi, channel: TelegramChannel
) -> None:
    paced: list[Address] = []

    async def pace(address: Address) -> None:
        paced.append(address)

    await channel.send(HERE, text_payload("neuf"), "987654", "k", pace)
    assert paced == [HERE]


async def test_a_process_that_may_no_longer_send_stops_in_the_middle_of_a_long_text(
    api: BotApi, channel: TelegramChannel
) -> None:
    async def pace(_address: Address) -> None:
        raise TryLater("another process sends now")

    with pytest.raises(TryLater):
        await channel.send(HERE, text_payload(paragraphs(5)), None, "k", pace)
    assert len(api.screen(AMAL)) == 1


async def test_rewriting_a_split_text_changes_its_last_part_if_one_is_enough(
    api: BotApi, channel: TelegramChannel
) -> None:
    ref = await channel.send(HERE, text_payload(paragraphs(3), "a::"), None, "k1")
    assert await channel.send(HERE, text_payload("court"), ref, "k2") == ref
    assert [each.text for each in api.screen(AMAL)][-1] == "court"
    anew = await channel.send(HERE, text_payload(paragraphs(3)), ref, "k3")
    assert anew != ref
    assert len(api.screen(AMAL)) == 4


async def test_a_split_text_goes_on_where_it_stopped(
    api: BotApi, channel: TelegramChannel
) -> None:
    payload = text_payload(paragraphs(5), "a::")
    await channel.send(HERE, text_payload("avant"), None, "k0")
    api.methods.rates = Rates(burst=2, per_chat_second=0.001)
    with pytest.raises(TryLater) as caught:
        await channel.send(HERE, payload, None, "k1")
    assert caught.value.after > 0
    assert not caught.value.whole_channel
    assert len(api.screen(AMAL)) == 3
    api.methods.rates = None
    ref = await channel.send(HERE, payload, None, "k1")
    seen = api.screen(AMAL)
    assert [len(each.text) for each in seen] == [5, 3002, 3002, 1500]
    assert ref == str(seen[-1].message_id)


async def test_a_file_goes_with_its_caption(api: BotApi, channel: TelegramChannel) -> None:
    ref = await channel.send(HERE, attachment("<b>Votre plan</b>"), None, "k")
    (seen,) = api.screen(AMAL)
    assert (seen.text, seen.file_name, seen.file_bytes) == (
        "Votre plan",
        "plan é.ics",
        b"BEGIN:VCALENDAR",
    )
    assert ref == str(seen.message_id)


async def test_a_file_without_text_and_one_with_a_long_text(
    api: BotApi, channel: TelegramChannel
) -> None:
    await channel.send(HERE, attachment(""), None, "k1")
    await channel.send(HERE, attachment(paragraphs(2, 600)), None, "k2")
    seen = api.screen(AMAL)
    assert [(len(each.text), bool(each.file_name)) for each in seen] == [
        (0, True),
        (1202, False),
        (0, True),
    ]


async def test_a_file_is_never_rewritten(api: BotApi, channel: TelegramChannel) -> None:
    ref = await channel.send(HERE, attachment("Plan"), None, "k1")
    assert await channel.send(HERE, attachment("Plan 2"), ref, "k2") != ref
    assert await channel.send(HERE, text_payload("texte"), ref, "k3") != ref
    assert len(api.screen(AMAL)) == 3


@pytest.mark.parametrize("text", ["", "  \n", "<b></b>"])
async def test_an_empty_text_is_never_sent(
    api: BotApi, channel: TelegramChannel, text: str
) -> None:
    with pytest.raises(Refused):
        await channel.send(HERE, {"text": text}, None, "k")
    assert not api.called("sendMessage")


async def test_a_topic_is_answered_in_its_thread(api: BotApi, channel: TelegramChannel) -> None:
    api.group(GROUP)
    await channel.send(
        Address(channel="telegram", chat=str(GROUP), thread="33"), text_payload("x"), None, "k"
    )
    assert api.screen(GROUP)[0].thread == 33


async def test_somebody_elses_message_is_not_rewritten(
    api: BotApi, channel: TelegramChannel
) -> None:
    api.say(AMAL, "Bonjour")
    theirs = api.everything(AMAL)[0].message_id
    ref = await channel.send(HERE, text_payload("x"), str(theirs), "k")
    assert ref != str(theirs)


@pytest.mark.parametrize("ref", ["", "-5", "²", "٣", "9" * 30, "1e3", "<b>"])
async def test_a_forged_ref_sends_anew(api: BotApi, channel: TelegramChannel, ref: str) -> None:
    assert await channel.send(HERE, text_payload("x"), ref, "k")
    assert len(api.screen(AMAL)) == 1


async def test_a_person_who_blocked_the_coach_is_gone(
    api: BotApi, channel: TelegramChannel
) -> None:
    api.block(AMAL)
    with pytest.raises(Refused) as caught:
        await channel.send(HERE, text_payload("x"), None, "k")
    assert caught.value.chat_gone


@pytest.mark.parametrize("chat", ["5", "nobody", ""])
async def test_a_chat_that_never_was_is_gone(channel: TelegramChannel, chat: str) -> None:
    with pytest.raises(Refused) as caught:
        await channel.send(Address(channel="telegram", chat=chat), text_payload("x"), None, "k")
    assert caught.value.chat_gone


async def test_a_message_follows_its_group_and_the_move_is_told(
    api: BotApi, channel: TelegramChannel, receiver: Receiver
) -> None:
    api.group(-5, kind="group")
    old = Address(channel="telegram", chat="-5")
    ref = await channel.send(old, text_payload("avant"), None, "k1")
    api.migrate(-5, GROUP, sender=AMAL, tell=False)
    await channel.send(old, text_payload("après"), ref, "k2")
    assert [each.text for each in api.screen(GROUP)] == ["après"]
    (event,) = receiver.taken
    assert isinstance(event, ChatMoved)
    assert (event.address, event.new_chat) == (old, str(GROUP))


async def test_a_move_that_cannot_be_noted_does_not_stop_the_message(
    api: BotApi, channel: TelegramChannel, receiver: Receiver
) -> None:
    api.group(-5, kind="group")
    api.migrate(-5, GROUP, sender=AMAL, tell=False)
    receiver.fail(1)
    await channel.send(Address(channel="telegram", chat="-5"), text_payload("x"), None, "k")
    assert len(api.screen(GROUP)) == 1


async def test_a_429_says_how_long_and_spares_the_other_chats(
    api: BotApi, channel: TelegramChannel
) -> None:
    api.fail("sendMessage", status=429, description="Too Many Requests", retry_after=7)
    with pytest.raises(TryLater) as caught:
        await channel.send(HERE, text_payload("x"), None, "k")
    assert (caught.value.after, caught.value.whole_channel) == (7, False)


async def test_a_broken_connection_and_a_server_error_are_for_later(
    api: BotApi, channel: TelegramChannel
) -> None:
    api.fail("sendMessage", status=502, description="Bad Gateway")
    api.hang_up("sendMessage")
    for _ in range(2):
        with pytest.raises(TryLater) as caught:
            await channel.send(HERE, text_payload("x"), None, "k")
        assert api.token not in str(caught.value)
    await channel.send(HERE, text_payload("x"), None, "k")


async def test_no_connection_at_all_holds_the_whole_channel(receiver: Receiver) -> None:
    async with BotApi() as api:
        channel = channel_for(api)
        await channel.start(receiver)
    with pytest.raises(TryLater) as caught:
        await channel.send(HERE, text_payload("x"), None, "k")
    assert caught.value.whole_channel
    assert api.token not in str(caught.value)
    assert not await channel.is_reachable()
    await channel.stop()


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (RetryAfter(3), TryLater("", after=3.0)),
        (TimedOut(), TryLater("")),
        (NetworkError("Bad Gateway"), TryLater("")),
        (TelegramError("not an answer of the Bot API"), TryLater("")),
        (NoConnectionError("x"), TryLater("", whole_channel=True)),
        (InvalidToken(), TryLater("", after=60.0, whole_channel=True)),
        (Forbidden("Forbidden: bot was blocked by the user"), Refused("", chat_gone=True)),
        (Forbidden("Forbidden: user is deactivated"), Refused("", chat_gone=True)),
        (Forbidden("Forbidden: bot was kicked from the group chat"), Refused("", chat_gone=True)),
        (BadRequest("Bad Request: chat not found"), Refused("", chat_gone=True)),
        (BadRequest("Bad Request: BUTTON_DATA_INVALID"), Refused("")),
        (NetworkError("Request Entity Too Large"), Refused("")),
    ],
)
def test_failures_in_the_coachs_words(error: TelegramError, expected: TryLater | Refused) -> None:
    failure = failure_of(error, "1:token")
    assert type(failure) is type(expected)
    assert {**vars(failure)} == {**vars(expected)}


def test_no_failure_tells_the_token() -> None:
    failure = failure_of(NetworkError("https://x/bot1:secret/sendMessage failed"), "1:secret")
    assert "secret" not in str(failure)


async def test_a_press_is_answered_after_its_turn_with_the_notice(
    api: BotApi, channel: TelegramChannel, receiver: Receiver
) -> None:
    receiver.notice = "Noté " + "é" * 300
    ref = await channel.send(HERE, text_payload("?", "a::"), None, "k")
    update = api.press(AMAL, int(ref), "a::")
    await until(lambda: api.toast(update) is not None)
    assert api.toast(update) == receiver.notice[:200]
    assert len(receiver.taken) == 1


async def test_a_redelivered_press_is_answered_again(
    api: BotApi, channel: TelegramChannel
) -> None:
    ref = await channel.send(HERE, text_payload("?", "a::"), None, "k")
    update = api.press(AMAL, int(ref), "a::")
    await until(lambda: len(api.called("answerCallbackQuery")) == 1)
    api.redeliver(update)
    await until(lambda: len(api.called("answerCallbackQuery")) == 2)
    assert not api.refused()


async def test_an_answer_too_late_or_failing_holds_up_nothing(
    api: BotApi, channel: TelegramChannel, receiver: Receiver
) -> None:
    api.methods.press_lifetime = -1.0
    ref = await channel.send(HERE, text_payload("?", "a::"), None, "k")
    first = api.press(AMAL, int(ref), "a::")
    await until(lambda: len(api.called("answerCallbackQuery")) == 1)
    api.delay(30.0, "answerCallbackQuery")
    second = api.press(AMAL, int(ref), "a::")
    await until(lambda: api.is_acknowledged(first) and api.is_acknowledged(second))
    assert len(receiver.taken) == 2


async def test_an_answer_is_tried_a_second_time(api: BotApi, channel: TelegramChannel) -> None:
    ref = await channel.send(HERE, text_payload("?", "a::"), None, "k")
    api.fail("answerCallbackQuery", status=502)
    update = api.press(AMAL, int(ref), "a::")
    await until(lambda: api.toast(update) is not None)


async def test_a_press_whose_turn_failed_is_not_answered_before_it_succeeds(
    api: BotApi, channel: TelegramChannel, receiver: Receiver
) -> None:
    receiver.fail(1)
    ref = await channel.send(HERE, text_payload("?", "a::"), None, "k")
    update = api.press(AMAL, int(ref), "a::")
    await until(lambda: len(receiver.begun) == 1)
    assert api.toast(update) is None
    await until(lambda: api.toast(update) is not None)


@skips_waits
async def test_a_message_that_finds_no_connection_in_time_does_not_leave_later(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """By then another process may send: it used to wait as long as for an answer."""
    monkeypatch.setattr("bot.channels.telegram.transport.CONNECTIONS", 1)
    async with BotApi(clock=monotonic_seconds) as api:
        channel = channel_for(api)
        await channel.start(Receiver())
        # The menus are set: no other call wants the connection.
        await asyncio.sleep(5)
        api.person(int(HERE.chat))
        api.delay(10.0, "sendMessage")
        slow = asyncio.create_task(channel.send(HERE, text_payload("slow"), None, "1"))
        await asyncio.sleep(1)
        began = monotonic_seconds()
        with pytest.raises(TryLater) as caught:
            await channel.send(HERE, text_payload("late"), None, "2")
        assert monotonic_seconds() - began == pytest.approx(CONNECT_SECONDS, abs=0.1)
        assert caught.value.whole_channel
        await slow
        await asyncio.sleep(30)
        assert [message.text for message in api.screen(int(HERE.chat))] == ["slow"]
        await channel.stop()
