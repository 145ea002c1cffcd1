"""A coach's database with people in the middle of a quiz, and the presses that answer it."""

from __future__ import annotations

from pathlib import Path

from bot.storage.database import Database
from bot.storage.migrate import migrate
from tests.talk import Talk, pack

Press = tuple[int, int, str]


def people_with_quizzes(url: str, count: int) -> list[Press]:
    """Join `count` people; the presses that answer single-choice questions, round by round."""
    database = Database(url)
    migrate(database)
    talk = Talk(database=database)
    rounds: list[list[Press]] = [[], [], [], [], []]
    for number in range(count):
        chat = 10_000 + number
        talk.move_to("telegram", str(chat))
        talk.join()
        ref = int(talk.screen.ref[1:])
        with database.begin() as store:
            store.connection.exec_driver_sql(
                "UPDATE shown SET provider_ref = ? WHERE chat = ?", (str(ref), str(chat))
            )
            quiz = store.quizzes.open_of(talk.candidate_id)
        assert quiz is not None
        for item in quiz.items:
            if len(pack().questions[item.item_id].key) > 1:
                break
            press = (chat, ref, f"quiz:{quiz.id}:a{item.position}{'abcd'[number % 4]}")
            rounds[item.position].append(press)
    with database.engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM outbox")
    database.close()
    return [press for each in rounds for press in each]


def sqlite_url(folder: Path) -> str:
    """The coach's own default, in this folder."""
    (folder / "var").mkdir(parents=True, exist_ok=True)
    return f"sqlite:///{folder}/var/coach.db"
