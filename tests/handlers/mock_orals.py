"""Shortcuts for tests about mock orals: one started, found again, answered to its end."""

from __future__ import annotations

from typing import Any

from bot.domain.mock import Mock
from tests.lives import settle
from tests.talk import Talk, texts

# A good answer and a bare one in each language, as phones type.
GOOD = {
    "fr": "Je suis économiste, deux ans à la mutuelle de Fès. J'ai trié 40 dossiers en retard et "
    "le délai est passé de 60 à 20 jours pour les assurés. Donc je veux servir la CNOPS.",
    "en": "I am an economist, two years at the mutual in Fez. I sorted 40 late files and the "
    "delay went from 60 to 20 days for insured people. That is why I want to serve CNOPS.",
    "ar": "أنا اقتصادي واشتغلت سنتين في تعاضدية بفاس. رتبت 40 ملفا متأخرا فانخفض الأجل من 60 إلى "
    "20 يوما لفائدة المؤمنين. لذلك أريد أن أخدم الصندوق.",
}
BARE = {"fr": "je suis motivé", "en": "i am motivated", "ar": "أنا متحمس"}


def settled(language: str = "fr", **settings: Any) -> Talk:
    """A candidate whose welcome is over."""
    talk = Talk(language=language)
    settle(talk, **settings)
    return talk


def start(talk: Talk, count: int = 4) -> Mock:
    """Open the entry screen and choose so many questions."""
    talk.say("/oral")
    talk.press_token(f"mock::start.{count}", ref=talk.screen.ref)
    return the_mock(talk)


def running(talk: Talk) -> Mock | None:
    """The mock that is not over."""
    candidate_id = talk.candidate_id
    with talk.database.begin() as store:
        return store.mocks.open_of(candidate_id)


def the_mock(talk: Talk) -> Mock:
    found = running(talk)
    assert found is not None
    return found


def reload(talk: Talk, mock: Mock) -> Mock:
    """The mock as it is kept now."""
    candidate_id = talk.candidate_id
    with talk.database.begin() as store:
        found = store.mocks.get(mock.id, candidate_id)
    assert found is not None
    return found


def press(talk: Talk, action: str) -> None:
    """Press a button of the mock; `done` and the like are told the open answer's place."""
    mock = the_mock(talk)
    name, _, rest = action.partition(".")
    if name in {"done", "skip", "write", "tick"}:
        action = ".".join(each for each in (name, str(len(mock.answers) - 1), rest) if each)
    talk.press_token(f"mock:{mock.id}:{action}", ref=talk.screen.ref)


def answer(talk: Talk, text: str = "") -> None:
    """Type an answer (a good one) and give it."""
    talk.say(text or GOOD[talk.language])
    press(talk, "done")


def play(talk: Talk, *texts_given: str, count: int = 4) -> Mock:
    """A whole mock: each answer typed in turn, the last again and again; follow-ups skipped."""
    mock = start(talk, count)
    given = list(texts_given)
    while running(talk) is not None:
        going = the_mock(talk)
        assert going.current is not None
        if going.is_main(going.current):
            answer(talk, given.pop(0) if len(given) > 1 else "".join(given))
        else:
            press(talk, "skip")
    return reload(talk, mock)


def label(talk: Talk, key: str) -> str:
    """A text without placeholders, in the candidate's language."""
    return texts().template(key, talk.language, None)  # type: ignore[arg-type]
