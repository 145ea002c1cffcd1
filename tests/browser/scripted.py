"""A coach by script, so that the page is tested without the real one."""

from __future__ import annotations

from typing import Any

from bot.channels.base import Received
from bot.channels.web.channel import WebChannel
from bot.messages import (
    ButtonPressed,
    CommandGiven,
    FileReceived,
    Incoming,
    MessageEdited,
    TextReceived,
    VoiceReceived,
)
from bot.texts import language_from

WORDS: dict[str, dict[str, str]] = {
    "fr": {
        "hello": "👋 <b>Bienvenue</b> chez Concours Coach (CNOPS)\nCinq questions par jour.",
        "question": "<b>Question 1/5</b>\nQui gère l’AMO des fonctionnaires ?\n\n"
        "<b>A.</b> La CNOPS\n<b>B.</b> La CNSS",
        "verdict": "✅ <b>Exact !</b>\nLa bonne réponse : <b>A</b>.\n"
        "<i>Source : loi 65-00, article 1, https://www.example.org/loi-65-00.</i>",
        "next": "Question suivante",
        "noted": "C’est noté.",
    },
    "ar": {
        "hello": "👋 <b>مرحبا بك في \u2066Concours Coach\u2069</b> (\u2066CNOPS\u2069)\n"
        "خمسة أسئلة كل يوم.",
        "question": "<b>السؤال 1/5</b>\nمن يدبر التأمين الإجباري عن المرض للموظفين؟\n\n"
        "<b>أ.</b> \u2066CNOPS\u2069\n<b>ب.</b> \u2066CNSS\u2069",
        "verdict": "✅ <b>صحيح!</b>\nالجواب الصحيح: <b>أ</b>.\n"
        "<i>المصدر: القانون \u206665-00\u2069، المادة 1.</i>",
        "next": "السؤال التالي",
        "noted": "تم التسجيل.",
    },
    "en": {
        "hello": "👋 <b>Welcome</b> to Concours Coach (CNOPS)\nFive questions a day.",
        "question": "<b>Question 1/5</b>\nWho runs the civil servants’ health cover?\n\n"
        "<b>A.</b> CNOPS\n<b>B.</b> CNSS",
        "verdict": "✅ <b>Correct!</b>\nThe right answer: <b>A</b>.\n"
        "<i>Source: law 65-00, article 1.</i>",
        "next": "Next question",
        "noted": "Noted.",
    },
}


class ScriptedCoach:
    """Receives events, remembers them, and answers by the script."""

    def __init__(self, channel: WebChannel) -> None:
        self.channel = channel
        self.events: list[Incoming] = []

    async def __call__(self, event: Incoming) -> Received:
        """Answer as the real one would: the messages first, then the notice."""
        if any(event.id == before.id for before in self.events):
            return Received(duplicate=True)
        self.events.append(event)
        words = WORDS[language_from(event.language_hint)]
        match event:
            case CommandGiven(name="start"):
                await self.say(event, words["hello"])
                await self.say(event, words["question"], ["A", "B"], ["/quiz"])
            case ButtonPressed(token="next"):
                await self.say(event, words["question"], ["A", "B"], ref=event.message_ref)
            case ButtonPressed():
                await self.say(event, words["verdict"], ["next"], ref=event.message_ref)
                return Received(notice=words["noted"])
            case MessageEdited(text=text) | TextReceived(text=text):
                await self.say(event, f"«{text}» /plan")
            case CommandGiven(name=name):
                await self.say(event, f"!{name}")
            case VoiceReceived(seconds=seconds, content=content):
                await self.say(event, f"{seconds} s, {content is not None}")
            case FileReceived(name=name, size=size):
                await self.say(event, f"{name}: {size}")
        return Received()

    async def say(
        self, event: Incoming, text: str, *keys: list[str], ref: str | None = None, **more: Any
    ) -> str:
        """Send one message with buttons, row by row."""
        language = language_from(event.language_hint)
        payload: dict[str, Any] = {"language": language, "text": text, **more}
        if keys:
            payload["buttons"] = [
                [{"token": key, "label": WORDS[language].get(key, key)} for key in row]
                for row in keys
            ]
        key = f"{event.id}:{len(self.events)}:{text[:20]}:{ref}"
        return await self.channel.send(event.address, payload, ref, key)
