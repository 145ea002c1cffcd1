"""The HTTP server around the chat."""

from __future__ import annotations

import asyncio
import re
import signal

import httpx
import pytest
from starlette.datastructures import Headers

from bot.channels.web.pages import FOLDER, LABELS
from bot.channels.web.server import WebServer
from bot.errors import SettingsError
from content.schema import LANGUAGES
from tests.channels.web_rig import channel_on, serving
from tests.databases import fresh_database
from tests.talk import texts


def client_of(server: WebServer) -> httpx.AsyncClient:
    return httpx.AsyncClient(base_url=f"http://127.0.0.1:{server.port}", trust_env=False)


def test_the_page_weighs_less_than_30_kb() -> None:
    """Markup, styles and scripts together, as they travel (FEATURES T55)."""
    parts = [path for path in FOLDER.iterdir() if path.suffix in {".html", ".css", ".js"}]
    assert 0 < sum(path.stat().st_size for path in parts) < 30_000


def test_the_page_names_no_other_host() -> None:
    """Nothing is loaded from a third party (FEATURES T55)."""
    code = "".join(path.read_text() for path in FOLDER.iterdir())
    assert set(re.findall(r"""["'(=]\s*(?:https?:)?//[\w.]+""", code)) == {'"http://www.w3.org'}


def test_every_label_the_page_uses_is_served_and_no_other() -> None:
    code = "".join(path.read_text() for path in FOLDER.iterdir())
    used = set(re.findall(r"""(?:word\(|data-word=|data-label=)"(\w+)\"""", code))
    assert used <= set(LABELS)
    assert [name for name in LABELS if f'"{name}"' not in code] == []


async def test_the_page_and_its_parts_are_served_and_cached() -> None:
    async with serving(channel_on(fresh_database())) as server, client_of(server) as client:
        for path in FOLDER.iterdir():
            answer = await client.get("/" if path.suffix == ".html" else f"/page/{path.name}")
            assert answer.content == path.read_bytes()
            again = await client.get(
                str(answer.url), headers={"if-none-match": answer.headers["etag"]}
            )
            assert again.status_code == 304
        assert (await client.get("/page/../server.py")).status_code == 404


async def test_labels_come_in_three_languages_with_their_commands() -> None:
    async with serving(channel_on(fresh_database())) as server, client_of(server) as client:
        tables = (await client.get("/api/labels")).json()
    assert set(tables) == set(LANGUAGES)
    for language, table in tables.items():
        assert set(table["labels"]) == set(LABELS)
        assert [tuple(each) for each in table["commands"]] == texts().commands(language)


async def test_without_pages_only_health_is_served() -> None:
    async with serving(None) as server, client_of(server) as client:
        for path in ("/", "/api/labels", "/page/main.js", "/api/stream"):
            assert (await client.get(path)).status_code == 404
        assert (await client.get("/healthz")).status_code == 200


async def test_ready_means_that_every_check_passes() -> None:
    answers = {"database": True, "telegram": True}

    async def database() -> bool:
        return answers["database"]

    async def telegram() -> bool:
        if not answers["telegram"]:
            raise ConnectionError
        return True

    checks = {"database": database, "telegram": telegram}
    async with serving(None, checks=checks) as server, client_of(server) as client:
        ready = await client.get("/readyz")
        answers["telegram"] = False
        unready = await client.get("/readyz")
    assert (ready.status_code, ready.json()) == (200, {"database": True, "telegram": True})
    assert (unready.status_code, unready.json()) == (503, {"database": True, "telegram": False})


async def test_a_webhook_takes_posts_at_its_path() -> None:
    taken: list[tuple[str | None, bytes]] = []

    async def accept(headers: Headers, body: bytes) -> int:
        taken.append((headers.get("x-secret"), body))
        return 202

    async with (
        serving(None, webhooks={"/hook": accept}) as server,
        client_of(server) as client,
    ):
        answer = await client.post("/hook", content=b"{}", headers={"x-secret": "s"})
        huge = await client.post("/hook", content=b"x" * (2**20 + 1))
        assert (await client.get("/hook")).status_code == 405
    assert (answer.status_code, huge.status_code, taken) == (202, 413, [("s", b"{}")])


async def test_a_taken_port_is_said_with_its_setting() -> None:
    async with serving(None) as server:
        second = WebServer(host="127.0.0.1", port=server.port)
        with pytest.raises(SettingsError, match=f"COACH_WEB_PORT: port {server.port} .* is taken"):
            await second.start()
        await second.stop()


async def test_a_host_of_another_machine_is_said_with_its_setting() -> None:
    with pytest.raises(SettingsError, match="COACH_WEB_HOST"):
        await WebServer(host="203.0.113.7", port=0).start()


async def test_the_port_is_free_again_after_stop() -> None:
    async with serving(None) as server:
        port = server.port
    async with serving(None, port=port) as again:
        assert again.port == port


async def test_signals_are_left_to_the_process() -> None:
    before = [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)]
    async with serving(None):
        await asyncio.sleep(0)
        after = [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)]
    assert before == after
