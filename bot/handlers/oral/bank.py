"""The STAR bank: three stories of one's own, for three different skills."""

from __future__ import annotations

from bot.domain.oral import (
    BANK_SIZE,
    Draft,
    are_alike,
    rank_prompts,
    skill_of,
    skills_of,
)
from bot.handlers.context import Handler, Reply, TurnContext
from bot.handlers.oral import likely
from bot.handlers.oral.drafts import (
    Action,
    excerpt,
    go_on,
    menu,
    owned,
    part_name,
    question,
    stale,
)
from bot.messages import BLANK, Ask, ButtonPressed, Choice, Line, Row, line, quoted
from content.schema import Localized

_SLOT = "bank"
# A part of a story as shown; the whole of it fits one message, and all of it is in /mydata.
_PART_LENGTH = 800
_PER_ROW = 5


def on_star(turn: TurnContext) -> Reply:
    """/star: the bank first, then a new story or the one left open."""
    return Reply(messages=(_shelf(turn, fresh=True),))


def on_press(turn: TurnContext, ref: str, value: str) -> Reply:
    """A button of the bank: `ref` is nothing, a prompt to start, or a story."""
    if not ref:
        return _OPENED[value](turn) if value in _OPENED else Reply(messages=(_shelf(turn),))
    if ref in turn.pack.star and value == "start":
        return go_on(turn.store.drafts.start(turn.me.id, "star", ref, turn.now))
    story = owned(turn, ref)
    what, _, argument = value.partition("-")
    if story is None or story.frame != "star" or not story.is_finished or what not in _ACTIONS:
        return stale(turn)
    return _ACTIONS[what](turn, story, argument)


def _shelf(turn: TurnContext, *, fresh: bool = False, opening: tuple[Line, ...] = ()) -> Ask:
    """The stories kept, and the ways on."""
    stories = turn.store.drafts.banked(turn.me.id)
    body = [*opening, line("bank.heading", held=len(stories), size=BANK_SIZE), BLANK]
    body += [_entry(turn, number, each) for number, each in enumerate(stories, 1)]
    body.append(line("bank.empty") if not stories else BLANK)
    if stories:
        body += [likely.summary(turn, stories), BLANK]
    body.append(line("bank.complete" if len(stories) >= BANK_SIZE else "bank.next"))
    read = tuple(
        Choice(token=f"bank:{each.id}:read", label=line("bank.read", number=number))
        for number, each in enumerate(stories, 1)
    )
    rows: list[Row] = [read] if read else []
    newest = turn.store.drafts.newest(turn.me.id, "star")
    if newest is not None and not newest.is_finished:
        rows.append((Choice(token=f"oral:{newest.id}:resume", label=line("oral.resume")),))
    new = Choice(token="bank::skills", label=line("bank.new_story"))
    asked = Choice(token="bank::questions", label=line("bank.questions"))
    return Ask(body=tuple(body), choices=(*rows, (new, asked), (menu(),)), slot=_SLOT, fresh=fresh)


def _questions(turn: TurnContext) -> Reply:
    stories = turn.store.drafts.banked(turn.me.id)
    return Reply(messages=(likely.screen(turn, stories, _SLOT),))


def _skills(turn: TurnContext) -> Reply:
    """The skills a story may show, with those already held."""
    held = {_skill(turn, story) for story in turn.store.drafts.banked(turn.me.id)}
    skills = skills_of(turn.pack, turn.me.stream)
    used = turn.store.drafts.uses(turn.me.id, "star")
    body, choices = [line("bank.choose"), BLANK], []
    for number, (skill, prompt) in enumerate(skills.items(), 1):
        key = "bank.skill_held" if skill in held else "bank.skill"
        body.append(line(key, number=number, skill=prompt.skill_name))
        same = [each for each in turn.pack.star.values() if each.skill == skill]
        first = rank_prompts(same, turn.me.stream, used)[0]
        choices.append(Choice(token=f"bank:{first}:start", label=line("bank.number", n=number)))
    rows = [tuple(choices[i : i + _PER_ROW]) for i in range(0, len(choices), _PER_ROW)]
    back = Choice(token="bank::", label=line("common.back"))
    event = turn.event
    inside = isinstance(event, ButtonPressed) and event.token.startswith("bank:")
    screen = Ask(body=tuple(body), choices=(*rows, (back,)), slot=_SLOT, fresh=not inside)
    return Reply(messages=(screen,))


def _keep(turn: TurnContext, story: Draft, argument: str) -> Reply:
    """From under the feedback, which stays: the bank comes below it."""
    return _put_in(turn, story, turn.store.drafts.banked(turn.me.id), fresh=True)


def _put_back(turn: TurnContext, story: Draft, argument: str) -> Reply:
    """From the bank's own screen."""
    return _put_in(turn, story, turn.store.drafts.banked(turn.me.id))


def _put_in(turn: TurnContext, story: Draft, others: list[Draft], *, fresh: bool = False) -> Reply:
    """Into the bank, unless it is full, has the skill already, or the story was only spoken."""
    if story.banked or story.is_spoken:
        why = line("bank.kept_already" if story.banked else "bank.only_written")
        return Reply(messages=(_shelf(turn, fresh=fresh),), notice=why)
    twins = [each for each in others if _skill(turn, each) == _skill(turn, story)]
    if twins:
        return Reply(messages=(_offer_swap(turn, story, twins, "bank.same_skill", fresh=fresh),))
    if len(others) >= BANK_SIZE:
        return Reply(messages=(_offer_swap(turn, story, others, "bank.full", fresh=fresh),))
    turn.store.drafts.bank(story, keep=True)
    alike = any(are_alike(story, other) for other in others)
    opening = (line("bank.alike"), BLANK) if alike else ()
    return Reply(messages=(_shelf(turn, opening=opening, fresh=fresh),), notice=line("bank.kept"))


def _replace(turn: TurnContext, story: Draft, argument: str) -> Reply:
    """One story for another; the skills must still be different."""
    old = owned(turn, argument)
    if story.banked or story.is_spoken or old is None or not old.banked:
        return Reply(messages=(_shelf(turn),), notice=line("common.stale"))
    others = [each for each in turn.store.drafts.banked(turn.me.id) if each.id != old.id]
    if any(_skill(turn, each) == _skill(turn, story) for each in others):
        return _put_in(turn, story, others)
    turn.store.drafts.bank(old, keep=False)
    return _put_in(turn, story, others)


def _show_shelf(turn: TurnContext, story: Draft, argument: str) -> Reply:
    """From under the feedback, which stays."""
    return Reply(messages=(_shelf(turn, fresh=True),))


def _offer_swap(
    turn: TurnContext, story: Draft, held: list[Draft], key: str, *, fresh: bool
) -> Ask:
    """Why the story cannot simply be added, and which one it may take the place of."""
    body = [line(key, skill=_skill_name(turn, story)), BLANK]
    body += [_entry(turn, number, each) for number, each in enumerate(held, 1)]
    body += [BLANK, line("bank.swap_question")]
    swaps = tuple(
        Choice(token=f"bank:{story.id}:for-{each.id}", label=line("bank.replace", number=number))
        for number, each in enumerate(held, 1)
    )
    leave = Choice(token="bank::", label=line("bank.leave"))
    return Ask(body=tuple(body), choices=(swaps, (leave,)), slot=_SLOT, fresh=fresh)


def _read(turn: TurnContext, story: Draft, argument: str) -> Reply:
    """A story in the candidate's own words."""
    body = [line("bank.story", skill=_skill_name(turn, story)), question(turn.pack, story)]
    for part, text in story.texts().items():
        body.append(BLANK)
        if part in story.part_ids:
            body.append(line("bank.part", part=part_name(part)))
        body.append(quoted(excerpt(text, _PART_LENGTH).text))
    body += likely.questions_of(turn, story)
    remove = Choice(token=f"bank:{story.id}:remove", label=line("bank.remove"))
    put_back = Choice(token=f"bank:{story.id}:back", label=line("bank.keep"))
    shelf = Choice(token="bank::", label=line("bank.open"))
    first = remove if story.banked else put_back
    return Reply(messages=(Ask(body=tuple(body), choices=((first, shelf),), slot=_SLOT),))


def _remove(turn: TurnContext, story: Draft, argument: str) -> Reply:
    """Out of the bank; the answer itself stays, so one press puts it back."""
    turn.store.drafts.bank(story, keep=False)
    undo = Choice(token=f"bank:{story.id}:back", label=line("bank.put_back"))
    shelf = Choice(token="bank::", label=line("bank.open"))
    body = (line("bank.removed", skill=_skill_name(turn, story)),)
    return Reply(messages=(Ask(body=body, choices=((undo, shelf),), slot=_SLOT),))


def _entry(turn: TurnContext, number: int, story: Draft) -> Line:
    words = excerpt("\n".join(story.texts().values()), 60)
    return line("bank.entry", number=number, skill=_skill_name(turn, story), words=words)


def _skill(turn: TurnContext, story: Draft) -> str:
    return skill_of(turn.pack, story)


def _skill_name(turn: TurnContext, story: Draft) -> Localized | Line:
    prompt = turn.pack.star.get(story.prompt_id)
    return prompt.skill_name if prompt else line("oral.question_gone")


_OPENED: dict[str, Handler] = {"skills": _skills, "questions": _questions}
_ACTIONS: dict[str, Action] = {
    "keep": _keep,
    "back": _put_back,
    "shelf": _show_shelf,
    "for": _replace,
    "read": _read,
    "remove": _remove,
}
