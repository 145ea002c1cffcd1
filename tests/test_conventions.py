"""What holds for the whole tree, tested so that it stays so."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.routes import load_routes
from bot.settings import Settings
from content.schema import LANGUAGES
from tests.talk import texts

ROOT = Path(__file__).parent.parent
SOURCES = sorted(
    path
    for folder in ("bot", "content", "scheduler")
    for path in (ROOT / folder).rglob("*.py")
    if "migrations" not in path.parts
)


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def test_every_setting_is_in_the_readme_with_its_name_and_no_other_is() -> None:
    names = {str(f.validation_alias.choices[0]) for f in Settings.model_fields.values()}  # type: ignore[union-attr]
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    documented = set(re.findall(r"^\| `([A-Z_]+)` \|", readme, re.MULTILINE))
    assert documented == names


def test_every_file_fits_on_a_page_or_two() -> None:
    long = {
        str(path.relative_to(ROOT)): lines
        for path in SOURCES
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > 260
        and path.name != "tables.py"
    }
    assert long == {}


def test_every_function_fits_in_one_look() -> None:
    long = [
        f"{path.relative_to(ROOT)}:{node.name}"
        for path in SOURCES
        for node in functions(path)
        if (node.end_lineno or 0) - node.lineno >= 45
    ]
    assert long == []


def public(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef]:
    """A module's public functions and classes, and the public methods of those."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for parent in (tree, *(node for node in tree.body if isinstance(node, ast.ClassDef))):
        for node in parent.body:
            kinds = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
            if isinstance(node, kinds) and not node.name.startswith("_"):
                yield node


def test_public_functions_and_classes_say_what_they_are_for() -> None:
    silent = [
        f"{path.relative_to(ROOT)}:{node.name}"
        for path in SOURCES
        for node in public(path)
        if ast.get_docstring(node) is None
    ]
    assert silent == []


def test_every_text_a_handler_names_exists_in_every_language() -> None:
    named = set()
    for path in SOURCES:
        found = re.findall(r'line\(\s*"([a-z_]+\.[a-z0-9_]+)"', path.read_text(encoding="utf-8"))
        named |= set(found)
    tables = texts()._tables
    missing = {key for key in named for language in LANGUAGES if key not in tables[language]}
    assert named
    assert missing == set()


def test_the_command_menu_names_real_commands() -> None:
    routes = load_routes()
    for language in LANGUAGES:
        commands = texts().commands(language)
        assert 1 <= len(commands) <= 12
        for name, description in commands:
            assert name in routes.commands, name
            assert 1 <= len(description) <= 256
            assert re.fullmatch(r"[a-z0-9_]{1,32}", name)


def test_t10_every_text_that_shows_a_date_of_a_competition_says_where_it_comes_from() -> None:
    for language in LANGUAGES:
        for key, text in texts()._tables[language].items():
            if key.startswith(("reminders.", "plan.")) and "{day}" in str(text):
                assert "{provenance}" in str(text) or "{source}" in str(text), (language, key)


@pytest.mark.parametrize("path", ["README.md", "CONTRIBUTING.md", "CHANGELOG.md"])
def test_links_in_the_docs_lead_somewhere(path: str) -> None:
    text = (ROOT / path).read_text(encoding="utf-8")
    links = re.findall(r"\]\(([^)#:]+)\)", text) + re.findall(r'src="([^"]+)"', text)
    assert [link for link in links if not (ROOT / link).exists()] == []
