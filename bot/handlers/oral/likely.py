"""The stories of the STAR bank, matched to the questions a jury is likely to ask."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.domain.oral import BANK_SIZE, Draft, skill_of
from bot.domain.story_bank import Coverage, coverage, served_by
from bot.handlers.context import TurnContext
from bot.messages import BLANK, Ask, Choice, Line, Row, line
from content.schema import PrepPrompt

# Questions still open, as many as one reads at night; the count says how many there are.
_OPEN = 5


def summary(turn: TurnContext, stories: Sequence[Draft]) -> Line:
    """How many of the likely questions the stories answer."""
    found = _coverage(turn, stories)
    total = len(found.covered) + len(found.open)
    return line("bank.coverage", covered=len(found.covered), total=total)


def screen(turn: TurnContext, stories: Sequence[Draft], slot: str) -> Ask:
    """Each story with its questions, those without a story, and which story would help most."""
    found = _coverage(turn, stories)
    body = [line("bank.questions_heading")]
    for number, story in enumerate(stories, 1):
        body += [BLANK, *_of_story(turn, number, story)]
    if found.open:
        body += [BLANK, line("bank.open_questions", left=len(found.open))]
        body += list(_listed(found.open[:_OPEN]))
    rows: list[Row] = []
    if found.next_skill and len(stories) < BANK_SIZE:
        skill = found.next_skill.skill_name
        body += [BLANK, line("bank.would_serve", skill=skill, gains=found.gains)]
        token = f"bank:{found.next_skill.id}:start"
        rows.append((Choice(token=token, label=line("bank.tell_it")),))
    elif found.open:
        body += [BLANK, line("bank.take_one")]
    rows.append((Choice(token="bank::", label=line("common.back")),))
    return Ask(body=tuple(body), choices=tuple(rows), slot=slot)


def questions_of(turn: TurnContext, story: Draft) -> tuple[Line, ...]:
    """The likely questions that a story answers, under its words; nothing without any."""
    served = served_by(turn.pack, turn.me.stream, skill_of(turn.pack, story))
    return (BLANK, line("bank.also_answers"), *_listed(served)) if served else ()


def hint(turn: TurnContext, prompt: PrepPrompt) -> tuple[Line, ...]:
    """On a question's first screen: which story of one's own can be its example."""
    if not prompt.skills:
        return ()
    for story in turn.store.drafts.banked(turn.me.id):
        told = turn.pack.star.get(story.prompt_id)
        if told and told.skill in prompt.skills:
            return (line("bank.can_serve", skill=told.skill_name),)
    return ()


def _coverage(turn: TurnContext, stories: Sequence[Draft]) -> Coverage:
    held = {skill_of(turn.pack, story) for story in stories}
    return coverage(turn.pack, turn.me.stream, held)


def _of_story(turn: TurnContext, number: int, story: Draft) -> Iterator[Line]:
    told = turn.pack.star.get(story.prompt_id)
    name = told.skill_name if told else line("oral.question_gone")
    served = served_by(turn.pack, turn.me.stream, skill_of(turn.pack, story))
    yield line("bank.story_serves", number=number, skill=name)
    yield from _listed(served) if served else (line("bank.serves_its_own"),)


def _listed(prompts: Sequence[PrepPrompt]) -> Iterator[Line]:
    return (line("bank.question", question=prompt.question) for prompt in prompts)
