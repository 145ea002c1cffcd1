"""What a mock oral looks like: before it, its questions, standing still, and its kind words."""

from __future__ import annotations

from bot.domain.countdown import minutes_left
from bot.domain.frames import RUBRICS
from bot.domain.mock import COUNTS, MINUTES_EACH, WANTED, Mock
from bot.domain.mock_marks import gap_of
from bot.domain.oral import BANK_SIZE, Draft
from bot.handlers.context import TurnContext
from bot.handlers.oral import voice
from bot.handlers.oral.drafts import excerpt, menu, part_name, question
from bot.messages import BLANK, Ask, ButtonPressed, Choice, CommandGiven, Line, Row, Say, line


def slot(mock: Mock) -> str:
    """The slot of the mock's one screen."""
    return f"mock:{mock.id}"


def entry_screen(turn: TurnContext) -> Ask:
    """The three things to have ready (M62), what will happen, and how long it may last."""
    counts = turn.store.drafts.counts(turn.me.id)
    held = len(turn.store.mocks.results(turn.me.id))
    stories = "mock.stories_ready" if counts.banked >= BANK_SIZE else "mock.stories_open"
    body = (
        line("mock.heading"),
        line("mock.held", held=min(held, WANTED), wanted=WANTED),
        BLANK,
        line("mock.before"),
        line("mock.pitch_ready" if counts.pitch_finished else "mock.pitch_open"),
        line(stories, size=BANK_SIZE, held=counts.banked),
        line("mock.knows", institution=turn.pack.head.institution),
        BLANK,
        line("mock.course", minutes=MINUTES_EACH),
        line("mock.ways"),
        line("mock.may_pause"),
        BLANK,
        line("mock.choose"),
    )
    lengths = tuple(
        Choice(
            token=f"mock::start.{count}", label=line("mock.length", minutes=count * MINUTES_EACH)
        )
        for count in COUNTS
    )
    return Ask(body=body, choices=(lengths, (menu(),)), slot="mock", fresh=True)


def first_the_set() -> Ask:
    """One clock at a time."""
    on = Choice(token="sets::go_on", label=line("sets.go_on"))
    return Ask(body=(line("mock.first_the_set"),), choices=((on, menu()),))


def question_screen(turn: TurnContext, mock: Mock, *, fresh: bool) -> Ask:
    """The open question, the time that is left, and what is noted of the answer."""
    answer = mock.current
    if answer is None:
        raise LookupError(mock.id)
    is_follow = not mock.is_main(answer)
    key = "mock.follow_up" if is_follow else "mock.question"
    asked = turn.pack.follow_ups.get(answer.prompt_id)
    body = (
        *((line("mock.resumed"), BLANK) if fresh and _is_return(turn) else ()),
        line(key, number=mock.number, total=len(mock.plan)),
        time_left(turn, mock),
        BLANK,
        line("oral.question", text=asked.question) if asked else question(turn.pack, answer),
        BLANK,
        *_noted(turn, answer, is_follow=is_follow),
    )
    return Ask(body=body, choices=_rows(turn, mock, answer), slot=slot(mock), fresh=fresh)


def paused_screen(turn: TurnContext, mock: Mock, *, fresh: bool = False) -> Ask:
    """The clock stands still; the question is hidden, or a pause would be time to think."""
    body = (
        line("mock.paused", number=mock.number, total=len(mock.plan)),
        time_left(turn, mock),
        BLANK,
        line("mock.when_back"),
    )
    row = (_button(mock, "resume", "mock.go_on"), _button(mock, "stop", "mock.stop"))
    return Ask(body=body, choices=(row,), slot=slot(mock), fresh=fresh)


def stop_question(mock: Mock) -> Ask:
    """Before it is given up: what that means."""
    row = (_button(mock, "go_on", "mock.go_on"), _button(mock, "end", "mock.stop_yes"))
    return Ask(body=(line("mock.stop_ask"),), choices=(row,), slot=slot(mock))


def ping(mock: Mock, left: int) -> Say:
    """A kind word of the time left."""
    body = (line("mock.ping", count=left), line("mock.ping_calm"))
    return Say(body=body, expires_at=mock.deadline_at)


def time_left(turn: TurnContext, mock: Mock) -> Line:
    """The minutes as they stand now: a message does not tick."""
    left = minutes_left(mock.now_at(turn.now), mock.deadline_at)
    return line("sets.left", count=left) if left else line("sets.last_minute")


def _is_return(turn: TurnContext) -> bool:
    """Whether the candidate comes back by a command or a button from elsewhere."""
    return isinstance(turn.event, CommandGiven | ButtonPressed)


def _noted(turn: TurnContext, answer: Draft, *, is_follow: bool) -> tuple[Line, ...]:
    """What the answer holds so far, and the next step."""
    if answer.is_spoken:
        return _spoken(turn, answer, is_follow=is_follow)
    notes = answer.notes_of(answer.part)
    if notes:
        said = line("oral.noted", count=len(notes), words=excerpt(notes[0].text))
        return (said, line("mock.then_done"))
    if is_follow:
        return (line("mock.answer_follow"),)
    low, high = RUBRICS[answer.frame].seconds
    return (line("mock.answer", low=low, high=high),)


def _spoken(turn: TurnContext, answer: Draft, *, is_follow: bool) -> tuple[Line, ...]:
    seconds = answer.assessment.seconds if answer.assessment else 0
    kept = line("oral.voice_kept" if turn.me.keep_voice else "oral.voice_not_kept")
    typed = (line("oral.typed_too"),) if answer.texts() else ()
    time = line("mock.spoken", seconds=seconds) if is_follow else voice.timing(answer)
    then = "mock.then_tick" if _boxes(turn, answer) else "mock.then_done"
    return (time, kept, *typed, BLANK, line(then))


def _boxes(turn: TurnContext, answer: Draft) -> tuple[str, ...]:
    """The parts to tick: all of the frame, or the one that a follow-up asks for."""
    if answer.prompt_id not in turn.pack.follow_ups:
        return answer.part_ids
    gap = gap_of(turn.pack, answer)
    return (gap,) if gap else ()


def _rows(turn: TurnContext, mock: Mock, answer: Draft) -> tuple[Row, ...]:
    here = len(mock.answers) - 1
    done = _button(mock, f"done.{here}", "mock.done")
    ways = (_button(mock, "pause", "mock.pause"), _button(mock, "stop", "mock.stop"))
    if answer.is_empty:
        return ((_button(mock, f"skip.{here}", "mock.skip"),), ways)
    if not answer.is_spoken:
        return ((done,), ways)
    ticks = tuple((_tick(mock, here, answer, part),) for part in _boxes(turn, answer))
    write = _button(mock, f"write.{here}", "oral.write_instead")
    return (*ticks, (done,), (write,), ways)


def _tick(mock: Mock, here: int, answer: Draft, part: str) -> Choice:
    said = part in answer.ticked
    label = line("oral.ticked" if said else "oral.unticked", part=part_name(part))
    return Choice(
        token=f"mock:{mock.id}:tick.{here}.{'off' if said else 'on'}.{part}", label=label
    )


def _button(mock: Mock, action: str, key: str) -> Choice:
    return Choice(token=f"mock:{mock.id}:{action}", label=line(key))
