"""Shortcuts for tests about timed sets: one started, found again, answered at once."""

from __future__ import annotations

from datetime import timedelta

from bot.domain.quiz import Quiz
from tests.lives import settle
from tests.talk import Talk, pack

SECOND = timedelta(seconds=1)
TWENTY = pack().sets["set-amo"]


def settled() -> Talk:
    """A candidate whose welcome is over."""
    talk = Talk()
    settle(talk)
    return talk


def start(talk: Talk, set_id: str = "set-amo") -> Quiz:
    """Open the set from the list and start it."""
    talk.say("/sets")
    talk.press_token(f"sets:{set_id}:show", ref=talk.screen.ref)
    talk.press_token(f"sets:{set_id}:start", ref=talk.screen.ref)
    return the_set(talk)


def running(talk: Talk) -> Quiz | None:
    candidate_id = talk.candidate_id
    with talk.database.begin() as store:
        return store.quizzes.running_set(candidate_id)


def the_set(talk: Talk) -> Quiz:
    found = running(talk)
    assert found is not None
    return found


def reload(talk: Talk, quiz: Quiz) -> Quiz:
    candidate_id = talk.candidate_id
    with talk.database.begin() as store:
        found = store.quizzes.get(quiz.id, candidate_id)
    assert found is not None
    return found


def one_letter(talk: Talk) -> str:
    """A token that answers the open question at once: the set goes on to one with one key."""
    quiz = the_set(talk)
    assert quiz.current is not None
    single = next(
        q
        for q in pack().questions.values()
        if len(q.key) == 1 and q.topic == "social-protection" and q.id not in str(quiz.items)
    )
    with talk.database.begin() as store:
        store.quizzes.swap(quiz.id, quiz.current.position, single)
    return f"quiz:{quiz.id}:a{quiz.current.position}{min(single.key)}"
