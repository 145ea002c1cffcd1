"""What every channel must do, as tests: subclass `ChannelContract` and give it a `rig`.

A rig is a started channel, two people's phones on its platform, and the `Receiver` that the
channel hands events to:

    class TestTelegramPolling(ChannelContract):
        @pytest.fixture
        async def rig(self) -> AsyncIterator[Rig]:
            receiver = Receiver()
            ...
            await channel.start(receiver)
            yield Rig(channel=channel, phones=(amal, badr), receiver=receiver)
            await channel.stop()

A `Phone` is all that a channel's author has to write: a thin adapter over the platform (a fake
Bot API server, a page over HTTP).
"""

from __future__ import annotations

import asyncio
import html
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, Protocol

import pytest

from bot.channels.base import Channel, Received
from bot.messages import Address, ButtonPressed, Incoming, TextReceived

PATIENCE = 10.0  # seconds; only a broken channel waits as long


@dataclass(frozen=True, kw_only=True)
class Seen:
    """A message of the coach as the person sees it: no markup left, and its buttons' tokens."""

    ref: str
    text: str
    tokens: tuple[str, ...] = ()


class Phone(Protocol):
    """One person's device.

    `say` and `press` return at once with a receipt, a name for that delivery; they do not wait
    until the coach has taken it. Like the real platform, the phone delivers again, by itself,
    what was not acknowledged.
    """

    address: Address
    sender: str

    async def say(self, text: str) -> str:
        """Type `text` and send it."""

    async def press(self, ref: str, token: str) -> str:
        """Press the button that sends `token` on the coach's message `ref`."""

    async def redeliver(self, receipt: str) -> None:
        """The platform hands the same event in once more, although it was acknowledged."""

    async def acknowledged(self, receipt: str) -> bool:
        """Whether the channel has told the platform that the event is received."""

    async def screen(self) -> list[Seen]:
        """The coach's messages in this chat as they are now, oldest first."""

    async def vanish(self, ref: str) -> None:
        """The coach's message `ref` is gone: it can no longer be rewritten."""


@dataclass(kw_only=True)
class Receiver:
    """Stands for the turn: keeps events, and can be told to wait or to fail.

    `begun` holds each event handed in, `taken` those whose turn was committed.
    """

    begun: list[Incoming] = field(default_factory=list)
    taken: list[Incoming] = field(default_factory=list)
    notice: str = ""
    _failures: int = 0
    _gates: dict[str, asyncio.Event] = field(default_factory=dict)

    def fail(self, times: int) -> None:
        """The next `times` turns cannot be committed."""
        self._failures = times

    def hold(self, sender: str) -> None:
        """Turns of `sender` wait until `release`."""
        self._gates[sender] = asyncio.Event()

    def release(self, sender: str) -> None:
        """Let held turns go on."""
        self._gates.pop(sender).set()

    async def __call__(self, event: Incoming) -> Received:
        self.begun.append(event)
        if gate := self._gates.get(event.sender):
            await gate.wait()
        if self._failures:
            self._failures -= 1
            raise OSError("disk full")
        duplicate = any(event.id == before.id for before in self.taken)
        self.taken.append(event)
        return Received(notice=self.notice, duplicate=duplicate)


@dataclass(frozen=True, kw_only=True)
class Rig:
    """A started channel with two people on it."""

    channel: Channel
    phones: tuple[Phone, Phone]
    receiver: Receiver


async def until(claim: Callable[[], bool | Awaitable[bool]], what: str = "it") -> None:
    """Wait until `claim` holds; fail when it does not in reasonable time."""
    async with asyncio.timeout(PATIENCE):
        while True:
            holds = claim()
            if holds if isinstance(holds, bool) else await holds:
                return
            await asyncio.sleep(0.01)


def text_payload(text: str, *tokens: str) -> dict[str, Any]:
    """A rendered message: `text` is plain and gets escaped, each token makes a button."""
    payload: dict[str, Any] = {"language": "fr", "text": html.escape(text, quote=False)}
    if tokens:
        payload["buttons"] = [[{"token": token, "label": f"Go {token}"}] for token in tokens]
    return payload


HOSTILE = (
    "<b>gras</b> & <script>alert(1)</script> &amp; &lt; &#39; \"x\" 'y' <",
    "שלום \u200fمرحبا\u200e abc 65-00 \u2067rtl\u2069",
    "👩‍👩‍👧‍👦 🇲🇦 é e\u0301 ﷽",
    "x" * 4096,
    "🎯" * 2048,
    "{placeholder} %s \\n /start @coach #tag https://example.org",
)


class ChannelContract:
    """The suite. A subclass provides the fixture `rig`: a started channel and two phones."""

    async def test_typed_text_arrives_once(self, rig: Rig) -> None:
        amal, _ = rig.phones
        receipt = await amal.say("Bonjour")
        await until(lambda: amal.acknowledged(receipt))
        (event,) = rig.receiver.begun
        assert isinstance(event, TextReceived)
        assert (event.text, event.sender, event.address) == ("Bonjour", amal.sender, amal.address)
        assert event.at.tzinfo is not None
        assert not event.in_group

    async def test_texts_arrive_in_the_order_typed(self, rig: Rig) -> None:
        amal, _ = rig.phones
        for word in ("un", "deux", "trois"):
            receipt = await amal.say(word)
        await until(lambda: amal.acknowledged(receipt))
        assert [getattr(event, "text", None) for event in rig.receiver.begun] == [
            "un",
            "deux",
            "trois",
        ]

    async def test_a_redelivered_event_has_the_same_id(self, rig: Rig) -> None:
        amal, _ = rig.phones
        receipt = await amal.say("Bonjour")
        await until(lambda: amal.acknowledged(receipt))
        await amal.redeliver(receipt)
        await until(lambda: len(rig.receiver.taken) == 2)
        first, again = rig.receiver.taken
        assert first.id == again.id

    async def test_two_events_have_two_ids(self, rig: Rig) -> None:
        amal, badr = rig.phones
        await amal.say("Bonjour")
        await amal.say("Bonjour")
        await badr.say("Bonjour")
        await until(lambda: len(rig.receiver.taken) == 3)
        assert len({event.id for event in rig.receiver.taken}) == 3

    async def test_a_press_carries_its_token_and_message(self, rig: Rig) -> None:
        amal, _ = rig.phones
        ref = await rig.channel.send(
            amal.address, text_payload("?", "quiz:1:a", "b:2:"), None, "k"
        )
        receipt = await amal.press(ref, "b:2:")
        await until(lambda: amal.acknowledged(receipt))
        (event,) = rig.receiver.begun
        assert isinstance(event, ButtonPressed)
        assert (event.token, event.message_ref) == ("b:2:", ref)
        assert (event.sender, event.address) == (amal.sender, amal.address)

    async def test_nothing_is_acknowledged_before_receive_returned(self, rig: Rig) -> None:
        amal, badr = rig.phones
        rig.receiver.hold(amal.sender)
        receipt = await amal.say("Bonjour")
        await until(lambda: len(rig.receiver.begun) == 1)
        # A round trip of somebody else gives a hasty channel the time to acknowledge.
        await badr.say("Salam")
        await until(lambda: len(rig.receiver.taken) == 1)
        assert not await amal.acknowledged(receipt)
        rig.receiver.release(amal.sender)
        await until(lambda: amal.acknowledged(receipt))

    async def test_an_event_comes_again_when_receive_raised(self, rig: Rig) -> None:
        amal, _ = rig.phones
        rig.receiver.fail(2)
        receipt = await amal.say("Bonjour")
        await until(lambda: amal.acknowledged(receipt))
        assert len({event.id for event in rig.receiver.begun}) == 1
        assert len(rig.receiver.begun) == 3
        assert len(rig.receiver.taken) == 1

    async def test_two_people_do_not_wait_for_each_other(self, rig: Rig) -> None:
        amal, badr = rig.phones
        rig.receiver.hold(amal.sender)
        await amal.say("Bonjour")
        await until(lambda: len(rig.receiver.begun) == 1)
        await badr.say("Salam")
        await until(lambda: [event.sender for event in rig.receiver.taken] == [badr.sender])
        rig.receiver.release(amal.sender)
        await until(lambda: len(rig.receiver.taken) == 2)

    async def test_a_message_goes_to_its_address_only(self, rig: Rig) -> None:
        amal, badr = rig.phones
        ref = await rig.channel.send(amal.address, text_payload("Bonjour", "a::"), None, "k")
        assert await amal.screen() == [Seen(ref=ref, text="Bonjour", tokens=("a::",))]
        assert await badr.screen() == []

    async def test_a_message_is_rewritten_in_place(self, rig: Rig) -> None:
        amal, _ = rig.phones
        ref = await rig.channel.send(amal.address, text_payload("Question", "a::"), None, "k1")
        await rig.channel.send(amal.address, text_payload("Ensuite"), None, "k2")
        again = await rig.channel.send(amal.address, text_payload("Corrigé", "n::"), ref, "k3")
        assert again == ref
        texts = [(seen.text, seen.tokens) for seen in await amal.screen()]
        assert texts == [("Corrigé", ("n::",)), ("Ensuite", ())]

    async def test_a_rewrite_without_buttons_takes_them_away(self, rig: Rig) -> None:
        amal, _ = rig.phones
        ref = await rig.channel.send(amal.address, text_payload("Question", "a::"), None, "k1")
        await rig.channel.send(amal.address, text_payload("Question"), ref, "k2")
        assert await amal.screen() == [Seen(ref=ref, text="Question")]

    async def test_f2_an_identical_rewrite_counts_as_done(self, rig: Rig) -> None:
        amal, _ = rig.phones
        payload = text_payload("Question", "a::")
        ref = await rig.channel.send(amal.address, payload, None, "k1")
        assert await rig.channel.send(amal.address, payload, ref, "k2") == ref
        assert len(await amal.screen()) == 1

    async def test_rewriting_a_vanished_message_sends_anew(self, rig: Rig) -> None:
        amal, _ = rig.phones
        ref = await rig.channel.send(amal.address, text_payload("Question"), None, "k1")
        await amal.vanish(ref)
        anew = await rig.channel.send(amal.address, text_payload("Corrigé"), ref, "k2")
        assert anew != ref
        assert [(seen.ref, seen.text) for seen in await amal.screen()] == [(anew, "Corrigé")]

    async def test_rewriting_a_message_that_never_was_sends_anew(self, rig: Rig) -> None:
        amal, _ = rig.phones
        ref = await rig.channel.send(amal.address, text_payload("Bonjour"), "nonsense", "k")
        assert [(seen.ref, seen.text) for seen in await amal.screen()] == [(ref, "Bonjour")]

    @pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
    async def test_hostile_text_is_shown_as_typed(self, rig: Rig, text: str) -> None:
        amal, _ = rig.phones
        await rig.channel.send(amal.address, text_payload(text), None, "k")
        assert "".join(seen.text for seen in await amal.screen()) == text

    @pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
    async def test_hostile_text_arrives_as_typed(self, rig: Rig, text: str) -> None:
        amal, _ = rig.phones
        await amal.say(text)
        await until(lambda: len(rig.receiver.taken) == 1)
        (event,) = rig.receiver.taken
        assert isinstance(event, TextReceived)
        assert event.text == text

    async def test_the_platform_is_reachable_while_running(self, rig: Rig) -> None:
        assert await rig.channel.is_reachable()
