"""After one's own answer: the jury's next question, the marks of a strong answer, and a model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.oral import PITCH, Draft, assess_draft, follow_up, prompt_of
from bot.handlers.context import Reply, TurnContext
from bot.handlers.oral.drafts import button, menu, part_name, question
from bot.messages import BLANK, Ask, Line, Row, content, line
from content.schema import Localized, Pack


@dataclass(frozen=True, slots=True)
class _Model:
    """A model answer, part by part, and what makes it strong."""

    marks: Sequence[Localized]
    parts: Sequence[Localized]


def show(turn: TurnContext, draft: Draft, argument: str) -> Reply:
    """Below the feedback, which stays: first a question to answer aloud, then the model."""
    model = _model_of(turn, draft)
    body: list[Line] = [question(turn.pack, draft)]
    asked = follow_up(turn.pack, draft, assess_draft(turn.pack, draft, turn.language))
    if asked is not None:
        then = line("feedback.then_read" if model else "feedback.then_aloud")
        body += [BLANK, line("feedback.follow_up", question=asked.question), then]
    if model is not None:
        body += [BLANK, line("feedback.marks")]
        body += [line("feedback.mark", mark=mark) for mark in model.marks]
        body += [BLANK, line("feedback.model")]
        for part, text in zip(draft.part_ids, model.parts, strict=False):
            body += [BLANK, line("feedback.model_part", part=part_name(part)), content(text)]
        body += [BLANK, line("feedback.model_is_not_yours")]
    choices = ((button(draft, "rewrite", "oral.rewrite"), menu()),)
    return Reply(messages=(Ask(body=tuple(body), choices=choices),))


def door(pack: Pack, draft: Draft) -> Row:
    """The button that leads here, named after what there is; none when there is nothing."""
    is_pitch = draft.prompt_id == PITCH
    if pack.pitches if is_pitch else prompt_of(pack, draft):
        return (button(draft, "model", "feedback.to_model"),)
    return (button(draft, "model", "feedback.to_follow_up"),) if pack.follow_ups else ()


def _model_of(turn: TurnContext, draft: Draft) -> _Model | None:
    if draft.prompt_id == PITCH:
        pitches = turn.pack.pitches.values()
        mine = [each for each in pitches if not each.streams or turn.me.stream in each.streams]
        # One's own stream and the general ones in turn, so that nobody learns one by heart.
        pitch = mine[draft.id % len(mine)] if mine else None
        return _Model(pitch.marks, pitch.model) if pitch else None
    prompt = prompt_of(turn.pack, draft)
    return _Model(prompt.marks, prompt.model) if prompt else None
