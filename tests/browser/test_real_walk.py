"""The real coach in Chromium at 390 x 844: a candidate's first evening, in each language.

With COACH_PICTURES set to a folder, the README's pictures are written there.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, expect

from tests.acceptance.coach import Coach
from tests.browser.conftest import browser  # noqa: F401 - a fixture
from tests.talk import pack, texts

pytestmark = [pytest.mark.browser, pytest.mark.acceptance]

PICTURES = os.environ.get("COACH_PICTURES", "")
LOCALES = {"fr": "fr-FR", "ar": "ar-MA", "en": "en-GB"}
# A PREP answer in parts: enough for the feedback to have something to say.
PREP = {
    "fr": (
        "Il faut rendre l'information claire pour l'assuré.",
        "Parce qu'un dossier incomplet revient deux fois et retarde le remboursement.",
        "En 2024, dans mon service, une liste des pièces a fait passer les retours de 12 % à 7 %.",
        "Une information claire sert donc l'assuré et le service.",
    ),
    "ar": (
        "يجب أن تكون المعلومة واضحة للمؤمَّن.",
        "لأن الملف الناقص يعود مرتين ويؤخر التعويض.",
        "في سنة 2024 وضعت في مصلحتي لائحة للوثائق فانخفضت الملفات المرجعة من 12% إلى 7%.",
        "لذلك فالمعلومة الواضحة تخدم المؤمَّن والمصلحة.",
    ),
    "en": (
        "Information must be clear for the insured.",
        "Because an incomplete file comes back twice and delays the reimbursement.",
        "In 2024, in my unit, a list of documents cut returned files from 12% to 7%.",
        "Clear information therefore serves the insured and the service.",
    ),
}


@pytest.fixture
def coach(tmp_path: Path) -> Iterator[Coach]:
    with Coach(tmp_path, COACH_TEST_CLOCK="2026-11-24T18:00:00Z") as running:
        yield running


def word(key: str, language: str) -> str:
    """An interface text, as a button shows it."""
    return texts().template(key, language, None)  # type: ignore[arg-type]


async def tap(page: Page, label: str) -> None:
    """Tap the newest button of that name."""
    await page.locator("#log button", has_text=label).last.click()


async def tap_token(page: Page, token: str) -> None:
    await page.locator(f'#log [data-token="{token}"]').last.click()


async def type_in(page: Page, text: str) -> None:
    await page.locator("#composer textarea").fill(text)
    await page.keyboard.press("Enter")


async def newest(page: Page) -> str:
    return re.sub("[\u2066-\u2069]", "", await page.locator("#log .text").last.inner_text())


async def picture(page: Page, name: str) -> None:
    if PICTURES:
        await page.wait_for_timeout(400)
        await page.screenshot(path=Path(PICTURES) / f"{name}.png")


async def answer_one(page: Page, number: int) -> None:
    """Answer the question on the screen: as many options as it asks, then on."""
    last = page.locator("#log .text").last
    await expect(last).to_contain_text(f"{number}/5")
    letters = page.locator('#log [data-token*=":a"]')
    first = await letters.first.get_attribute("data-token")
    assert first
    quiz, position = first.split(":")[1], first.split(":")[2][1:-1]
    confirm = f"quiz:{quiz}:v{position}"
    if await page.locator(f'#log [data-token="{confirm}"]').count():
        text = await last.inner_text()
        stems = {
            re.sub(r"\W", "", q.stem.in_language(lang)): q
            for q in pack().questions.values()
            for lang in LOCALES
        }
        flat = re.sub(r"\W", "", text)
        question = next(q for stem, q in stems.items() if stem in flat)
        for option in sorted(question.key):
            await tap_token(page, f"quiz:{quiz}:a{position}{option}")
            await expect(
                page.locator(f'#log [data-token="quiz:{quiz}:a{position}{option}"]').last
            ).to_contain_text("☑")
        await tap_token(page, confirm)
    else:
        await tap_token(page, f"quiz:{quiz}:a{position}a")
    await expect(page.locator(f'#log [data-token="quiz:{quiz}:n{position}"]')).to_be_visible()


@pytest.mark.parametrize("language", ["fr", "ar", "en"])
async def test_a_first_evening(browser: Browser, coach: Coach, language: str) -> None:  # noqa: F811
    context = await browser.new_context(
        locale=LOCALES[language],
        viewport={"width": 390, "height": 844},
        has_touch=True,
        device_scale_factor=2 if PICTURES else 1,
    )
    page = await context.new_page()
    errors: list[str] = []
    page.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    await page.goto(coach.url)
    await page.locator("#welcome button").click()
    await expect(page.locator("#log .text").last).to_contain_text("Concours Coach")
    await picture(page, f"welcome-{language}")
    taps = 0
    for label in (word("start.agree", language), None, "B", word("start.dates_none", language)):
        if label is None:
            await tap_token(page, "start:stream:benefits")
        else:
            await tap(page, label)
        taps += 1
        await expect(page.locator("#log .text").last).to_contain_text(f"{taps}/4")
    await tap_token(page, "start:hour:2000")
    assert taps + 2 <= 6
    for number in range(1, 6):
        await answer_one(page, number)
        if number == 1:
            await picture(page, f"quiz-{language}")
        await page.locator('#log [data-token*=":n"]').last.click()
    await expect(page.locator("#log .text").last).to_contain_text("/5")
    await expect(page.locator('#log [data-token="quiz::extra"]')).to_be_visible()
    await picture(page, f"result-{language}")

    await type_in(page, "/plan")
    await expect(page.locator("#log .text").last).to_contain_text("☐ 1")
    step = page.locator('#log [data-token^="plan:"]', has_text="1").first
    for mark in ("◔", "✅"):
        await step.click()
        await expect(page.locator("#log .text").last).to_contain_text(f"{mark} 1")
    await picture(page, f"plan-{language}")

    await type_in(page, "/prep")
    for number, part in enumerate(PREP[language]):
        await expect(page.locator("#log .text").last).to_contain_text(f"{number + 1}/4")
        await type_in(page, part)
        await expect(page.locator("#log .text").last).to_contain_text("✍️")
        onward = ":next-" if number < 3 else ":finish"
        await page.locator(f'#log [data-token*="{onward}"]').last.click()
    await expect(page.locator('#log [data-token*="rewrite"]').last).to_be_visible()
    await picture(page, f"prep-{language}")

    await type_in(page, "/progress")
    await expect(page.locator("#log .text").last).to_contain_text("%")
    await picture(page, f"progress-{language}")
    html = page.locator("html")
    assert await html.get_attribute("dir") == ("rtl" if language == "ar" else "ltr")
    assert await page.evaluate("document.documentElement.scrollWidth") <= 390
    assert errors == []
    await context.close()
