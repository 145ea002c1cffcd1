"""Packs and texts are read whole or refused with the place of the fault."""

from __future__ import annotations

from pathlib import Path

import pytest

from content.loader import PackError, load_pack
from tests.talk import pack


def test_the_pack_holds_at_least_64_questions_over_all_topics() -> None:
    topics = {question.topic for question in pack().questions.values()}
    assert len(pack().questions) >= 64
    assert topics == {topic.id for topic in pack().head.topics}


def test_the_exam_table_is_the_guide_s_with_coefficients_that_sum_to_12() -> None:
    tests = {test.id: (test.minutes, test.coefficient) for test in pack().head.tests}
    assert tests == {
        "mcq": ((90, 90), 2),
        "note": ((120, 120), 3),
        "case": ((120, 120), 3),
        "interview": ((20, 30), 4),
    }


def test_an_unknown_pack_is_refused_with_the_known_ones() -> None:
    with pytest.raises(PackError, match="cnops-2025"):
        load_pack("nowhere")


def test_an_unknown_key_is_refused_with_file_and_place(tmp_path: Path) -> None:
    folder = tmp_path / "tiny"
    folder.mkdir()
    (folder / "pack.yaml").write_text("id: tiny\nsurprise: 1\n", encoding="utf-8")
    with pytest.raises(PackError, match=r"pack\.yaml"):
        load_pack("tiny", tmp_path)


def test_broken_yaml_is_refused_with_its_line(tmp_path: Path) -> None:
    folder = tmp_path / "tiny"
    folder.mkdir()
    (folder / "pack.yaml").write_text("id: [tiny\n", encoding="utf-8")
    with pytest.raises(PackError, match="line"):
        load_pack("tiny", tmp_path)
