"""A sender that reaches the database but no longer Telegram: another one sends, and none twice."""

from __future__ import annotations

import time
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.acceptance.people import OnTelegram, wait_for
from tests.acceptance.proxy import Proxy
from tests.acceptance.test_many_processes import coach, holds, settled, until
from tests.fakes.bot_api import BotApi
from tests.fakes.rates import Rates

pytestmark = [pytest.mark.acceptance, pytest.mark.postgres]


def welcomes(person: OnTelegram) -> int:
    return sum("Bienvenue" in text for text in person.texts())


@pytest.mark.parametrize("how", ["hangs", "refuses"])
def test_a_sender_cut_off_from_telegram_alone_is_replaced_and_may_come_back(
    tmp_path: Path, postgres_url: str, how: str
) -> None:
    with ExitStack() as stack:
        api = stack.enter_context(BotApi(rates=Rates()).in_thread())
        proxy = Proxy("127.0.0.1", int(api.url.rpartition(":")[2]))
        stack.enter_context(proxy.running())
        first = coach(tmp_path, api, postgres_url)
        first.environment["TELEGRAM_API_URL"] = f"http://127.0.0.1:{proxy.port}"
        stack.enter_context(first)
        until(lambda: holds(first))
        second = stack.enter_context(coach(tmp_path, api, postgres_url))
        amal, badr = OnTelegram(api, 1001), OnTelegram(api, 1002)
        amal.say("/start")
        wait_for(amal, "Bienvenue")
        assert not holds(second)
        until(lambda: settled(postgres_url))
        {"hangs": proxy.cut, "refuses": proxy.refuse}[how]()
        badr.say("/start")
        until(lambda: welcomes(badr) == 1)
        assert holds(second)
        proxy.heal()
        for number in range(3):
            amal.say(f"/start {number}")
        until(lambda: welcomes(amal) == 4)
        until(lambda: settled(postgres_url))
        # What the cut held back has come through by now: it must not have been sent again.
        time.sleep(3)
        second.kill()
        first.log.clear()
        until(lambda: holds(first))
        badr.say("/start again")
        until(lambda: welcomes(badr) == 2, 30)
        until(lambda: settled(postgres_url))
        assert (welcomes(amal), welcomes(badr)) == (4, 2)
