"""The rules interface texts obey: same keys, same placeholders, whole plurals, our markup only."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from content.rules.common import Fault

Template = str | dict[str, str]
# CLDR's plural categories of the three languages.
PLURALS = {
    "fr": {"one", "many", "other"},
    "ar": {"zero", "one", "two", "few", "many", "other"},
    "en": {"one", "other"},
}
_FIELD = re.compile(r"\{(\w*)\}")
_TAG = re.compile(r"<(/?)([^>]*)>")
_BARE_AMPERSAND = re.compile(r"&(?!amp;|lt;|gt;|quot;)")
# Texts that stand for nothing but what they are given.
_EMPTY = {"common.blank"}


def faults_of(tables: Mapping[str, Mapping[str, Template]]) -> Iterator[Fault]:
    """Every fault of the interface texts."""
    keys = {key for table in tables.values() for key in table}
    for key in sorted(keys):
        missing = [language for language, table in tables.items() if key not in table]
        if missing:
            yield Fault(key, f"is missing in {', '.join(missing)}")
            continue
        fields = {language: _fields(table[key]) for language, table in tables.items()}
        if len(set(map(frozenset, fields.values()))) > 1:
            yield Fault(key, f"its placeholders differ: {fields}")
        for language, table in tables.items():
            yield from _template_faults(key, language, table[key])


def _template_faults(key: str, language: str, template: Template) -> Iterator[Fault]:
    if isinstance(template, dict):
        if set(template) != PLURALS[language]:
            yield Fault(key, f"({language}) needs the plural forms {sorted(PLURALS[language])}")
        forms = list(template.values())
    else:
        forms = [template]
    for form in forms:
        if not form.strip() and key not in _EMPTY:
            yield Fault(key, f"({language}) is empty")
        if not _is_sound(form):
            yield Fault(key, f"({language}) holds markup other than balanced <b> and <i>")


def _fields(template: Template) -> set[str]:
    """A template's placeholders; a plural form may leave out `count` (a dual says it in words)."""
    forms = template.values() if isinstance(template, dict) else [template]
    fields = {field for form in forms for field in _FIELD.findall(form)}
    return fields - {"count"} if isinstance(template, dict) else fields


def _is_sound(form: str) -> bool:
    """Whether the markup is ours, balanced, and every & stands for itself."""
    open_tags: list[str] = []
    for closing, name in _TAG.findall(form):
        if name not in {"b", "i"}:
            return False
        if not closing:
            open_tags.append(name)
        elif not open_tags or open_tags.pop() != name:
            return False
    return not open_tags and not _BARE_AMPERSAND.search(form)
