"""The chat page in Chromium, at the size of a phone."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, Page, Route, expect

from bot.messages import (
    Address,
    ButtonPressed,
    FileReceived,
    MessageEdited,
    TextReceived,
    VoiceReceived,
)
from bot.storage.tables import web_log
from content.schema import Language
from tests.browser.conftest import Chat, Device, device
from tests.browser.scripted import WORDS
from tests.talk import texts

pytestmark = pytest.mark.browser

START = "#welcome button"
LANGUAGES: list[tuple[str, Language, str]] = [
    ("fr-FR", "fr", "ltr"),
    ("ar-MA", "ar", "rtl"),
    ("en-GB", "en", "ltr"),
]


async def bubbles(page: Page) -> list[str]:
    """What the messages say, from the top."""
    return await page.locator("#log .text").all_inner_texts()


async def send(chat: Chat, payload: dict[str, Any], key: str, ref: str | None = None) -> str:
    """A message of the coach to the only visitor."""
    to = Address(channel="web", chat=chat.coach.events[0].sender)
    return await chat.coach.channel.send(to, {"language": "fr", **payload}, ref, key)


async def start(phone: Device) -> None:
    """Begin, until the first question is there."""
    await phone.page.locator(START).click()
    await expect(phone.page.locator("[data-token=A]")).to_be_visible()


@pytest.mark.parametrize(("locale", "language", "direction"), LANGUAGES)
async def test_from_the_welcome_to_an_answered_question(
    browser: Browser, chat: Chat, locale: str, language: Language, direction: str
) -> None:
    async with device(browser, chat, locale) as phone:
        page = phone.page
        label = texts().template("web.start", language, None)
        await expect(page.locator(START)).to_have_text(label)
        await start(phone)
        shown = await bubbles(page)
        assert len(shown) == 3
        assert shown[0] == "/start"
        await expect(page.locator("html")).to_have_attribute("dir", direction)
        await expect(page.locator("html")).to_have_attribute("lang", language)
        await expect(page.locator(".coach .bubble").last).to_have_attribute("dir", direction)
        await page.locator("[data-token=A]").click()
        await expect(page.locator("#toasts")).to_have_text(WORDS[language]["noted"])
        await expect(page.locator("[data-token=next]")).to_have_text(WORDS[language]["next"])
        # In place: as many messages as before, and the last is another.
        after = await bubbles(page)
        assert len(after) == 3
        assert after[:2] == shown[:2]
        assert after[2] != shown[2]
        assert phone.errors == []


async def test_arabic_puts_the_coach_on_the_right(browser: Browser, chat: Chat) -> None:
    async with device(browser, chat, "ar-MA") as phone:
        await start(phone)
        coach = await phone.page.locator(".coach .bubble").last.bounding_box()
        own = await phone.page.locator(".me .bubble").last.bounding_box()
        assert coach is not None
        assert own is not None
        assert coach["x"] + coach["width"] > 370
        assert own["x"] < 20


async def test_everything_works_by_keyboard(browser: Browser, chat: Chat) -> None:
    async with device(browser, chat) as phone:
        page = phone.page
        await expect(page.locator(START)).to_be_visible()
        await page.locator(START).press("Enter")
        key = page.locator("[data-token=B]")
        await expect(key).to_be_visible()
        await key.focus()
        await page.keyboard.press("Space")
        # The focus is still on a button of the message, which was rewritten meanwhile.
        await expect(page.locator("[data-token=next]")).to_be_focused()
        await page.locator("textarea").focus()
        await page.keyboard.type("un")
        await page.keyboard.press("Shift+Enter")
        await page.keyboard.type("deux")
        await page.keyboard.press("Enter")
        await expect(page.locator(".me .text").last).to_have_text("un\ndeux")
        await expect(page.locator("textarea")).to_have_value("")
        await expect(page.locator("textarea")).to_be_focused()
        assert phone.errors == []


async def test_screen_readers_find_names_for_everything(browser: Browser, chat: Chat) -> None:
    async with device(browser, chat) as phone:
        page = phone.page
        await start(phone)
        await expect(page.get_by_role("log", name="Conversation avec le coach")).to_be_visible()
        await expect(page.get_by_role("textbox", name="Votre message")).to_be_visible()
        await expect(page.locator("#log")).to_have_attribute("aria-live", "polite")
        await page.locator("textarea").fill("x")
        for name in ("Envoyer", "Joindre un fichier", "Commandes"):
            await expect(page.get_by_role("button", name=name, exact=True)).to_be_visible()


async def test_every_button_is_large_enough_for_a_thumb(browser: Browser, chat: Chat) -> None:
    async with device(browser, chat) as phone:
        await start(phone)
        await phone.page.locator("textarea").fill("Bonjour")
        await phone.page.keyboard.press("Enter")
        await expect(phone.page.locator(".pencil")).to_be_visible()
        for button in await phone.page.locator("button:visible:not(.command)").all():
            box = await button.bounding_box()
            assert box is not None
            assert min(box["width"], box["height"]) >= 44


async def test_nothing_is_lost_while_the_server_restarts(browser: Browser, chat: Chat) -> None:
    async with device(browser, chat) as phone:
        page = phone.page
        await start(phone)
        sender = chat.coach.events[0].sender
        await chat.stop()
        for text in ("pendant", "la panne"):
            await page.locator("textarea").fill(text)
            await page.keyboard.press("Enter")
        await expect(page.locator(".me .meta").last).to_contain_text("envoi")
        await expect(page.locator(".me .meta .retry")).to_have_count(1)
        await expect(page.locator("#banner")).to_be_visible()
        await chat.start()
        await expect(page.locator("#state")).to_have_class("online", timeout=20_000)
        await expect(page.locator("#banner")).to_be_hidden()
        await expect(page.locator(".coach .text").last).to_have_text("«la panne» /plan")
        assert [getattr(event, "text", "") for event in chat.coach.events] == [
            "pendant",
            "la panne",
        ]
        assert {event.sender for event in chat.coach.events} == {sender}
        assert await page.locator(".me .text").all_inner_texts() == [
            "/start",
            "pendant",
            "la panne",
        ]


async def test_a_reload_loses_no_message_on_its_way(browser: Browser, chat: Chat) -> None:
    async with device(browser, chat) as phone:
        page = phone.page
        await start(phone)

        async def away(route: Route) -> None:
            await route.abort()

        await page.route("**/api/act", away)
        await page.route("**/api/file", away)
        await page.locator("textarea").fill("gardez-moi")
        await page.keyboard.press("Enter")
        await page.locator("#chosen").set_input_files(
            {"name": "reçu.txt", "mimeType": "text/plain", "buffer": b"1234"}
        )
        await page.locator("textarea").fill("brouillon")
        await expect(page.locator(".retry")).to_be_visible()
        await page.unroute("**/api/act")
        await page.unroute("**/api/file")
        await page.reload()
        await expect(page.locator(".coach .text").last).to_have_text("reçu.txt: 4")
        await expect(page.locator(".me")).to_have_count(3)
        await expect(page.locator("textarea")).to_have_value("brouillon")
        text, file = chat.coach.events[1:]
        assert isinstance(text, TextReceived)
        assert isinstance(file, FileReceived)


async def test_an_answer_that_got_lost_counts_once(browser: Browser, chat: Chat) -> None:
    """The server took the press but its answer never came: the page hands it in again."""
    async with device(browser, chat) as phone:
        page = phone.page
        await start(phone)
        calls = 0

        async def lose_the_first(route: Route) -> None:
            nonlocal calls
            calls += 1
            if calls > 1:
                await route.continue_()
                return
            await route.fetch()
            await route.abort()

        await page.route("**/api/act", lose_the_first)
        await page.locator("[data-token=A]").click()
        await expect(page.locator("[data-token=next]")).to_be_visible()
        async with asyncio.timeout(10):
            while calls < 2:
                await asyncio.sleep(0.02)
        presses = [each for each in chat.coach.events if isinstance(each, ButtonPressed)]
        assert len(presses) == 1


async def test_ones_own_message_can_be_changed(browser: Browser, chat: Chat) -> None:
    async with device(browser, chat) as phone:
        page = phone.page
        await start(phone)
        await page.locator("textarea").fill("avant")
        await page.keyboard.press("Enter")
        await page.locator(".pencil").click()
        await expect(page.locator("textarea")).to_have_value("avant")
        await page.locator("textarea").fill("après")
        await page.keyboard.press("Enter")
        await expect(page.locator(".me .text").last).to_have_text("après")
        await expect(page.locator(".me .meta").last).to_contain_text("modifié")
        await expect(page.locator("#editing")).to_be_hidden()
        assert isinstance(chat.coach.events[-1], MessageEdited)


async def test_escape_leaves_a_change_undone(browser: Browser, chat: Chat) -> None:
    async with device(browser, chat) as phone:
        page = phone.page
        await start(phone)
        await page.locator("textarea").fill("avant")
        await page.keyboard.press("Enter")
        await page.locator("textarea").fill("brouillon")
        await page.locator(".pencil").click()
        await expect(page.locator("textarea")).to_have_value("avant")
        await page.keyboard.press("Escape")
        await expect(page.locator("#editing")).to_be_hidden()
        await expect(page.locator("textarea")).to_have_value("brouillon")


async def test_a_chosen_file_is_uploaded(browser: Browser, chat: Chat) -> None:
    async with device(browser, chat) as phone:
        page = phone.page
        await start(phone)
        async with page.expect_file_chooser() as choosing:
            await page.locator("#attach").click()
        chooser = await choosing.value
        await chooser.set_files(
            {"name": "reçu.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7"}
        )
        await expect(page.locator(".me .text").last).to_have_text("📎 reçu.pdf")
        await expect(page.locator(".coach .text").last).to_have_text("reçu.pdf: 8")
        assert phone.errors == []


async def test_a_file_too_large_is_refused_before_it_leaves(
    browser: Browser, chat: Chat, tmp_path: Path
) -> None:
    film = tmp_path / "film.mp4"
    with film.open("wb") as file:
        file.truncate(20 * 2**20 + 1)
    async with device(browser, chat) as phone:
        await start(phone)
        await phone.page.locator("#chosen").set_input_files(film)
        await expect(phone.page.locator("#toasts")).to_contain_text("20 Mo")
        assert len(chat.coach.events) == 1


async def test_a_voice_note_is_recorded_timed_and_sent(browser: Browser, chat: Chat) -> None:
    async with device(browser, chat) as phone:
        page = phone.page
        await start(phone)
        await page.locator("#record").click()
        await expect(page.locator("#recorder time")).to_have_text("0:01", timeout=10_000)
        await page.locator("#deliver").click()
        await expect(page.locator(".me .text").last).to_contain_text("Note vocale · 0:0")
        await expect(page.locator(".coach .text").last).to_contain_text("True")
        event = chat.coach.events[-1]
        assert isinstance(event, VoiceReceived)
        assert event.content
        assert event.seconds >= 1
        await expect(page.locator("#composer")).to_be_visible()


async def test_a_dropped_voice_note_is_not_sent(browser: Browser, chat: Chat) -> None:
    async with device(browser, chat) as phone:
        page = phone.page
        await start(phone)
        await page.locator("#record").click()
        await page.locator("#drop").click()
        await expect(page.locator("#composer")).to_be_visible()
        await page.locator("textarea").fill("plutôt écrire")
        await page.keyboard.press("Enter")
        await expect(page.locator(".coach .text").last).to_contain_text("plutôt écrire")
        assert len(chat.coach.events) == 2


async def test_markup_is_bold_and_italic_and_nothing_else(browser: Browser, chat: Chat) -> None:
    async with device(browser, chat) as phone:
        page = phone.page
        await start(phone)
        text = (
            "<b>gras</b> <i>italique</i> a &lt; b &amp; c "
            '<img src=x onerror="document.title=1"><script>document.title=2</script>'
            '<a href="javascript:1">lien</a>'
        )
        await send(chat, {"text": text}, "hostile")
        last = page.locator(".coach .text").last
        await expect(last).to_contain_text("gras italique a < b & c <img src=x onerror=")
        assert await last.locator("b").inner_text() == "gras"
        assert await last.locator("i").inner_text() == "italique"
        assert await last.locator("img, script, a").count() == 0
        assert await page.title() == "Concours Coach"
        assert phone.errors == []


async def test_ones_own_markup_is_shown_as_typed(browser: Browser, chat: Chat) -> None:
    async with device(browser, chat) as phone:
        await start(phone)
        await phone.page.locator("textarea").fill("<b>x</b> <img src=x onerror=alert(1)>")
        await phone.page.keyboard.press("Enter")
        own = phone.page.locator(".me .text").last
        await expect(own).to_have_text("<b>x</b> <img src=x onerror=alert(1)>")


@pytest.mark.parametrize("text", ["x" * 4096, "mot " * 1024, "ﷺ" * 4096, "🎯" * 2048])
async def test_long_messages_wrap(browser: Browser, chat: Chat, text: str) -> None:
    async with device(browser, chat) as phone:
        page = phone.page
        await start(phone)
        await page.locator("textarea").fill(text)
        await page.keyboard.press("Enter")
        await send(chat, {"text": text}, "long")
        await expect(page.locator(".coach .text").nth(2)).to_be_attached()
        wide = "[document.documentElement, document.querySelector('#log')]"
        assert await page.evaluate(f"{wide}.every((each) => each.scrollWidth <= 390)")


async def test_a_reader_who_scrolled_up_is_not_moved(browser: Browser, chat: Chat) -> None:
    async with device(browser, chat) as phone:
        page = phone.page
        await start(phone)
        refs = [await send(chat, {"text": f"ligne\n{n}\n" * 3}, f"k{n}") for n in range(30)]
        await expect(page.locator(".coach")).to_have_count(32)
        await page.evaluate("document.querySelector('#log').scrollTop = 1500")
        seen = page.locator(".coach").nth(15)
        before = await seen.bounding_box()
        await send(chat, {"text": "récrit\n" * 20}, "r", refs[2])
        await send(chat, {"text": "tout en bas"}, "n")
        await expect(page.locator("#pill")).to_be_visible()
        after = await seen.bounding_box()
        assert before is not None
        assert after is not None
        assert abs(before["y"] - after["y"]) < 2
        await page.locator("#pill").click()
        await expect(page.get_by_text("tout en bas")).to_be_in_viewport()
        await expect(page.locator("#pill")).to_be_hidden()


async def test_the_end_stays_in_sight_when_the_keyboard_opens(
    browser: Browser, chat: Chat
) -> None:
    async with device(browser, chat) as phone:
        page = phone.page
        await start(phone)
        for number in range(15):
            await send(chat, {"text": f"{number}\n\n"}, f"k{number}")
        await expect(page.locator(".coach")).to_have_count(17)
        await page.set_viewport_size({"width": 390, "height": 500})
        await expect(page.locator(".coach").last).to_be_in_viewport()


async def test_commands_in_a_text_and_in_the_menu_send_themselves(
    browser: Browser, chat: Chat
) -> None:
    async with device(browser, chat) as phone:
        page = phone.page
        await start(phone)
        name = texts().commands("fr")[0][0]
        await page.get_by_role("button", name="Commandes").click()
        await page.locator("#menu button").first.click()
        await expect(page.locator("#menu")).to_be_hidden()
        await expect(page.locator(".me .text").last).to_have_text(f"/{name}")
        await send(chat, {"text": f"Voyez (/{name}), 24/11, et/ou https://example.org/plan."}, "k")
        await page.locator(".coach .command").last.click()
        await expect(page.locator(".me .text")).to_have_count(3)
        assert await page.locator(".coach .command").count() == 1


async def test_the_page_speaks_the_language_of_the_last_message(
    browser: Browser, chat: Chat
) -> None:
    async with device(browser, chat, "fr-FR") as phone:
        page = phone.page
        await start(phone)
        await send(chat, {"language": "ar", "text": "مرحبا"}, "k")
        await expect(page.locator("html")).to_have_attribute("dir", "rtl")
        await expect(page.locator("textarea")).to_have_attribute("placeholder", "رسالتك")
        # Earlier messages keep their own direction.
        await expect(page.locator(".coach .bubble").first).to_have_attribute("dir", "ltr")


async def test_after_forget_the_page_is_empty_again(browser: Browser, chat: Chat) -> None:
    async with device(browser, chat) as phone:
        await start(phone)
        with chat.database.begin() as store:
            store.connection.execute(web_log.delete())
        await expect(phone.page.locator(START)).to_be_visible()
        await expect(phone.page.locator(".row")).to_have_count(0)


async def test_the_transcript_is_there_again_on_another_look(browser: Browser, chat: Chat) -> None:
    async with device(browser, chat) as phone:
        page = phone.page
        await start(phone)
        before = await bubbles(page)
        await page.reload()
        await expect(page.locator("[data-token=A]")).to_be_visible()
        assert await bubbles(page) == before
        assert phone.errors == []


async def test_a_sent_file_can_be_downloaded(browser: Browser, chat: Chat) -> None:
    async with device(browser, chat) as phone:
        await start(phone)
        file = {"name": "plan.ics", "mime": "text/calendar", "data": "QkVHSU4="}
        await send(chat, {"text": "Votre plan", "file": file}, "k")
        async with phone.page.expect_download() as loading:
            await phone.page.get_by_role("link", name="plan.ics").click()
        download = await loading.value
        assert download.suggested_filename == "plan.ics"
        assert phone.errors == []


async def test_nothing_is_loaded_from_another_host(browser: Browser, chat: Chat) -> None:
    async with device(browser, chat) as phone:
        hosts: set[str] = set()
        phone.page.on("request", lambda request: hosts.add(request.url.split("/")[2]))
        await phone.page.reload()
        await start(phone)
        assert hosts == {f"127.0.0.1:{chat.port}"}
