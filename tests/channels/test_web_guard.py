"""What the web chat refuses, and that it says so kindly."""

from __future__ import annotations

from collections.abc import AsyncIterator

import httpx
import pytest
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException

from bot.channels.web import guard
from bot.channels.web.guard import BURST, PER_SECOND, FloodGuard, check_origin
from tests.channels.contract import Receiver
from tests.channels.web_rig import Page, channel_on, serving
from tests.databases import fresh_database
from tests.talk import texts

KNOWN = frozenset({"127.0.0.1", "coach.example"})


@pytest.fixture
async def page() -> AsyncIterator[Page]:
    database = fresh_database()
    channel = channel_on(database)
    await channel.start(Receiver())
    async with serving(channel) as server, Page.open(server) as page:
        yield page
    database.close()


@pytest.mark.parametrize(
    "headers",
    [
        {"host": "127.0.0.1:8080", "origin": "http://127.0.0.1:8080"},
        {"host": "[::1]:8080", "origin": "http://[::1]:8080", "sec-fetch-site": "same-origin"},
        {"host": "chat.example", "origin": "https://chat.example"},
        {"host": "localhost:8080", "sec-fetch-site": "same-origin"},
        {"host": "coach.example", "sec-fetch-site": "same-origin"},
    ],
)
def test_the_pages_own_requests_pass(headers: dict[str, str]) -> None:
    check_origin(Headers(headers), KNOWN)


@pytest.mark.parametrize(
    "headers",
    [
        {"host": "127.0.0.1:8080"},
        {"host": "127.0.0.1:8080", "origin": "null"},
        {"host": "127.0.0.1:8080", "origin": "http://evil.example"},
        {"host": "127.0.0.1:8080", "origin": "http://127.0.0.1:9090"},
        {"host": "127.0.0.1:8080", "origin": "http://[bad"},
        {"host": "[bad", "sec-fetch-site": "same-origin"},
        {"host": "127.0.0.1", "origin": "http://127.0.0.1", "sec-fetch-site": "cross-site"},
        {"host": "127.0.0.1", "sec-fetch-site": "same-site"},
        {"host": "127.0.0.1", "sec-fetch-site": "none"},
        {"host": "rebound.example", "sec-fetch-site": "same-origin"},
        {"origin": "http://127.0.0.1"},
    ],
)
def test_requests_of_other_pages_are_refused(headers: dict[str, str]) -> None:
    with pytest.raises(HTTPException) as refused:
        check_origin(Headers(headers), KNOWN)
    assert refused.value.status_code == 403


@pytest.mark.parametrize("path", ["/api/act", "/api/voice", "/api/file"])
async def test_every_way_in_checks_the_origin(page: Page, path: str) -> None:
    answer = await page.client.post(path, headers={"origin": "http://evil.example"})
    assert answer.status_code == 403


async def test_a_form_is_not_an_action_and_json_is_not_an_upload(page: Page) -> None:
    headers = {"origin": page.origin}
    form = await page.client.post("/api/act", data={"kind": "text"}, headers=headers)
    json = await page.client.post("/api/voice", json={}, headers=headers)
    assert (form.status_code, json.status_code) == (415, 415)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"null",
        b"[]",
        b"{",
        b"[" * 20_000,
        b'{"kind": "text"}',
        b'{"kind": "text", "id": "1", "text": "x"}',
        b'{"kind": "file", "id": "00000000-0000-4000-8000-000000000000", "size": 1}',
        b'{"kind": "text", "id": "00000000-0000-4000-8000-000000000000", "text": " \\n"}',
        b'{"kind": "press", "id": "00000000-0000-4000-8000-000000000000", "token": ""}',
        b'{"kind": {}, "id": [], "text": 4}',
        b"\xff\xfe",
    ],
)
async def test_a_body_that_is_no_action_is_refused(page: Page, body: bytes) -> None:
    headers = {"origin": page.origin, "content-type": "application/json"}
    answer = await page.client.post("/api/act", content=body, headers=headers)
    assert answer.status_code == 400
    assert answer.json()["notice"]


async def test_a_text_of_4096_characters_passes_and_a_longer_one_does_not(page: Page) -> None:
    assert (await page.act(kind="text", text="🎯" * 4096)).status_code == 200
    refused = await page.act(kind="text", text="x" * 4097)
    assert refused.status_code == 413
    assert "4" in refused.json()["notice"]


async def test_a_huge_body_is_refused_unread(page: Page) -> None:
    headers = {"origin": page.origin, "content-type": "application/json"}
    answer = await page.client.post("/api/act", content=b"x" * 100_000, headers=headers)
    assert answer.status_code == 413


async def test_a_voice_note_over_5_mb_is_refused(page: Page) -> None:
    fits = await page.upload("voice", b"x" * (5 * 2**20), seconds="9")
    over = await page.upload("voice", b"x" * (5 * 2**20 + 1), seconds="9")
    assert (fits.status_code, over.status_code) == (200, 413)


async def test_a_file_over_20_mb_is_refused(page: Page) -> None:
    answer = await page.upload("file", b"x" * (20 * 2**20 + 1))
    assert answer.status_code == 413


async def test_a_flood_is_refused_with_a_sentence_in_the_pages_language(
    page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guard, "PER_SECOND", 0.0)
    for _ in range(BURST):
        assert (await page.act(kind="text", text="encore")).status_code == 200
    refused = await page.act(kind="text", text="encore", headers={"accept-language": "ar"})
    assert refused.status_code == 429
    assert refused.json()["notice"] == texts().template("web.flood", "ar", None)
    assert int(refused.headers["retry-after"]) > 0


def test_a_flood_of_one_visitor_does_not_touch_another() -> None:
    flood = FloodGuard(seconds=lambda: 0.0)
    for _ in range(BURST):
        flood.check("amal")
    with pytest.raises(HTTPException):
        flood.check("amal")
    flood.check("badr")


def test_who_waits_may_go_on() -> None:
    now = 0.0
    flood = FloodGuard(seconds=lambda: now)
    for _ in range(BURST):
        flood.check("amal")
    now = 1.0
    for _ in range(int(PER_SECOND)):
        flood.check("amal")
    with pytest.raises(HTTPException):
        flood.check("amal")


def test_full_buckets_are_forgotten_before_there_are_too_many(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(guard, "_BUCKETS_KEPT", 3)
    now = 0.0
    flood = FloodGuard(seconds=lambda: now)
    for number in range(100):
        now += BURST / PER_SECOND
        flood.check(str(number))
    assert len(flood._buckets) <= 3


async def test_who_refuses_cookies_is_counted_all_the_same(
    page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guard, "PER_SECOND", 0.0)
    body = {"id": "00000000-0000-4000-8000-000000000000", "kind": "text", "text": "x"}
    statuses = set()
    async with httpx.AsyncClient(base_url=page.origin, trust_env=False) as client:
        for _ in range(BURST + 5):
            client.cookies.clear()
            answer = await client.post("/api/act", json=body, headers={"origin": page.origin})
            statuses.add(answer.status_code)
    assert statuses == {200, 429}


@pytest.mark.parametrize("path", ["/", "/page/main.js", "/page/chat.css", "/api/labels"])
async def test_the_browser_is_told_to_load_nothing_from_elsewhere(page: Page, path: str) -> None:
    headers = (await page.client.get(path)).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
