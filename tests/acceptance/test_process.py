"""How the process starts, answers for its health, keeps time, and ends."""

from __future__ import annotations

import os
import sqlite3
import time
from pathlib import Path

import httpx
import pytest

from tests.acceptance.coach import Coach, Page
from tests.acceptance.people import OnTelegram, wait_for
from tests.fakes.bot_api import BotApi

pytestmark = pytest.mark.acceptance


def test_it_says_where_to_chat_in_one_line_and_ends_with_0_on_sigterm(tmp_path: Path) -> None:
    coach = Coach(tmp_path).start()
    assert coach.url.startswith("http://127.0.0.1:")
    assert httpx.get(coach.url + "/healthz").status_code == 200
    ready = httpx.get(coach.url + "/readyz")
    assert ready.status_code == 200
    assert set(ready.json()) >= {"database", "web"} or "database" in ready.text
    page = Page(coach)
    page.say("/start")
    page.wait_for("Bienvenue")
    code, seconds = coach.stop()
    assert code == 0
    assert seconds < 5


def test_metrics_are_served_only_when_asked_for(tmp_path: Path) -> None:
    with Coach(tmp_path) as coach:
        assert httpx.get(coach.url + "/metrics").status_code == 404
    with Coach(tmp_path, COACH_METRICS="on") as coach:
        page = Page(coach)
        page.say("/start")
        page.client.close()
        assert 'coach_turns_total{outcome="handled"} 1' in httpx.get(coach.url + "/metrics").text


def test_logs_hold_one_line_a_turn_with_no_text_of_anybody(tmp_path: Path) -> None:
    with Coach(tmp_path, COACH_LOG="json") as coach:
        page = Page(coach)
        page.say("/start")
        page.press("J'accepte")
        page.say("mot-tres-secret-412")
        page.wait_for("1/4")
    # Stopped: every line is there.
    log = "".join(coach.log)
    assert log.count('"route"') == 3
    assert '"ms"' in log
    assert "mot-tres-secret" not in log


def test_a_port_that_is_taken_is_named(tmp_path: Path) -> None:
    import subprocess
    import sys

    with Coach(tmp_path) as coach:
        port = coach.url.rsplit(":", 1)[1]
        other = tmp_path / "other"
        other.mkdir()
        done = subprocess.run(
            [sys.executable, "-m", "bot"],
            cwd=other,
            env={**coach.environment, "COACH_WEB_PORT": port},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
    assert done.returncode == 2
    assert "COACH_WEB_PORT" in done.stderr
    assert "Traceback" not in done.stderr


def stale_zone_data(folder: Path) -> Path:
    """A zone folder in which Casablanca is still an hour ahead all year, as old systems say."""
    zones = folder / "zoneinfo" / "Africa"
    zones.mkdir(parents=True)
    # Lagos has been on UTC+1 for a century: as wrong for Casablanca today as stale data is.
    import importlib.resources

    lagos = importlib.resources.files("tzdata.zoneinfo.Africa").joinpath("Lagos").read_bytes()
    (zones / "Casablanca").write_bytes(lagos)
    return folder / "zoneinfo"


def test_f9_with_stale_system_zone_data_0800_casablanca_still_leaves_at_0800z(
    tmp_path: Path,
) -> None:
    with BotApi().in_thread() as api:
        coach = Coach(
            tmp_path,
            TELEGRAM_BOT_TOKEN=api.token,
            TELEGRAM_API_URL=api.url,
            COACH_TEST_CLOCK="2026-11-23T12:00:00Z",
            PYTHONTZPATH=str(stale_zone_data(tmp_path)),
            TZ="America/New_York",
        )
        with coach:
            person = OnTelegram(api)
            person.say("/start")
            wait_for(person, "Bienvenue")
            for label, shown in (
                ("J'accepte", "1/4"),
                ("Gestion", "2/4"),
                ("B", "3/4"),
                ("Pas encore", "4/4"),
                ("08:00", "1/5"),
            ):
                person.press(label)
                wait_for(person, shown)
        with sqlite3.connect(tmp_path / "var" / "coach.db") as database:
            due = database.execute("SELECT due_at FROM timers WHERE kind = 'daily_quiz'")
            assert due.fetchone()[0].startswith("2026-11-24 08:00:00")
        sent = len(person.texts())
        coach.environment["COACH_TEST_CLOCK"] = "2026-11-24T07:59:58Z"
        with coach:
            until = time.monotonic() + 20
            while len(person.texts()) == sent:
                assert time.monotonic() < until
                time.sleep(0.05)
        assert "cinq questions" in person.texts()[-1]
        assert "retard" not in person.texts()[-1]


def test_f5_two_processes_on_one_database_push_a_quiz_once(tmp_path: Path) -> None:
    with Coach(tmp_path, COACH_TEST_CLOCK="2026-11-24T12:00:00Z") as coach:
        page = Page(coach)
        page.say("/start")
        for label in ("J'accepte", "Gestion", "B", "Pas encore", "08:00"):
            page.wait_for("/4") if label != "J'accepte" else page.wait_for("Bienvenue")
            page.press(label)
        page.wait_for("1/5")
        cookies = page.client.cookies
    clock = "2026-11-25T07:59:57Z"
    one = Coach(tmp_path, COACH_TEST_CLOCK=clock)
    two = Coach(tmp_path, COACH_TEST_CLOCK=clock)
    with one, two:
        page = Page(one)
        page.client.cookies = cookies
        page.wait_for("cinq questions")
        time.sleep(1.5)
        assert sum("cinq questions" in text for text in page.texts()) == 1


def test_a_read_only_database_gives_a_sentence(tmp_path: Path) -> None:
    if os.geteuid() == 0:
        # root writes anywhere: a folder in the file's place is what even root cannot open.
        (tmp_path / "var" / "coach.db").mkdir(parents=True)
    else:
        (tmp_path / "var").mkdir()
        (tmp_path / "var").chmod(0o500)
    import subprocess
    import sys

    done = subprocess.run(
        [sys.executable, "-m", "bot"],
        cwd=tmp_path,
        env=Coach(tmp_path).environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "database" in done.stderr
