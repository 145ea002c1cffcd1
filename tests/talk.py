"""A dialogue test is a script of lines: what the person does, and what the screen then shows.

    talk = Talk()
    talk.say("/start")
    talk.press("J'accepte")
    assert "filière" in talk.screen.text

It drives the real turn, routes, texts and storage (SQLite in memory) and keeps the chat as the
person sees it: messages in order, rewritten in place by slot.
"""

from __future__ import annotations

import html
import itertools
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from bot.clock import wall_seconds
from bot.messages import (
    Address,
    ButtonPressed,
    CommandGiven,
    FileReceived,
    Incoming,
    MessageEdited,
    TextReceived,
    VoiceReceived,
)
from bot.render import Renderer
from bot.routes import load_routes
from bot.storage.database import Database
from bot.storage.outbox import SEND_ANEW, Mark, OutboxRow
from bot.storage.tables import metadata, timers
from bot.texts import Texts
from bot.turn import Outcome, Turns
from content.loader import load_pack, load_texts
from content.schema import Pack
from tests.databases import fresh_database

START = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
MOST_PLAIN = 4096


@cache
def pack() -> Pack:
    """The real pack, loaded once."""
    return load_pack("cnops-2025")


@cache
def texts() -> Texts:
    """The real interface texts, loaded once."""
    return Texts(load_texts())


@dataclass(kw_only=True)
class Bubble:
    """A message as the person sees it."""

    ref: str
    payload: dict[str, Any]
    rewrites: int = 0

    @property
    def text(self) -> str:
        """The words, without markup or invisible isolates."""
        plain = html.unescape(re.sub(r"</?[bi]>", "", self.payload["text"]))
        return re.sub("[\u2066-\u2069]", "", plain)

    @property
    def buttons(self) -> dict[str, str]:
        """Label to token."""
        rows = self.payload.get("buttons", [])
        return {choice["label"]: choice["token"] for row in rows for choice in row}

    @property
    def file(self) -> dict[str, str] | None:
        """The attached file, if any."""
        return self.payload.get("file")


@dataclass(kw_only=True)
class Chat:
    """What one address shows."""

    bubbles: list[Bubble] = field(default_factory=list)


class Talk:
    """One coach, and one or more people talking to it; `who` names the person at the keyboard."""

    def __init__(
        self,
        *,
        database: Database | None = None,
        channels: dict[str, bool] | None = None,
        now: datetime = START,
        language: str = "fr",
        the_pack: Pack | None = None,
        operators: frozenset[str] = frozenset(),
        first_id: int = 1,
    ) -> None:
        if database:
            metadata.create_all(database.engine)
        self.database = database or fresh_database()
        self.now = now
        self.language = language
        self.turns = Turns(
            database=self.database,
            pack=the_pack or pack(),
            renderer=Renderer(texts()),
            routes=load_routes(),
            zone="Africa/Casablanca",
            channels=channels or {"web": False, "telegram": True},
            operators=operators,
        )
        self.chats: dict[Address, Chat] = {}
        self.who = Address(channel="telegram", chat="1001")
        self.notice = ""
        self.last: Outcome = Outcome()
        self._event: Incoming | None = None
        self._wall = wall_seconds()
        self._ids = itertools.count(first_id)
        self._refs = itertools.count(first_id)

    # --- what the person does ---

    def say(self, text: str) -> Outcome:
        """Type a text or a /command."""
        if text.startswith("/"):
            return self.hand_in(self.command_of(text))
        return self.hand_in(self.typed_of(text))

    def press(self, label: str, *, bubble: Bubble | None = None) -> Outcome:
        """Press the button whose label starts with `label`, on the newest message that has it."""
        wanted = [bubble] if bubble else list(reversed(self.chat.bubbles))
        for each in wanted:
            for text, token in each.buttons.items():
                if text.startswith(label):
                    return self.press_token(token, ref=each.ref)
        raise AssertionError(f"no button {label!r}; there are {[b.buttons for b in wanted]}")

    def press_token(self, token: str, *, ref: str = "") -> Outcome:
        """Press a button by its token: stale, forged or doubled, as a hostile client would."""
        return self.hand_in(self.press_of(token, ref))

    def press_of(self, token: str, ref: str = "") -> ButtonPressed:
        """The press, to be handed in."""
        return ButtonPressed(**self._common(), token=token, message_ref=ref)

    def typed_of(self, text: str) -> TextReceived:
        """The text, to be handed in."""
        return TextReceived(**self._common(), text=text, message_ref=f"m{next(self._refs)}")

    def command_of(self, text: str) -> CommandGiven:
        """The /command, to be handed in."""
        name, _, arguments = text[1:].partition(" ")
        return CommandGiven(**self._common(), name=name, arguments=arguments.strip())

    def edit(self, message_ref: str, text: str) -> Outcome:
        """Change a message typed before."""
        return self.hand_in(MessageEdited(**self._common(), text=text, message_ref=message_ref))

    def speak(self, seconds: int, content: bytes | None = None) -> Outcome:
        """Send a voice note."""
        return self.hand_in(
            VoiceReceived(**self._common(), seconds=seconds, file_ref="v1", content=content)
        )

    def send_file(self, name: str = "cv.pdf", mime: str = "application/pdf") -> Outcome:
        """Send a document."""
        return self.hand_in(
            FileReceived(**self._common(), name=name, mime=mime, size=1000, file_ref="f1")
        )

    def hand_in(self, event: Incoming) -> Outcome:
        """Hand in any event, and show what comes back."""
        self._event = event
        self.last = self.turns.take(event, self.now)
        self.notice = self.last.notice
        self._deliver(self.last.rows)
        return self.last

    def hand_in_again(self) -> Outcome:
        """The platform delivers the last event once more."""
        assert self._event is not None
        return self.turns.take(self._event, self.now)

    def move_to(self, channel: str, chat: str) -> None:
        """Go on as another person, or on another device."""
        self.who = Address(channel=channel, chat=chat)

    # --- time ---

    def wait(self, **duration: float) -> list[Outcome]:
        """Let time pass (timedelta's arguments) and fire what comes due, minute by minute."""
        return self.wait_until(self.now + timedelta(**duration))

    def wait_until(self, instant: datetime) -> list[Outcome]:
        """Let time pass until `instant`, firing each timer when it is due."""
        outcomes: list[Outcome] = []
        while True:
            due = self._next_due()
            if due is None or due > instant:
                break
            self.now = max(self.now, due)
            outcomes += self.fire_due()
        self.now = max(self.now, instant)
        return outcomes

    def fire_due(self) -> list[Outcome]:
        """Fire every timer due now, as the scheduler does."""
        # Each look is hours later than the last, so that no earlier claim stands in the way.
        self._wall += 7200
        with self.database.begin() as store:
            due = store.timers.claim_due(self.now, self._wall, 100)
        outcomes = []
        for event in due:
            outcome = self.turns.take(event, self.now)
            self._deliver(outcome.rows)
            outcomes.append(outcome)
        return outcomes

    # --- what the person sees ---

    @property
    def chat(self) -> Chat:
        """The chat of the person at the keyboard."""
        return self.chats.setdefault(self.who, Chat())

    @property
    def screen(self) -> Bubble:
        """The newest message."""
        return self.chat.bubbles[-1]

    def shows(self, part: str) -> Bubble:
        """The newest message whose text has `part` (AssertionError when none has)."""
        for bubble in reversed(self.chat.bubbles):
            if part in bubble.text:
                return bubble
        raise AssertionError(f"nowhere {part!r} in {[b.text for b in self.chat.bubbles]}")

    @property
    def candidate_id(self) -> str:
        """The id of the candidate at the keyboard."""
        # A plain look, so that it also works inside a test's own transaction.
        mark = "?" if self.database.is_sqlite else "%s"
        connection = self.database.engine.raw_connection()
        cursor = connection.cursor()
        cursor.execute(
            f"SELECT candidate_id FROM conversations WHERE channel = {mark} AND chat = {mark}",
            (self.who.channel, self.who.chat),
        )
        row = cursor.fetchone()
        connection.close()
        assert row is not None, "not a candidate"
        return str(row[0])

    # --- shortcuts ---

    def join(self, *, hour: str = "20:00", stream: int = 0) -> None:
        """Go through the welcome with defaults, up to the first question."""
        self.say("/start")
        self.press_token(f"start::yes.{self.language}", ref=self.screen.ref)
        for part in (f"start:stream:{pack().head.streams[stream].id}", "start:grade:B"):
            self.press_token(part, ref=self.screen.ref)
        self.press_token("start:dates:none", ref=self.screen.ref)
        self.press_token(f"start:hour:{hour.replace(':', '')}", ref=self.screen.ref)

    def answer(self, *, right: bool = True) -> None:
        """Answer the open question of the newest quiz message, and go on."""
        candidate_id = self.candidate_id
        with self.database.begin() as store:
            quizzes = store.quizzes
            quiz = quizzes.running_set(candidate_id) or quizzes.open_of(candidate_id)
        assert quiz is not None, "no open quiz"
        assert quiz.current is not None
        question = pack().questions[quiz.current.item_id]
        key = sorted(question.key)
        if not right:
            others = itertools.combinations("abcd", len(key))
            key = next(list(each) for each in others if set(each) != question.key)
        position = quiz.current.position
        for option in key:
            self.press_token(f"quiz:{quiz.id}:a{position}{option}", ref=self.screen.ref)
        if len(key) > 1:
            self.press_token(f"quiz:{quiz.id}:v{position}", ref=self.screen.ref)
        self.press_token(f"quiz:{quiz.id}:n{position}", ref=self.screen.ref)

    # --- inside ---

    def _common(self) -> dict[str, Any]:
        return {
            "id": f"e{next(self._ids)}",
            "address": self.who,
            "sender": self.who.chat,
            "at": self.now,
            "language_hint": self.language,
        }

    def _next_due(self) -> datetime | None:
        with self.database.engine.connect() as connection:
            rows = connection.execute(timers.select().order_by(timers.c.due_at).limit(1))
            first = rows.mappings().first()
        return first["due_at"] if first else None

    def _deliver(self, rows: tuple[OutboxRow, ...]) -> None:
        """Do what delivery and a channel do: send anew or rewrite in place, then mark."""
        for row in rows:
            assert row.payload["text"] or row.payload.get("file"), row
            for choices in row.payload.get("buttons", []):
                for choice in choices:
                    assert len(choice["token"].encode()) <= 60, choice
                    assert 0 < len(choice["label"]) <= 20, choice
            chat = self.chats.setdefault(row.address, Chat())
            ref = self._shown_ref(row)
            bubble = next((b for b in chat.bubbles if b.ref == ref), None) if ref else None
            if bubble is None:
                bubble = Bubble(ref=f"c{next(self._refs)}", payload=row.payload)
                chat.bubbles.append(bubble)
            else:
                bubble.payload = row.payload
                bubble.rewrites += 1
            with self.database.begin() as store:
                store.outbox.mark([Mark(row=row, at=self.now, provider_ref=bubble.ref)])

    def _shown_ref(self, row: OutboxRow) -> str | None:
        if row.edit_ref == SEND_ANEW or not row.slot:
            return None
        if row.edit_ref:
            return row.edit_ref
        with self.database.begin() as store:
            return store.shown.current(row.address, row.slot)[0]
