"""Who a browser is to the web chat."""

from __future__ import annotations

from http.cookies import SimpleCookie

import httpx
import pytest
from sqlalchemy import func, select

from bot.channels.web.visitors import Visitors
from bot.storage.tables import metadata
from tests.channels.contract import Receiver
from tests.channels.web_rig import Page, channel_on, serving
from tests.databases import fresh_database


async def _cookie(value: str = "", **more: str) -> str:
    """The Set-Cookie that a look at the page gives."""
    headers = {name.encode(): text.encode() for name, text in more.items()}
    if value:
        headers[b"cookie"] = f"coach={value}".encode()
    async with (
        serving(channel_on(fresh_database())) as server,
        httpx.AsyncClient(trust_env=False) as client,
    ):
        answer = await client.get(f"http://127.0.0.1:{server.port}/", headers=headers)
        return answer.headers["set-cookie"]


def _value(cookie: str) -> str:
    return SimpleCookie(cookie)["coach"].value


async def test_a_newcomer_gets_a_cookie_that_scripts_cannot_read() -> None:
    cookie = await _cookie()
    attributes = cookie.split("; ")[1:]
    assert attributes == ["Path=/", "Max-Age=34560000", "HttpOnly", "SameSite=Lax"]
    visitor, _, signature = _value(cookie).partition(".")
    assert (len(visitor), len(signature)) == (32, 64)


async def test_behind_https_the_cookie_is_secure() -> None:
    assert "Secure" in (await _cookie(**{"x-forwarded-proto": "https"})).split("; ")


async def test_a_look_at_the_page_renews_the_cookie_of_a_known_visitor() -> None:
    value = _value(await _cookie())
    assert _value(await _cookie(value)) == value


@pytest.mark.parametrize(
    "forged",
    ["x", ".", "0" * 32, f"{'0' * 32}.{'0' * 64}", f"{'0' * 32}.", "é.ü", '"', "a.b.c"],
)
async def test_a_forged_cookie_gives_a_new_identity(forged: str) -> None:
    value = _value(await _cookie(forged))
    assert value != forged
    assert Visitors(b"for tests only").read(value) == value.partition(".")[0]


async def test_a_cookie_signed_with_another_secret_gives_a_new_identity() -> None:
    other = Visitors(b"another")
    value = other.sign(other.make())
    assert _value(await _cookie(value)) != value


async def test_looking_at_the_page_leaves_nothing_in_the_database() -> None:
    database = fresh_database()
    channel = channel_on(database)
    await channel.start(Receiver())
    async with serving(channel) as server, Page.open(server) as page:
        assert await page.rows() == []
    with database.engine.connect() as connection:
        for table in metadata.sorted_tables:
            assert connection.execute(select(func.count()).select_from(table)).scalar() == 0
    database.close()
