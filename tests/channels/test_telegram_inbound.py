"""What each update becomes, and that no shape can hurt."""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels.telegram.inbound import Reading, read_update, update_id_of
from bot.messages import (
    Address,
    ButtonPressed,
    ChatBlocked,
    ChatMoved,
    ChatUnblocked,
    CommandGiven,
    FileReceived,
    Incoming,
    MessageEdited,
    TextReceived,
    Unsupported,
    VoiceReceived,
)

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
DATE = int(NOW.timestamp()) - 5
AMAL = {"id": 7, "is_bot": False, "first_name": "Amal", "language_code": "ar"}
PRIVATE = {"id": 7, "type": "private", "first_name": "Amal"}
GROUP = {"id": -100, "type": "supergroup", "title": "G"}
RIGHTS = {
    **dict.fromkeys(("can_be_edited", "is_anonymous", "can_manage_chat"), False),
    **dict.fromkeys(("can_delete_messages", "can_manage_video_chats"), False),
    **dict.fromkeys(("can_restrict_members", "can_promote_members", "can_change_info"), False),
    **dict.fromkeys(("can_invite_users", "can_post_stories", "can_edit_stories"), False),
    "can_delete_stories": False,
}
FIELDS = ("message_id", "chat", "from", "date", "id", "type", "text", "data", "message", "voice")
COACH = {"id": 42, "is_bot": True, "first_name": "Coach"}


def message(**fields: Any) -> dict[str, Any]:
    return {"message_id": 5, "date": DATE, "chat": PRIVATE, "from": AMAL, **fields}


def read(**update: Any) -> Incoming | None:
    return reading(**update).event


def reading(**update: Any) -> Reading:
    return read_update({"update_id": 9, **update}, username="Coach_Bot", now=NOW)


def test_a_text_says_who_where_and_when() -> None:
    assert read(message=message(text="Bonjour")) == TextReceived(
        id="u9",
        address=Address(channel="telegram", chat="7"),
        sender="7",
        at=datetime.fromtimestamp(DATE, UTC),
        language_hint="ar",
        text="Bonjour",
        message_ref="5",
    )


def test_a_group_is_told_from_a_private_chat() -> None:
    event = read(message=message(text="x", chat=GROUP))
    assert event is not None
    assert event.in_group
    assert (event.address.chat, event.sender) == ("-100", "7")


@pytest.mark.parametrize(
    ("chat", "topical", "thread"),
    [(GROUP, True, "33"), (GROUP, False, ""), (PRIVATE, True, "")],
)
def test_only_a_groups_topic_is_a_thread(chat: Any, topical: bool, thread: str) -> None:
    event = read(
        message=message(text="x", chat=chat, message_thread_id=33, is_topic_message=topical)
    )
    assert event is not None
    assert event.address.thread == thread


@pytest.mark.parametrize(
    ("text", "name", "arguments"),
    [
        ("/start", "start", ""),
        ("/start duo_123", "start", "duo_123"),
        ("/Quiz@coach_bot", "quiz", ""),
        ("/star@COACH_BOT  une histoire\nen deux lignes ", "star", "une histoire\nen deux lignes"),
    ],
)
def test_commands(text: str, name: str, arguments: str) -> None:
    event = read(message=message(text=text))
    assert isinstance(event, CommandGiven)
    assert (event.name, event.arguments) == (name, arguments)


def test_a_command_for_another_bot_is_none_of_ours() -> None:
    assert read(message=message(text="/start@other_bot", chat=GROUP)) is None


@pytest.mark.parametrize("text", ["/", "// note", "/ 5", "/démarrer", "5/10", " /start", "/a/b"])
def test_what_only_resembles_a_command_is_a_text(text: str) -> None:
    event = read(message=message(text=text))
    assert isinstance(event, TextReceived)
    assert event.text == text


def test_an_edit_replaces_a_text() -> None:
    event = read(edited_message=message(text="Corrigé", edit_date=DATE + 3))
    assert isinstance(event, MessageEdited)
    assert (event.text, event.message_ref) == ("Corrigé", "5")
    assert event.at == datetime.fromtimestamp(DATE + 3, UTC)


@pytest.mark.parametrize(
    "on",
    [
        {**message(text="?"), "from": COACH},
        {"message_id": 5, "date": 0, "chat": PRIVATE},  # no longer accessible
    ],
)
def test_a_press_carries_token_and_message_and_comes_now(on: Any) -> None:
    query = {"id": "q1", "from": AMAL, "chat_instance": "1", "data": "quiz:1:a", "message": on}
    got = reading(callback_query=query)
    assert got.query_id == "q1"
    event = got.event
    assert isinstance(event, ButtonPressed)
    assert (event.token, event.message_ref, event.at) == ("quiz:1:a", "5", NOW)
    assert (event.sender, event.address.chat) == ("7", "7")


@pytest.mark.parametrize("lacking", ["data", "message"])
def test_a_press_without_use_is_still_answered(lacking: str) -> None:
    query = {"id": "q1", "from": AMAL, "chat_instance": "1", "data": "x", "message": message()}
    del query[lacking]
    assert reading(callback_query=query) == Reading(event=None, query_id="q1")


@pytest.mark.parametrize("kind", ["voice", "audio"])
def test_a_voice_note_gives_its_seconds(kind: str) -> None:
    note = {"file_id": "f1", "file_unique_id": "u", "duration": 61, "file_size": 1000}
    event = read(message=message(**{kind: note}))
    assert isinstance(event, VoiceReceived)
    assert (event.seconds, event.file_ref, event.message_ref) == (61, "f1", "5")


def test_a_document_and_a_picture_are_files() -> None:
    file = {"file_id": "f1", "file_unique_id": "u", "file_size": 10}
    event = read(message=message(document={**file, "file_name": "cv.pdf", "mime_type": "a/pdf"}))
    assert isinstance(event, FileReceived)
    assert (event.name, event.mime, event.size, event.file_ref) == ("cv.pdf", "a/pdf", 10, "f1")
    sizes = [
        {**file, "file_id": "s", "width": 1, "height": 1},
        {**file, "file_id": "l", "width": 9, "height": 9},
    ]
    event = read(message=message(photo=sizes))
    assert isinstance(event, FileReceived)
    assert (event.file_ref, event.mime) == ("l", "image/jpeg")


def test_a_file_without_name_or_size_is_taken() -> None:
    event = read(message=message(document={"file_id": "f", "file_unique_id": "u"}))
    assert isinstance(event, FileReceived)
    assert (event.name, event.size) == ("document", 0)


def test_what_the_coach_cannot_read_is_named() -> None:
    place = {"longitude": 1.0, "latitude": 2.0}
    event = read(message=message(location=place))
    assert isinstance(event, Unsupported)
    assert event.what == "location"
    file = {"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1, "duration": 1}
    event = read(message=message(animation=file, document={"file_id": "f", "file_unique_id": "u"}))
    assert isinstance(event, Unsupported)
    assert event.what == "animation"


@pytest.mark.parametrize(
    "fields",
    [
        {"new_chat_members": [AMAL]},
        {"pinned_message": message(text="x")},
        {"text": "x", "from": COACH},
        {"text": "x", "sender_chat": GROUP},
        {"text": "x", "chat": {"id": -5, "type": "channel", "title": "C"}},
        {"migrate_from_chat_id": -5},
    ],
)
def test_service_messages_bots_and_channels_are_ignored(fields: Any) -> None:
    assert read(message=message(**fields)) is None


def test_unknown_kinds_of_updates_are_ignored() -> None:
    assert read(poll_answer={"poll_id": "1", "user": AMAL, "option_ids": [0]}) is None
    assert read(channel_post=message(text="x")) is None
    assert read(something_new={"a": 1}) is None


@pytest.mark.parametrize(
    ("chat", "old", "new", "kind"),
    [
        (PRIVATE, "member", "kicked", ChatBlocked),
        (PRIVATE, "kicked", "member", ChatUnblocked),
        (GROUP, "member", "left", ChatBlocked),
        (GROUP, "left", "member", ChatUnblocked),
        (GROUP, "left", "administrator", ChatUnblocked),
    ],
)
def test_blocked_and_let_in(chat: Any, old: str, new: str, kind: type[Incoming]) -> None:
    event = read(my_chat_member=membership(chat, old, new))
    assert type(event) is kind
    assert event.address.chat == str(chat["id"])


@pytest.mark.parametrize(
    ("chat", "old", "new"),
    [
        (GROUP, "member", "administrator"),
        ({"id": -5, "type": "channel", "title": "C"}, "left", "member"),
    ],
)
def test_a_change_of_rank_or_in_a_channel_means_nothing(chat: Any, old: str, new: str) -> None:
    assert read(my_chat_member=membership(chat, old, new)) is None


def membership(chat: Any, old: str, new: str) -> dict[str, Any]:
    def member(status: str) -> dict[str, Any]:
        extra = RIGHTS if status == "administrator" else {"until_date": 0}
        return {"user": COACH, "status": status, **extra}

    return {
        "chat": chat,
        "from": AMAL,
        "date": DATE,
        "old_chat_member": member(old),
        "new_chat_member": member(new),
    }


def test_a_group_that_moved_says_where() -> None:
    event = read(message=message(chat={**GROUP, "type": "group"}, migrate_to_chat_id=-1009))
    assert isinstance(event, ChatMoved)
    assert (event.address.chat, event.new_chat) == ("-100", "-1009")


@pytest.mark.parametrize(
    "raw",
    [
        None,
        5,
        "x",
        [],
        {},
        {"update_id": 1},
        {"update_id": True, "message": message(text="x")},
        {"update_id": "1", "message": message(text="x")},
        {"update_id": 1, "message": 3},
        {"update_id": 1, "message": message(text=5)},
        {"update_id": 1, "message": message(text="x", date="yesterday")},
        {"update_id": 1, "message": message(text="x", date=10**30)},
        {"update_id": 1, "message": message(text="x", chat={"id": "7", "type": "private"})},
        {"update_id": 1, "message": message(text="x", chat={"id": 7})},
        {"update_id": 1, "message": message(text="x", **{"from": {"id": "7"}})},
        {"update_id": 1, "message": message(document=[])},
        {"update_id": 1, "message": message(voice={"file_id": "a", "file_unique_id": "b"})},
        {"update_id": 1, "edited_message": message(text=["x"])},
        {"update_id": 1, "callback_query": {"id": "q", "from": AMAL, "data": "x"}},
        {"update_id": 1, "callback_query": {"id": "q", "data": 5, "message": message()}},
        {"update_id": 1, "my_chat_member": {"chat": PRIVATE}},
    ],
)
def test_an_unreadable_update_is_passed_over(raw: Any) -> None:
    assert read_update(raw, username="coach", now=NOW).event is None


def test_the_log_names_an_unreadable_update_by_its_id_alone(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.DEBUG):
        read_update(
            {"update_id": 77, "message": message(text="secret", date="x")}, username="", now=NOW
        )
    assert "77" in caplog.text
    assert "secret" not in caplog.text
    assert "Amal" not in caplog.text


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(FIELDS),
            inner,
            max_size=5,
        )
    ),
    max_leaves=15,
)


@given(
    st.sampled_from(("message", "edited_message", "callback_query", "my_chat_member")), json_values
)
@settings(max_examples=300, deadline=None)
def test_no_shape_raises(kind: str, value: Any) -> None:
    read_update({"update_id": 1, kind: value}, username="coach", now=NOW)


@given(st.data())
@settings(max_examples=300, deadline=None)
def test_a_good_update_gone_wrong_in_one_place_raises_nothing(data: st.DataObject) -> None:
    query = {"id": "q", "from": AMAL, "chat_instance": "1", "data": "x", "message": message()}
    good = data.draw(
        st.sampled_from(
            [
                {"message": message(text="x")},
                {"callback_query": query},
                {"my_chat_member": membership(GROUP, "left", "member")},
            ]
        )
    )
    where: dict[str, Any] = {key: dict(value) for key, value in good.items()}
    raw: dict[str, Any] = {"update_id": 1, **where}
    inner = next(iter(where.values()))
    inner[data.draw(st.sampled_from(sorted(inner)))] = data.draw(json_values)
    read_update(raw, username="coach", now=NOW)


@pytest.mark.parametrize("raw", [{}, [], None, {"update_id": True}, {"update_id": "3"}])
def test_only_a_whole_number_is_an_update_id(raw: Any) -> None:
    assert update_id_of(raw) is None
    assert update_id_of({"update_id": 3}) == 3
