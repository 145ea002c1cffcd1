"""What the page's actions become."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest

from bot.channels.web.channel import WebChannel
from bot.messages import (
    ButtonPressed,
    CommandGiven,
    FileReceived,
    MessageEdited,
    TextReceived,
    VoiceReceived,
)
from bot.storage.database import Database
from tests.channels.contract import Receiver
from tests.channels.web_rig import Page, channel_on, serving
from tests.databases import fresh_database


@dataclass(kw_only=True)
class Rig:
    page: Page
    receiver: Receiver
    channel: WebChannel
    database: Database


@pytest.fixture
async def rig() -> AsyncIterator[Rig]:
    database, receiver = fresh_database(), Receiver()
    channel = channel_on(database)
    await channel.start(receiver)
    async with serving(channel) as server, Page.open(server) as page:
        yield Rig(page=page, receiver=receiver, channel=channel, database=database)
    database.close()


async def test_a_text_is_logged_and_named_by_its_place(rig: Rig) -> None:
    action = str(uuid.uuid4())
    answer = await rig.page.act(
        id=action, kind="text", text="  Bonjour\nà vous ", language="ar-MA"
    )
    assert (answer.status_code, answer.json()) == (200, {"notice": ""})
    (event,) = rig.receiver.taken
    (row,) = await rig.page.rows()
    assert isinstance(event, TextReceived)
    assert event.text == row.data["text"] == "Bonjour\nà vous"
    assert event.message_ref == str(row.data["seq"])
    assert (row.data["side"], row.data["id"]) == ("me", action)
    assert event.id == f"{rig.page.visitor}:{action}"
    assert event.language_hint == "ar-MA"


@pytest.mark.parametrize(
    ("text", "name", "arguments"),
    [
        ("/start", "start", ""),
        ("/Plan", "plan", ""),
        ("/link@coach  AB 12\nx ", "link", "AB 12\nx"),
    ],
)
async def test_a_slash_gives_a_command(rig: Rig, text: str, name: str, arguments: str) -> None:
    await rig.page.act(kind="text", text=text)
    (event,) = rig.receiver.taken
    assert isinstance(event, CommandGiven)
    assert (event.name, event.arguments) == (name, arguments)


@pytest.mark.parametrize("text", ["/", "// note", "/ 5", "/démarrer", "/a/b"])
async def test_what_only_resembles_a_command_is_a_text(rig: Rig, text: str) -> None:
    await rig.page.act(kind="text", text=text)
    (event,) = rig.receiver.taken
    assert isinstance(event, TextReceived)


async def test_a_press_gives_its_notice_and_leaves_no_row(rig: Rig) -> None:
    rig.receiver.notice = "C’est noté."
    answer = await rig.page.act(kind="press", token="quiz:1:a", message=12)
    assert answer.json() == {"notice": "C’est noté."}
    (event,) = rig.receiver.taken
    assert isinstance(event, ButtonPressed)
    assert (event.token, event.message_ref) == ("quiz:1:a", "12")
    assert await rig.page.rows() == []


async def test_an_edit_rewrites_the_message_in_place(rig: Rig) -> None:
    await rig.page.act(kind="text", text="Avant")
    seq = (await rig.page.rows())[0].data["seq"]
    await rig.page.act(kind="edit", seq=seq, text="Après")
    event = rig.receiver.taken[-1]
    assert isinstance(event, MessageEdited)
    assert (event.text, event.message_ref) == ("Après", str(seq))
    (row,) = await rig.page.rows()
    assert (row.data["seq"], row.data["text"], row.data["edited"]) == (seq, "Après", True)


async def test_the_coachs_messages_cannot_be_edited_and_none_that_is_gone(rig: Rig) -> None:
    await rig.page.act(kind="text", text="Bonjour")
    to = rig.receiver.taken[0].address
    ref = await rig.channel.send(to, {"language": "fr", "text": "Salut"}, None, "k")
    for seq in (int(ref), 999):
        answer = await rig.page.act(kind="edit", seq=seq, text="Faux")
        assert answer.status_code == 404
        assert answer.json()["notice"]
    assert len(rig.receiver.taken) == 1


async def test_nulls_and_half_characters_are_cleaned(rig: Rig) -> None:
    headers = {"origin": rig.page.origin, "content-type": "application/json"}
    body = '{"id": "%s", "kind": "text", "text": "a\\u0000b \\ud83d c"}' % uuid.uuid4()  # noqa: UP031 - braces
    answer = await rig.page.client.post("/api/act", content=body, headers=headers)
    assert answer.status_code == 200
    assert (await rig.page.rows())[0].data["text"] == "ab ? c"


async def test_a_voice_note_carries_its_seconds_and_bytes(rig: Rig) -> None:
    answer = await rig.page.upload("voice", b"OggS...", seconds="42", language="fr")
    assert answer.status_code == 200
    (event,) = rig.receiver.taken
    (row,) = await rig.page.rows()
    assert isinstance(event, VoiceReceived)
    assert (event.seconds, event.content, event.language_hint) == (42, b"OggS...", "fr")
    assert event.message_ref == str(row.data["seq"])
    assert row.data["voice"] == 42


async def test_a_voice_notes_bytes_are_not_in_the_transcript(rig: Rig) -> None:
    await rig.page.upload("voice", b"secret words", seconds="1")
    with rig.database.begin() as store:
        (row,) = store.web_log.since(rig.page.visitor, 0)
    assert row.payload == {"voice": 1}


async def test_a_file_carries_its_name_kind_and_size(rig: Rig) -> None:
    await rig.page.upload("file", b"%PDF", name="reçu été.pdf", mime="application/pdf")
    (event,) = rig.receiver.taken
    (row,) = await rig.page.rows()
    assert isinstance(event, FileReceived)
    assert (event.name, event.mime, event.size) == ("reçu été.pdf", "application/pdf", 4)
    assert row.data["file"] == {"name": "reçu été.pdf"}


@pytest.mark.parametrize(
    "fields", [{}, {"seconds": "x"}, {"seconds": "-1"}, {"seconds": "9999999"}]
)
async def test_a_voice_note_without_good_seconds_is_refused(
    rig: Rig, fields: dict[str, str]
) -> None:
    assert (await rig.page.upload("voice", b"OggS", **fields)).status_code == 400


async def test_an_upload_without_its_file_or_broken_is_refused(rig: Rig) -> None:
    headers = {"origin": rig.page.origin}
    empty = await rig.page.client.post("/api/file", files={"other": ("a", b"x")}, headers=headers)
    headers["content-type"] = "multipart/form-data; boundary=b"
    broken = await rig.page.client.post("/api/file", content=b"nonsense", headers=headers)
    assert (empty.status_code, broken.status_code) == (400, 400)


async def test_a_turn_that_cannot_be_taken_is_asked_for_again(rig: Rig) -> None:
    """The same action, handed in until it is confirmed, is logged and counted once."""
    rig.receiver.fail(1)
    action = {"id": str(uuid.uuid4()), "kind": "text", "text": "Bonjour"}
    first = await rig.page.act(**action)
    assert first.status_code == 503
    assert first.json()["notice"]
    second = await rig.page.act(**action)
    third = await rig.page.act(**action)
    assert (second.status_code, third.status_code) == (200, 200)
    assert len({event.id for event in rig.receiver.begun}) == 1
    assert len(await rig.page.rows()) == 1


async def test_one_visitor_cannot_take_anothers_id() -> None:
    database, receiver = fresh_database(), Receiver()
    channel = channel_on(database)
    await channel.start(receiver)
    async with serving(channel) as server, Page.open(server) as amal, Page.open(server) as badr:
        action = {"id": str(uuid.uuid4()), "kind": "text", "text": "Bonjour"}
        await amal.act(**action)
        await badr.act(**action)
        assert len(await badr.rows()) == 1
    assert len({event.id for event in receiver.taken}) == 2
    database.close()


async def test_before_the_channel_is_started_pages_are_told_to_ask_again() -> None:
    database = fresh_database()
    async with serving(channel_on(database)) as server, Page.open(server) as page:
        assert (await page.act(kind="text", text="Bonjour")).status_code == 503
        assert await page.rows() == []
    database.close()


async def test_stop_finishes_the_turns_in_hand(rig: Rig) -> None:
    visitor = rig.page.visitor
    rig.receiver.hold(visitor)
    action = asyncio.create_task(rig.page.act(kind="text", text="Bonjour"))
    async with asyncio.timeout(5):
        while not rig.receiver.begun:
            await asyncio.sleep(0.005)
    stop = asyncio.create_task(rig.channel.stop())
    await asyncio.sleep(0)
    assert not stop.done()
    rig.receiver.release(visitor)
    await stop
    assert (await action).status_code == 200
