"""Interface texts by key and language, with their plural forms."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from babel import Locale

from content.schema import Language

Template = str | dict[str, str]
LOCALES = {"fr": "fr_MA", "ar": "ar_MA", "en": "en_GB"}


@cache
def locale_of(language: str) -> Locale:
    """The locale whose date, number and plural rules a language uses here."""
    return Locale.parse(LOCALES[language])


class Texts:
    """Looks texts up; `tables[language][key]` is a template or its plural forms."""

    def __init__(self, tables: Mapping[str, Mapping[str, Template]]) -> None:
        self._tables = tables

    def template(self, key: str, language: Language, count: int | None) -> str:
        """The template of `key`; the plural form that fits `count` where it has forms."""
        found = self._tables[language][key]
        if isinstance(found, str):
            return found
        if count is None:
            raise KeyError(f"{key} has plural forms and needs `count`")
        form = locale_of(language).plural_form(count)
        return found.get(form, found["other"])

    def commands(self, language: Language, menu: str = "commands") -> list[tuple[str, str]]:
        """A command menu: name and description, in the order of `<menu>.yaml`."""
        table = self._tables[language]
        prefix = f"{menu}."
        return [
            (key.removeprefix(prefix), text)
            for key, text in table.items()
            if key.startswith(prefix) and isinstance(text, str)
        ]


def language_from(hint: str) -> Language:
    """The coach's language for a client's language tag; French when it is another or none."""
    tag = hint.lower().split("-")[0].split("_")[0]
    known: dict[str, Language] = {"fr": "fr", "ar": "ar", "en": "en"}
    return known.get(tag, "fr")
