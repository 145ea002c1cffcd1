"""The transcript's tail: nothing is lost or doubled, whatever happens to the connection."""

from __future__ import annotations

import asyncio
import base64
from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest

from bot.channels.web import outbound
from bot.channels.web.channel import WebChannel
from bot.channels.web.server import WebServer
from bot.messages import Address
from bot.storage.database import Database
from bot.storage.tables import web_log
from tests.channels.contract import Receiver
from tests.channels.web_rig import Event, Page, channel_on, serving
from tests.databases import fresh_database


@dataclass(kw_only=True)
class Rig:
    page: Page
    channel: WebChannel
    database: Database
    server: WebServer
    sent: int = 0

    async def send(self, text: str, ref: str | None = None, **more: object) -> str:
        self.sent += 1
        to = Address(channel="web", chat=self.page.visitor)
        payload = {"language": "fr", "text": text, **more}
        return await self.channel.send(to, payload, ref, f"k{self.sent}")


@pytest.fixture
async def rig() -> AsyncIterator[Rig]:
    database = fresh_database()
    channel = channel_on(database)
    await channel.start(Receiver())
    async with serving(channel) as server, Page.open(server) as page:
        yield Rig(page=page, channel=channel, database=database, server=server)
    database.close()


async def take(events: AsyncIterator[Event], count: int) -> list[Event]:
    """The next rows."""
    found: list[Event] = []
    async with asyncio.timeout(5):
        while len(found) < count:
            event = await anext(events)
            if event.kind == "row":
                found.append(event)
    return found


async def test_new_rows_and_rewrites_come_live(rig: Rig) -> None:
    async with rig.page.stream() as events:
        ref = await rig.send("un")
        rows = await take(events, 1)
        await rig.send("deux")
        rows += await take(events, 1)
        await rig.send("UN", ref)
        rows += await take(events, 1)
    assert [row.data["text"] for row in rows] == ["un", "deux", "UN"]
    assert rows[0].data["seq"] == rows[2].data["seq"]
    assert int(rows[0].id) < int(rows[1].id) < int(rows[2].id)


async def test_a_killed_connection_resumes_without_loss_or_double(rig: Rig) -> None:
    seen: list[Event] = []
    for number in range(6):
        first = await rig.send(f"{number}a")
        headers = {"last-event-id": seen[-1].id} if seen else {}
        async with rig.page.stream(headers=headers) as events:
            seen += await take(events, 1)
        # While nobody listens, one is written and one rewritten.
        await rig.send(f"{number}b")
        await rig.send(f"{number}c", first)
        async with rig.page.stream(params={"after": seen[-1].id}) as events:
            seen += await take(events, 2)
    assert [row.data["text"] for row in seen] == [
        f"{number}{letter}" for number in range(6) for letter in "abc"
    ]


@pytest.mark.parametrize("nonsense", ["x", "-1", "1" * 40, "٣", ""])
async def test_a_nonsense_resume_shows_everything(rig: Rig, nonsense: str) -> None:
    await rig.send("un")
    headers = {"last-event-id": nonsense.encode()}
    assert len(await rig.page.rows(headers=headers)) == 1


async def test_another_process_writing_is_noticed(rig: Rig) -> None:
    other = channel_on(rig.database)
    async with rig.page.stream() as events:
        to = Address(channel="web", chat=rig.page.visitor)
        await other.send(to, {"language": "fr", "text": "d’ailleurs"}, None, "k")
        (row,) = await take(events, 1)
    assert row.data["text"] == "d’ailleurs"


async def test_a_send_tried_again_adds_nothing(rig: Rig) -> None:
    to = Address(channel="web", chat=rig.page.visitor)
    payload = {"language": "fr", "text": "Bonjour"}
    first = await rig.channel.send(to, payload, None, "key" * 50)
    again = await rig.channel.send(to, payload, None, "key" * 50)
    assert first == again
    assert len(await rig.page.rows()) == 1


async def test_an_identical_rewrite_makes_no_news(rig: Rig) -> None:
    ref = await rig.send("un")
    before = await rig.page.rows()
    await rig.send("un", ref)
    assert await rig.page.rows() == before


async def test_the_last_200_messages_are_kept_and_the_page_knows_the_first(rig: Rig) -> None:
    refs = [await rig.send(str(number)) for number in range(205)]
    async with rig.page.stream() as events:
        rows = await take(events, 200)
        first = await anext(events)
    assert [row.data["text"] for row in rows] == [str(number) for number in range(5, 205)]
    assert (first.kind, first.data) == ("first", int(refs[5]))


async def test_a_transcript_begun_anew_replaces_the_old_one_on_the_page(rig: Rig) -> None:
    """After /forget an open page drops what it shows, and sees the new messages."""
    old = int(await rig.send("ancien"))
    async with rig.page.stream() as events:
        await take(events, 1)
        with rig.database.begin() as store:
            store.connection.execute(web_log.delete())
        new = int(await rig.send("nouveau"))
        (row,) = await take(events, 1)
        async with asyncio.timeout(5):
            async for event in events:
                if event.kind == "first" and event.data == new:
                    break
    assert row.data["text"] == "nouveau"
    assert new > old


async def test_an_emptied_transcript_empties_the_page(rig: Rig) -> None:
    await rig.send("ancien")
    async with rig.page.stream() as events:
        await take(events, 1)
        with rig.database.begin() as store:
            store.connection.execute(web_log.delete())
        async with asyncio.timeout(5):
            async for event in events:
                if event.kind == "first" and event.data == 0:
                    break


async def test_a_quiet_stream_beats(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outbound, "POLL_SECONDS", 0.01)
    monkeypatch.setattr(outbound, "BEAT_SECONDS", 0.02)
    async with rig.page.stream() as events, asyncio.timeout(5):
        kinds = [(await anext(events)).kind for _ in range(3)]
    assert kinds == ["first", "beat", "beat"]


async def test_nobody_sees_anothers_transcript_or_file(rig: Rig) -> None:
    file = {"name": "plan.ics", "mime": "text/calendar", "data": base64.b64encode(b"x").decode()}
    ref = await rig.send("à moi", file=file)
    async with Page.open(rig.server) as stranger:
        assert await stranger.rows() == []
        assert (await stranger.client.get(f"/api/file/{ref}")).status_code == 404


async def test_a_sent_file_is_a_link_to_its_bytes(rig: Rig) -> None:
    data = b"BEGIN:VCALENDAR\r\n"
    file = {
        "name": "مباراة été.ics",
        "mime": "text/calendar",
        "data": base64.b64encode(data).decode(),
    }
    ref = await rig.send("Votre plan", file=file)
    (row,) = await rig.page.rows()
    assert row.data["file"] == {"name": "مباراة été.ics", "href": f"/api/file/{ref}"}
    answer = await rig.page.client.get(row.data["file"]["href"])
    assert answer.content == data
    assert answer.headers["content-type"].startswith("text/calendar")
    assert answer.headers["content-disposition"].startswith("attachment; filename*=UTF-8''%D9")


@pytest.mark.parametrize("path", ["/api/file/1", "/api/file/x", "/api/file/99999999999999999999"])
async def test_a_file_that_is_not_there_is_not_found(rig: Rig, path: str) -> None:
    assert (await rig.page.client.get(path)).status_code == 404


async def test_a_visitor_has_so_many_streams_and_no_more(rig: Rig) -> None:
    await rig.send("un")
    async with asyncio.timeout(10), asyncio.TaskGroup() as group:
        ready: asyncio.Queue[None] = asyncio.Queue()
        done = asyncio.Event()

        async def listen() -> None:
            async with rig.page.stream() as events:
                await take(events, 1)
                ready.put_nowait(None)
                await done.wait()

        for _ in range(outbound.STREAMS_PER_VISITOR):
            group.create_task(listen())
        for _ in range(outbound.STREAMS_PER_VISITOR):
            await ready.get()
        assert (await rig.page.client.get("/api/stream")).status_code == 429
        done.set()


async def test_open_streams_do_not_delay_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.channels.web.server.STOP_SECONDS", 600)
    database = fresh_database()
    channel = channel_on(database)
    await channel.start(Receiver())
    async with serving(channel) as server, Page.open(server) as page, page.stream() as events:
        await anext(events)
        async with asyncio.timeout(60):
            await server.stop()
        assert [event async for event in events] == []
    database.close()
