"""Lines to final strings of one language.

A rendered text is a small HTML: `<b>` and `<i>` from our own templates, everything else escaped.
A person's words are isolated from the direction around them, and in Arabic every Latin or
numeric run is, so that `65-00` and `CNOPS` read right (FEATURES T54).
"""

from __future__ import annotations

import base64
import html
import re
from datetime import date, time
from decimal import Decimal
from functools import lru_cache
from typing import Any

from babel.dates import format_date
from babel.numbers import format_decimal

from bot.bidi import isolate_runs, isolate_words
from bot.messages import Ask, Attach, Line, Outgoing, Param, Quoted
from bot.texts import Texts, locale_of
from content.schema import Language, Localized

_FIELD = re.compile(r"\{(\w+)\}")


class Renderer:
    """Turns lines and messages into strings of one language."""

    def __init__(self, texts: Texts) -> None:
        self.texts = texts

    def text(self, line: Line, language: Language) -> str:
        """The line as small HTML."""
        filled = self._fill(line, language, markup=True)
        return isolate_runs(filled) if language == "ar" else filled

    def label(self, line: Line, language: Language) -> str:
        """The line as plain text: a button's label, a toast, a file's name."""
        return self._fill(line, language, markup=False)

    def payload(self, message: Outgoing, language: Language) -> dict[str, Any]:
        """The message as what a channel needs: text, buttons, file, language."""
        body = "\n".join(self.text(each, language) for each in message.body)
        payload: dict[str, Any] = {"language": language, "text": body.strip("\n")}
        if isinstance(message, Ask):
            payload["buttons"] = [
                [{"token": c.token, "label": self.label(c.label, language)} for c in row]
                for row in message.choices
            ]
        if isinstance(message, Attach):
            payload["file"] = {
                "name": message.name,
                "mime": message.mime,
                "data": base64.b64encode(message.data).decode(),
            }
        return payload

    def _fill(self, line: Line, language: Language, *, markup: bool) -> str:
        count = line.params.get("count")
        template = self.texts.template(
            line.key, language, count if isinstance(count, int) else None
        )
        if not markup:
            template = _bare(template)

        def value(match: re.Match[str]) -> str:
            return self._value(line.params[match[1]], language, markup=markup)

        return _FIELD.sub(value, template)

    def _value(self, param: Param, language: Language, *, markup: bool) -> str:
        if isinstance(param, Line):
            return self._fill(param, language, markup=markup)
        plain = _plain(param, language)
        return html.escape(plain, quote=False) if markup else plain


# The same few templates, and the same few days, come back in nearly every message.
@lru_cache(maxsize=4096)
def _bare(template: str) -> str:
    """The template without its markup."""
    return html.unescape(re.sub(r"</?[bi]>", "", template))


@lru_cache(maxsize=1024)
def _long_date(day: date, language: Language) -> str:
    return str(format_date(day, "EEEE d MMMM y", locale=locale_of(language)))


def _plain(param: Param, language: Language) -> str:
    """A value as plain text of the language."""
    if isinstance(param, Localized):
        return param.in_language(language)
    if isinstance(param, Quoted):
        return isolate_words(param.text)
    if isinstance(param, Decimal):
        # Moroccan Arabic texts write 12 000 and 4,5 as French ones do; the pack's do too.
        return str(format_decimal(param, locale=locale_of("en" if language == "en" else "fr")))
    if isinstance(param, time):
        return param.strftime("%H:%M")
    if isinstance(param, date):
        return _long_date(param, language)
    return str(param)
