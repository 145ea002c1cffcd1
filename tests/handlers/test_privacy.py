"""/privacy, /mydata and /forget, as a person meets them (M100, T48)."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from bot.domain.enrolment import MilestoneDate
from bot.messages import Address
from bot.storage.database import Database
from bot.storage.tables import draft_texts, drafts, metadata
from content.schema import LANGUAGES
from tests.lives import me, settle
from tests.talk import Talk

WORDS = "Dans mon ancien service j’ai réduit les rejets"
CHAT = "918273645546372"


def live(talk: Talk) -> str:
    """A candidate with a bit of everything; their id."""
    mine = settle(talk).id
    talk.say("/quiz")
    talk.answer(right=False)
    with talk.database.begin() as store:
        enrolment = store.enrolments.ensure_default(mine, "Concours de Salma", talk.now)
        day = talk.now.date().replace(month=12)
        store.enrolments.set_date(
            enrolment, MilestoneDate(kind="written", day=day, entered_on=talk.now.date())
        )
        draft = store.connection.execute(
            drafts.insert().values(
                candidate_id=mine, frame="prep", prompt_id="p", part=0,
                created_at=talk.now, banked=False,
            )
        ).inserted_primary_key  # fmt: skip
        store.connection.execute(
            draft_texts.insert().values(
                draft_id=draft[0], part=0, text=WORDS, message_ref="1", at=talk.now
            )
        )
        store.conversations.open(Address(channel="web", chat="w4"), "w4", mine, talk.now)
        store.web_log.write("w4", side="me", key="k", payload={"text": WORDS}, now=talk.now)
        store.timers.arm(mine, "daily_quiz", "", talk.now)
    talk.press_token("set:reminder:1800")
    return mine


def dump(talk: Talk) -> str:
    with talk.database.engine.connect() as connection:
        return repr(
            {
                table.name: [tuple(row) for row in connection.execute(sa.select(table))]
                for table in metadata.sorted_tables
            }
        )


def read_file(talk: Talk) -> dict[str, Any]:
    file = talk.screen.file
    assert file is not None
    assert (file["name"], file["mime"]) == ("concours-coach-data.json", "application/json")
    read: dict[str, Any] = json.loads(base64.b64decode(file["data"]).decode("utf-8"))
    return read


@pytest.fixture
def talk() -> Talk:
    """A person on Telegram."""
    talk = Talk()
    talk.move_to("telegram", CHAT)
    return talk


@pytest.mark.parametrize("language", LANGUAGES)
def test_m100_the_notice_is_there_before_consent_and_keeps_nothing(language: str) -> None:
    talk = Talk(language=language)
    talk.move_to("telegram", CHAT)
    for act in (lambda: talk.say("/privacy"), lambda: talk.press_token("privacy::show")):
        act()
        text = talk.screen.text
        assert "09-08" in text
        assert "CNDP" in text
        for command in ("/mydata", "/forget", "/settings", "/start"):
            assert command in text
        assert len(text) < 4096
    assert CHAT not in dump(talk)


def test_a_candidate_finds_their_data_and_the_way_out_under_the_text(talk: Talk) -> None:
    settle(talk)
    talk.say("/privacy")
    assert list(talk.screen.buttons.values()) == ["privacy::data", "forget::"]
    talk.press("📄 Mes données")
    assert read_file(talk)["candidates"][0]["language"] == "fr"


def test_t48_mydata_is_all_of_it_as_readable_json(talk: Talk) -> None:
    mine = live(talk)
    talk.say("/mydata")
    data = read_file(talk)
    assert data["exported_at"] == talk.now.isoformat()
    assert data["candidates"][0]["id"] == mine
    assert data["candidates"][0]["reminder_time"] == "18:00:00"
    assert {row["channel"] for row in data["conversations"]} == {"telegram", "web"}
    assert data["quiz_items"][0]["chosen"]
    assert data["enrolments"][0]["name"] == "Concours de Salma"
    assert data["enrolment_dates"][0]["day"] == "2026-12-24"
    assert data["draft_texts"][0]["text"] == WORDS
    assert data["web_log"][0]["payload"] == {"text": WORDS}
    assert any(row["kind"] == "milestone" for row in data["timers"])


def test_t48_forget_asks_first_and_says_what_goes(talk: Talk) -> None:
    mine = live(talk)
    talk.say("/forget")
    assert "pour toujours" in talk.screen.text
    assert "📄 Mes données" in talk.screen.buttons
    talk.press("Ne rien supprimer")
    assert "Rien n’a été supprimé" in talk.screen.text
    assert mine in dump(talk)


def test_t48_after_forget_no_table_knows_the_person(talk: Talk) -> None:
    mine = live(talk)
    talk.say("/forget")
    talk.press("Tout supprimer")
    left = dump(talk)
    for mark in (mine, CHAT, "w4", WORDS, "Salma"):
        assert mark not in left
    assert "il ne reste rien" in talk.screen.text
    assert talk.screen.buttons == {}
    assert talk.last.candidate_id is None
    assert talk.fire_due() == []


def test_t48_forget_on_the_web_leaves_only_the_farewell(talk: Talk) -> None:
    talk.move_to("web", "w77")
    settle(talk)
    with talk.database.begin() as store:
        store.web_log.write("w77", side="me", key="k", payload={"text": WORDS}, now=talk.now)
    talk.say("/forget")
    talk.press("Tout supprimer")
    assert "w77" not in dump(talk)


def test_t48_the_raw_file_forgets_too(tmp_path: Path) -> None:
    talk = Talk(database=Database(f"sqlite:///{tmp_path}/coach.db"))
    talk.move_to("telegram", CHAT)
    mine = live(talk)
    talk.say("/forget")
    before = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert WORDS.encode() in before
    talk.press("Tout supprimer")
    left = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    for mark in (mine, WORDS, "Salma"):
        assert mark.encode() not in left
    talk.database.close()


def test_a_second_press_says_so_kindly_and_does_not_start_anew(talk: Talk) -> None:
    live(talk)
    talk.say("/forget")
    question = talk.screen
    token = question.buttons["Tout supprimer"]
    talk.press_token(token, ref=question.ref)
    talk.press_token(token, ref=question.ref)
    assert "Rien n’est gardé sur vous" in talk.screen.text
    assert CHAT not in dump(talk)


def test_an_old_or_forged_confirmation_deletes_nothing(talk: Talk) -> None:
    mine = live(talk)
    talk.say("/forget")
    token = talk.screen.buttons["Tout supprimer"]
    stamp = int(talk.now.timestamp())
    forged = [
        "forget::yes",
        f"forget:{mine[:6]}:yes",
        f"forget:{mine[:6]}-:yes",
        f"forget:{mine[:6]}-²:yes",
        f"forget:{mine[:6]}-{'9' * 40}:yes",
        f"forget:{mine[:6]}-{stamp + 60}:yes",
        f"forget:abcdef-{stamp}:yes",
    ]
    for each in forged:
        talk.press_token(each)
        assert me(talk).id == mine, each
        assert "Tout supprimer ?" in talk.screen.text
    talk.wait(minutes=16)
    talk.press_token(token)
    assert me(talk).id == mine
    assert talk.notice == "Cette demande a expiré. La voici à nouveau."


def test_an_old_confirmation_does_not_delete_a_new_life(talk: Talk) -> None:
    settle(talk)
    talk.say("/forget")
    token = talk.screen.buttons["Tout supprimer"]
    talk.press_token(token)
    again = settle(talk).id
    talk.press_token(token)
    assert me(talk).id == again


def test_other_candidates_keep_everything(talk: Talk) -> None:
    live(talk)
    talk.move_to("telegram", "2002")
    other = settle(talk).id
    talk.move_to("telegram", CHAT)
    talk.say("/forget")
    talk.press("Tout supprimer")
    assert other in dump(talk)


@pytest.mark.parametrize("command", ["/mydata", "/forget"])
def test_a_visitor_hears_that_nothing_is_kept(talk: Talk, command: str) -> None:
    talk.say(command)
    assert "Rien n’est gardé sur vous" in talk.screen.text
    assert CHAT not in dump(talk)
