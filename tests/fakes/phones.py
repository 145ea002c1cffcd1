"""What people do on their phones: the acting half of the fake Bot API.

Every method is plain and may be called from any thread. A private chat's id is its person's.
"""

from __future__ import annotations

from tests.fakes.entities import units
from tests.fakes.world import Button, Chat, Json, Message, Query, Queued, World


class Phones(World):
    """A world whose people write, press, edit, block; each act gives its update's id."""

    def person(self, person: int, *, language: str = "fr", name: str = "Amal") -> int:
        """A person with a client in `language`, and their private chat; gives the chat's id."""
        with self.lock:
            self.languages[person] = language
            self.chats.setdefault(person, Chat(id=person, type="private", title=name))
        return person

    def group(self, chat: int, *, title: str = "Groupe", kind: str = "supergroup") -> int:
        """A group the bot is in; ids of groups are negative."""
        with self.lock:
            self.chats[chat] = Chat(id=chat, type=kind, title=title)
        return chat

    def say(
        self, chat: int, text: str, *, sender: int = 0, thread: int = 0, reply: bool = False
    ) -> int:
        """Type a text; gives the update's id. `thread`: a topic's, or a reply chain's."""
        if not 1 <= units(text) <= 4096:
            raise ValueError("a phone sends 1 to 4096 units at a time")
        fields: Json = {"text": text}
        if text.startswith("/"):
            command = text.split()[0]
            fields["entities"] = [{"type": "bot_command", "offset": 0, "length": len(command)}]
        if thread:
            fields |= {"message_thread_id": thread, "is_topic_message": not reply}
        return self.post(chat, fields, sender=sender)

    def voice(self, chat: int, seconds: int, *, sender: int = 0, content: bytes = b"OggS") -> int:
        """Send a voice note."""
        note = {"duration": seconds, "mime_type": "audio/ogg", **self._file(content)}
        return self.post(chat, {"voice": note}, sender=sender)

    def document(self, chat: int, name: str, content: bytes, mime: str = "application/pdf") -> int:
        """Send a file."""
        fields = {"file_name": name, "mime_type": mime, **self._file(content)}
        return self.post(chat, {"document": fields})

    def post(self, chat: int, fields: Json, *, sender: int = 0) -> int:
        """Send a message of any kind: `fields` are the Bot API's Message's own."""
        with self.lock:
            where, person = self._place(chat, sender)
            message = self._note(where, text=str(fields.get("text", "")))
            return self.emit({"message": self._as_json(where, message, person) | fields}, chat)

    def edit(self, chat: int, message_id: int, text: str, *, sender: int = 0) -> int:
        """Change one's own message."""
        with self.lock:
            where, person = self._place(chat, sender)
            message = where.messages[message_id]
            message.text = text
            changed = {"text": text, "edit_date": int(self.epoch())}
            return self.emit(
                {"edited_message": self._as_json(where, message, person) | changed}, chat
            )

    def press(
        self, chat: int, message_id: int, what: str, *, sender: int = 0, forged: bool = False
    ) -> int:
        """Press the button of that label or data; `forged`: send the data, button or not."""
        with self.lock:
            where, person = self._place(chat, sender)
            message = where.messages.get(message_id)
            data = what
            if not forged:
                data = _button(message, what).data
            query = Query(
                id=str(10**17 + len(self.queries)),
                chat=chat,
                update_id=self._next_update,
                at=self.clock(),
            )
            self.queries[query.id] = query
            shown = (
                self._as_json(where, message, self.bot) | {"text": message.text}
                if message
                else {"message_id": message_id, "date": 0, "chat": where.as_json()}
            )
            fields = {"id": query.id, "from": person, "chat_instance": "1", "data": data}
            return self.emit({"callback_query": fields | {"message": shown}}, chat)

    def block(self, chat: int, *, sender: int = 0, reason: str = "") -> int:
        """Block the bot, or remove it from the group."""
        with self.lock:
            where, _ = self._place(chat, sender)
            where.closed = reason or (
                "bot was blocked by the user"
                if where.type == "private"
                else f"bot was kicked from the {where.type} chat"
            )
        return self._membership(chat, sender, "member", "kicked")

    def unblock(self, chat: int, *, sender: int = 0) -> int:
        """Let the bot write again, or add it to the group."""
        with self.lock:
            self.chats[chat].closed = ""
        return self._membership(chat, sender, "kicked", "member")

    def migrate(self, chat: int, new_chat: int, *, sender: int, tell: bool = True) -> None:
        """The group becomes the supergroup `new_chat`; `tell`: with its service message."""
        with self.lock:
            self.group(new_chat, title=self.chats[chat].title)
            self.chats[chat].moved_to = new_chat
        if tell:
            self.post(chat, {"migrate_to_chat_id": new_chat}, sender=sender)

    def vanish(self, chat: int, message_id: int) -> None:
        """A message is deleted."""
        with self.lock:
            del self.chats[chat].messages[message_id]

    def redeliver(self, update_id: int) -> None:
        """Hand the same update over again, although it was confirmed."""
        with self.lock:
            sent = self.sent_updates[update_id]
            self.queue.append(Queued(update=sent.update, lane=sent.lane, again=True))
        self.touch()

    def _membership(self, chat: int, sender: int, old: str, new: str) -> int:
        with self.lock:
            where, person = self._place(chat, sender)
            change = {
                "chat": where.as_json(),
                "from": person,
                "date": int(self.epoch()),
                "old_chat_member": {"user": self.bot, "status": old, "until_date": 0},
                "new_chat_member": {"user": self.bot, "status": new, "until_date": 0},
            }
            return self.emit({"my_chat_member": change}, chat)

    def _place(self, chat: int, sender: int) -> tuple[Chat, Json]:
        """The chat and the person in it, both made known."""
        if chat > 0 and chat not in self.chats:
            self.person(chat)
        person = sender or chat
        who = {
            "id": person,
            "is_bot": False,
            "first_name": "Amal",
            "language_code": self.languages.get(person, "fr"),
        }
        return self.chats[chat], who

    def _file(self, content: bytes) -> Json:
        file_id = f"file{len(self.files)}"
        self.files[file_id] = content
        return {"file_id": file_id, "file_unique_id": f"u{file_id}", "file_size": len(content)}


def _button(message: Message | None, what: str) -> Button:
    """The message's button of that label or data (LookupError: it has none)."""
    for row in message.buttons if message else ():
        for button in row:
            if what in (button.label, button.data):
                return button
    raise LookupError(f"no button {what!r} there now")
