"""What a quiz looks like: one message, edited from question to verdict to result."""

from __future__ import annotations

from bot.domain.countdown import minutes_left
from bot.domain.quiz import SURE, Quiz, QuizItem, topics_to_revise
from bot.handlers.asking import retest_row
from bot.handlers.context import TurnContext
from bot.handlers.reviewing import review_row
from bot.messages import BLANK, Ask, Choice, Line, Row, content, line
from content.schema import Question
from content.validity import validity


def slot(quiz: Quiz) -> str:
    """The slot of the quiz's one message."""
    return f"quiz:{quiz.id}"


def question_screen(
    turn: TurnContext,
    quiz: Quiz,
    item: QuizItem,
    question: Question,
    *,
    opening: tuple[Line, ...] = (),
    fresh: bool = False,
) -> Ask:
    """The question with lettered options and short buttons."""
    many = len(question.key) > 1
    body = [
        *opening,
        _heading(turn, quiz, item, question),
        *time_left(turn, quiz),
        BLANK,
        line("quiz.stem", stem=question.stem),
        BLANK,
        *(line("quiz.option", letter=o.id.upper(), text=o.text) for o in question.options),
    ]
    body += _doubt(turn, question)
    if many:
        body += [BLANK, line("quiz.several", count=len(question.key))]
    letters = tuple(
        Choice(
            token=f"quiz:{quiz.id}:a{item.position}{o.id}",
            label=line(
                "quiz.ticked" if o.id in item.ticked else "quiz.letter", letter=o.id.upper()
            ),
        )
        for o in question.options
    )
    rows: tuple[Row, ...] = (letters,)
    if asks_confidence(turn, quiz) and len(item.ticked) == len(question.key):
        body += [BLANK, line("quiz.how_sure")]
        rows += (_confidence(quiz, item),)
    elif many:
        validate = Choice(token=f"quiz:{quiz.id}:v{item.position}", label=line("quiz.validate"))
        rows += ((validate,),)
    return Ask(body=tuple(body), choices=rows, slot=slot(quiz), fresh=fresh)


def asks_confidence(turn: TurnContext, quiz: Quiz) -> bool:
    """Whether an answer says how sure it is (T45): on wish, and never against the clock."""
    return turn.me.asks_confidence and quiz.kind != "set"


def verdict_screen(
    turn: TurnContext,
    quiz: Quiz,
    item: QuizItem,
    question: Question,
    *,
    onward: Choice | None = None,
) -> Ask:
    """Right or wrong, why each option is, the idea to remember, the dated source, and `onward`.

    That leads to the next question unless told otherwise.
    """
    body = [
        _heading(turn, quiz, item, question),
        line("quiz.right" if item.correct else "quiz.wrong"),
        BLANK,
        line("quiz.stem", stem=question.stem),
        BLANK,
    ]
    for option in question.options:
        mark = "quiz.option_right" if option.id in question.key else "quiz.option_wrong"
        letter = option.id.upper()
        body.append(line(mark, letter=letter, text=option.text))
        chose = option.id in (item.chosen or "")
        body += [line("quiz.why_chosen" if chose else "quiz.why", why=option.why), BLANK]
    body += [
        line("quiz.rationale", text=question.rationale),
        line("quiz.source", source=question.source, as_of=question.as_of),
        *_doubt(turn, question),
    ]
    onward = onward or _onward(quiz, item)
    flag = Choice(token=f"flag:{question.id}:ask", label=line("quiz.flag"))
    return Ask(body=tuple(body), choices=((onward,), (flag,)), slot=slot(quiz))


def result_screen(turn: TurnContext, quiz: Quiz, *, fresh: bool = False) -> Ask:
    """Score, topics to revise, one next step."""
    total = len(quiz.items)
    body = [line("quiz.score", right=quiz.right, total=total), BLANK]
    topics = to_revise(turn, quiz)
    if topics:
        body += [*topics, BLANK, line("quiz.then_journal")]
        step = Choice(token="journal::show", label=line("quiz.to_journal"))
    else:
        body.append(line("quiz.all_right"))
        step = Choice(token="plan::show", label=line("quiz.to_plan"))
    more = Choice(token="quiz::extra", label=line("quiz.more"))
    if quiz.kind == "sheet":
        more = Choice(token="sheet::list", label=line("quiz.other_sheet"))
    rows = ((step,), *retest_row(turn), *review_row(turn), (more, _menu()))
    return Ask(body=tuple(body), choices=rows, slot=slot(quiz), fresh=fresh)


def to_revise(turn: TurnContext, quiz: Quiz) -> list[Line]:
    """The topics that went wrong, under their heading; nothing where all went well."""
    names = {topic.id: topic.name for topic in turn.pack.head.topics}
    topics = topics_to_revise(quiz, turn.pack.questions)
    found = [line("quiz.topic", name=names[topic]) for topic in topics if topic in names]
    return [line("quiz.to_revise"), *found] if found else []


def time_left(turn: TurnContext, quiz: Quiz) -> list[Line]:
    """A timed set's minutes as they stand now: a message does not tick."""
    if quiz.deadline_at is None:
        return []
    left = minutes_left(turn.now, quiz.deadline_at)
    return [line("sets.left", count=left) if left else line("sets.last_minute")]


def replaced_screen(quiz: Quiz) -> Ask:
    """What stands in the place of a quiz that gave way to a newer one."""
    go = Choice(token="quiz::open", label=line("quiz.open"))
    return Ask(body=(line("quiz.replaced"),), choices=((go,),), slot=slot(quiz))


def done_screen(turn: TurnContext, daily: Quiz) -> Ask:
    """Today's quiz is done: its score, and more for who wants it: misses due, or new ones."""
    body = (line("quiz.done_today", right=daily.right, total=len(daily.items)),)
    more = Choice(token="quiz::extra", label=line("quiz.more"))
    sets = Choice(token="sets::list", label=line("quiz.to_sets"))
    row = (more, sets) if turn.pack.sets else (more,)
    return Ask(body=body, choices=(*retest_row(turn), row, (_menu(),)))


def offer_screen(key: str) -> Ask:
    """One sentence, and the way to the quiz."""
    go = Choice(token="quiz::open", label=line("quiz.open"))
    return Ask(body=(line(key),), choices=((go, _menu()),))


def _onward(quiz: Quiz, item: QuizItem) -> Choice:
    label = line("quiz.see_result" if quiz.current is None else "quiz.next")
    return Choice(token=f"quiz:{quiz.id}:n{item.position}", label=label)


def _confidence(quiz: Quiz, item: QuizItem) -> Row:
    """How sure one is, from a guess to sure (T45)."""
    return tuple(
        Choice(token=f"quiz:{quiz.id}:s{item.position}.{level}", label=line(f"quiz.sure_{level}"))
        for level in range(1, SURE + 1)
    )


def _doubt(turn: TurnContext, question: Question) -> list[Line]:
    """A question whose rule may be ending says so."""
    doubtful = validity(turn.pack.facts, question, turn.today) == "doubtful"
    return [BLANK, line("quiz.doubtful")] if doubtful else []


def _menu() -> Choice:
    return Choice(token="menu::", label=line("common.menu"))


def _heading(turn: TurnContext, quiz: Quiz, item: QuizItem, question: Question) -> Line:
    place = {"number": item.position + 1, "total": len(quiz.items)}
    if quiz.set_id is not None:
        return line("sets.heading", name=turn.pack.sets[quiz.set_id].name, **place)
    names = {topic.id: topic.name for topic in turn.pack.head.topics}
    return line(f"quiz.heading_{quiz.kind}", topic=content(names[question.topic]), **place)
