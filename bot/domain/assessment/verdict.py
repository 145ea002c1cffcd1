"""What the whole answer comes to: parts there or not, off topic or not, one advice, a score.

Everything is said, true or false, with the words it rests on; the chat also says "not assessed".
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.assessment.hearing import FLAGS, PARTS, SURE, Heard, hear, of_whole
from bot.domain.assessment.linear import Weights, load_weights
from bot.domain.assessment.reading import read
from bot.domain.frames import Frame
from content.schema import Language

ADVICE = (
    "add_point_first",
    "add_reason",
    "add_example",
    "close_with_point",
    "add_situation",
    "clarify_task",
    "say_what_you_did",
    "add_result",
    "add_figure",
    "make_it_personal",
    "shorten",
    "lengthen",
    "answer_the_question",
    "link_to_user",
    "none",
)
VERDICTS = (*ADVICE, "off_topic", *(f"score{least}" for least in range(1, 6)))
# Off topic is rare, so it is said from here on when some part seems to be there, or when none is.
_OFF_TOPIC, _OFF_TOPIC_EMPTY = 0.5, 0.25
_FIGURE_FROM = 3
# Flags that make no sense without the part they tell of (the codebook).
_NEEDS = {"personal": "action", "quantified": "result"}
_MENDS: dict[Frame, dict[str, str]] = {
    "prep": {
        "add_point_first": "point",
        "add_reason": "reason",
        "add_example": "example",
        "close_with_point": "closing_point",
        "link_to_user": "user",
        "add_figure": "figure",
    },
    "star": {
        "add_situation": "situation",
        "clarify_task": "task",
        "say_what_you_did": "action",
        "make_it_personal": "personal",
        "add_result": "result",
        "add_figure": "quantified",
        "link_to_user": "user",
    },
    "pitch": {
        "make_it_personal": "who",
        "say_what_you_did": "brings",
        "link_to_user": "result_for_user",
        "add_figure": "figure",
    },
}
_OF_ALL = {"shorten", "lengthen", "none"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """`evidence`: for each part and flag that is there, words of the answer, as typed."""

    parts: dict[str, bool]
    flags: dict[str, bool]
    evidence: dict[str, str]
    off_topic: bool
    advice: str
    score: int


def judge(
    frame: Frame, language: Language, prompt: str, text: str, weights: Weights | None = None
) -> Verdict:
    """Judge an answer given in one go. `language` is assumed where the words do not tell."""
    known = weights or load_weights()
    return judge_heard(hear(read(text, language, known), frame, prompt, known), prompt, known)


def judge_heard(heard: Heard, prompt: str, weights: Weights) -> Verdict:
    """Judge an answer already heard."""
    layer = weights.layers[f"{heard.frame}-verdict"]
    odds = dict(zip(layer.labels, layer.odds(of_whole(heard, prompt)), strict=True))
    there = {label: heard.best(label)[0] > SURE for label in (*PARTS[heard.frame], *FLAGS)}
    for flag, part in _NEEDS.items():
        if flag in there:
            there[flag] = there[flag] and there[part]
    some = any(there[part] for part in PARTS[heard.frame])
    likely = odds["off_topic"] > (_OFF_TOPIC if some else _OFF_TOPIC_EMPTY)
    off_topic = not heard.odds or likely or heard.reading.says_one_thing
    if off_topic:
        there = dict.fromkeys(there, False)
    score = 0 if off_topic else _score(odds)
    return Verdict(
        parts={part: there[part] for part in PARTS[heard.frame]},
        flags={flag: there[flag] for flag in FLAGS},
        evidence={label: _words(heard, label) for label, is_there in there.items() if is_there},
        off_topic=off_topic,
        advice="answer_the_question" if off_topic else _advice(heard.frame, there, odds, score),
        score=score,
    )


def _words(heard: Heard, label: str) -> str:
    reading, (_, index) = heard.reading, heard.best(label)
    piece = reading.pieces[index]
    return reading.text[reading.words[piece.first].start : reading.words[piece.last - 1].end]


def _score(odds: dict[str, float]) -> int:
    """The expected score: each point counts by how likely it is reached."""
    return max(1, round(sum(odds[f"score{least}"] for least in range(1, 6))))


def _advice(frame: Frame, there: dict[str, bool], odds: dict[str, float], score: int) -> str:
    """Of what is missing, the advice a jury would most likely give."""
    fitting = {advice for advice, part in _MENDS[frame].items() if not there[part]} | _OF_ALL
    if score < _FIGURE_FROM:
        fitting.discard("add_figure")
    return max((each for each in ADVICE if each in fitting), key=odds.__getitem__)
