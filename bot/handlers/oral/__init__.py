"""/prep, /star, /pitch, /oral: oral answers by message, with feedback on one's own words.

A draft is rows; the conversation's state only says that texts go to it. Its screen is one slot,
sent anew below what the person types and edited in place when they press.
"""

from __future__ import annotations

from bot.handlers.context import Handler, Reply, Routes, TurnContext
from bot.handlers.oral import bank, feedback, grid, model, voice, writing
from bot.handlers.oral.drafts import Action, back_to_it, owned, stale
from bot.handlers.oral.mock import ROUTES as MOCK

_FRAMES: dict[str, Handler] = {
    "prep": writing.on_prep,
    "star": bank.on_star,
    "pitch": writing.on_pitch,
    "surprise": writing.on_surprise,
}
_WRITTEN: dict[str, Action] = {**writing.ACTIONS, "finish": feedback.finish}
_SPOKEN: dict[str, Action] = {
    **voice.ACTIONS,
    "finish": feedback.finish,
    "later": writing.later,
    "resume": writing.resume,
}
_FINISHED: dict[str, Action] = {
    "another": writing.another,
    "rewrite": feedback.rewrite,
    "show": feedback.show,
    "grid": grid.show,
    "model": model.show,
}


def on_press(turn: TurnContext, ref: str, value: str) -> Reply:
    """A button of a draft (`ref`), or one that leads to a frame (`oral::prep`)."""
    if not ref and value in _FRAMES:
        return _FRAMES[value](turn)
    draft = owned(turn, ref)
    if draft is None:
        return stale(turn)
    what, _, argument = value.partition("-")
    actions = _FINISHED if draft.is_finished else _SPOKEN if draft.is_spoken else _WRITTEN
    if what in actions:
        return actions[what](turn, draft, argument)
    return feedback.stale_show(turn, draft) if draft.is_finished else back_to_it(draft)


ROUTES = Routes(
    commands={**_FRAMES, **MOCK.commands},
    buttons={"oral": on_press, "bank": bank.on_press, **MOCK.buttons},
    texts={"writing_part": writing.on_text, **MOCK.texts},
    voices={"writing_part": voice.on_voice, **MOCK.voices},
    prompts={"writing_part": writing.show, **MOCK.prompts},
    edits={"draft": writing.on_edited, **MOCK.edits},
    timers=MOCK.timers,
)
