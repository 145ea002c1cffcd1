"""Reads our YAML files: quickly, and refusing a key that stands twice.

PyYAML's own constructor spends most of its time on tags that a file of words does not have; a
pack is megabytes of words, and the coach waits for it at its start.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml
from yaml.nodes import ScalarNode as _Scalar
from yaml.nodes import SequenceNode as _Sequence

_STRING = "tag:yaml.org,2002:str"
_LIST = "tag:yaml.org,2002:seq"
_MAPPING = "tag:yaml.org,2002:map"
_PATTERNS = frozenset(yaml.SafeLoader.yaml_implicit_resolvers)
# libyaml's reader where PyYAML was built with it; both are safe loaders.
_SafeLoader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_SafeLoader):  # type: ignore[misc]
    """The safe loader, spared the patterns of numbers and dates where a scalar is a word."""

    def resolve(self, kind: type, value: Any, implicit: Any) -> str:
        """The tag of a node that is not written with one."""
        if kind is _Scalar:
            # What begins like no number, date or truth value is a word.
            return (
                str(super().resolve(kind, value, implicit)) if value[:1] in _PATTERNS else _STRING
            )
        return _LIST if kind is _Sequence else _MAPPING


def parse_yaml(text: str) -> Any:
    """The one document of `text` (yaml.YAMLError tells the line of a fault)."""
    loader = _Loader(text)
    try:
        node = loader.get_single_node()
        return None if node is None else _build(loader, node)
    finally:
        loader.dispose()


def read_yaml(path: Path) -> Any:
    """The file's one document (OSError, yaml.YAMLError)."""
    return parse_yaml(path.read_text(encoding="utf-8"))


def _build(loader: Any, node: Any) -> Any:
    if isinstance(node, _Scalar):
        return node.value if node.tag == _STRING else loader.construct_object(node)
    if isinstance(node, _Sequence):
        return [_build(loader, each) for each in node.value]
    built = {_build(loader, key): _build(loader, value) for key, value in node.value}
    if len(built) < len(node.value):
        raise yaml.constructor.ConstructorError(
            "in a mapping", node.start_mark, "a key stands twice", node.start_mark
        )
    return built
