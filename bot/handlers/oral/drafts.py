"""What the oral screens share: finding the candidate's draft, buttons, names."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import reduce

from bot.conversation import Idle, WritingPart
from bot.domain.oral import PITCH, Draft, prompt_of, question_of, shortened
from bot.handlers.context import Reply, TurnContext
from bot.handlers.refs import is_row
from bot.messages import Ask, ButtonPressed, Choice, CommandGiven, Line, Quoted, line
from content.schema import Pack

Action = Callable[[TurnContext, Draft, str], Reply]
"""What a press does to a draft; the text after the action's name in the token."""

_EXCERPT = 80
_OURS = {"oral", "bank"}


def owned(turn: TurnContext, ref: str) -> Draft | None:
    """The candidate's own draft of a token's ref, which may be forged.

    An answer being given in a mock oral is none: only the mock's own buttons change it.
    """
    draft = turn.store.drafts.get(int(ref), turn.me.id) if is_row(ref) else None
    return None if draft and draft.mock_id and not draft.is_finished else draft


def current(turn: TurnContext) -> Draft | None:
    """The draft that texts go to here, if it is still being written."""
    if not isinstance(turn.state, WritingPart):
        return None
    draft = turn.store.drafts.get(turn.state.draft, turn.me.id)
    return None if draft is None or draft.is_finished else draft


def go_on(draft: Draft, notice: Line | None = None) -> Reply:
    """Texts go to this draft; its screen follows as the state's prompt."""
    return Reply(state=WritingPart(draft=draft.id), notice=notice)


def back_to_it(draft: Draft) -> Reply:
    """A button of an earlier screen of this draft: show where it stands."""
    return go_on(draft, line("common.stale"))


def stale(turn: TurnContext) -> Reply:
    """A button of nothing the candidate has: show what is open here, else the menu."""
    draft = current(turn)
    return back_to_it(draft) if draft else Reply(next="stale::")


def nothing_open(turn: TurnContext) -> Reply:
    """A message for an answer that was finished elsewhere: say so, and where its feedback is."""
    body, choices = (line("oral.nothing_open"),), [menu()]
    if isinstance(turn.state, WritingPart):
        done = turn.store.drafts.get(turn.state.draft, turn.me.id)
        choices = [*((button(done, "show", "oral.see_feedback"),) if done else ()), menu()]
    return Reply(state=Idle(), messages=(Ask(body=body, choices=(tuple(choices),)),))


def slot(draft: Draft) -> str:
    """The slot of the draft's one screen."""
    return f"oral:{draft.id}"


def is_below(turn: TurnContext) -> bool:
    """Whether a draft's screen goes to the bottom: after anything but a press on one of ours.

    A press under a feedback counts as such: the feedback must stay readable while rewriting.
    """
    event = turn.event
    if not isinstance(event, ButtonPressed):
        return True
    route, ref, _ = f"{event.token}::".split(":", 2)
    pressed = owned(turn, ref)
    if pressed is not None and pressed.is_finished:
        return True
    return route not in _OURS or not ref


def is_return(turn: TurnContext) -> bool:
    """Whether the candidate comes back to a draft, by a command or a button that leads there."""
    event = turn.event
    if not isinstance(event, ButtonPressed):
        return isinstance(event, CommandGiven)
    route, ref, value = f"{event.token}::".split(":", 2)
    return route not in _OURS or not ref or value.startswith("resume")


def button(draft: Draft, action: str, key: str) -> Choice:
    """A button of the draft."""
    return Choice(token=f"oral:{draft.id}:{action}", label=line(key))


def menu() -> Choice:
    """The way out."""
    return Choice(token="menu::", label=line("common.menu"))


def part_name(part: str) -> Line:
    """A part's name as candidates read it."""
    return line(f"oral.part_{part}")


def frame_name(draft: Draft) -> Line:
    """PREP, STAR or the pitch."""
    return line(f"oral.frame_{draft.frame}")


def question(pack: Pack, draft: Draft) -> Line:
    """The draft's question; a kind sentence when this pack no longer has it."""
    if draft.prompt_id == PITCH:
        return line("oral.question", text=line("oral.pitch_question"))
    prompt = prompt_of(pack, draft)
    if prompt is None:
        return line("oral.question", text=line("oral.question_gone"))
    return line("oral.question", text=question_of(prompt))


def excerpt(text: str, most: int = _EXCERPT) -> Quoted:
    """The first words of what a person wrote."""
    return Quoted(shortened(text, most))


def listed(lines: Sequence[Line]) -> Line:
    """Several short texts as one, with the reader's comma."""
    return reduce(lambda first, rest: line("oral.comma", first=first, rest=rest), lines)
