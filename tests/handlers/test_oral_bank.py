"""/star: three stories on three skills; a fourth, or one skill twice, is refused with a reason."""

from __future__ import annotations

import pytest

from bot.domain.oral import Draft
from bot.domain.rubric import self_assess
from bot.storage.tables import drafts
from content.schema import LANGUAGES
from tests.talk import MOST_PLAIN, Talk, pack, texts

STORY = (
    "En 2023, en stage à l'agence de Rabat, le travail s'accumulait.",
    "Je devais réduire le retard avant la fin du mois.",
    "J'ai trié les dossiers, j'ai appelé les assurés et j'ai fait un tableau.",
    "Résultat : de 200 à 40 dossiers en retard.",
)
SKILLS = ("star-conflict", "star-deadline", "star-data-quality", "star-initiative")


def _label(key: str) -> str:
    return texts().template(key, "fr", None)


@pytest.fixture
def ready(talk: Talk) -> Talk:
    """A candidate past the welcome."""
    talk.join()
    return talk


def _tell(talk: Talk, prompt: str, *, twist: str = "") -> int:
    """Tell a story on a prompt, part by part; the draft's number."""
    talk.press_token(f"bank:{prompt}:start", ref=talk.screen.ref)
    for number, text in enumerate(STORY, 1):
        talk.say(f"{twist} {text}")
        talk.press(_label("oral.next_part" if number < 4 else "oral.see_feedback"))
    with talk.database.engine.connect() as connection:
        return max(row.id for row in connection.execute(drafts.select()))


def _stories(talk: Talk) -> list[Draft]:
    me = talk.candidate_id
    with talk.database.begin() as store:
        return store.drafts.banked(me)


def _banked(talk: Talk) -> list[str]:
    return [story.prompt_id for story in _stories(talk)]


def _fill(talk: Talk) -> None:
    for number, prompt in enumerate(SKILLS[:3]):
        _tell(talk, prompt, twist=" ".join(f"mot{number}{i}" for i in range(30)))
        talk.press(_label("bank.keep"))


def test_the_bank_comes_first_then_a_skill_then_the_story(ready: Talk) -> None:
    ready.say("/star")
    assert "0/3" in ready.screen.text
    ready.press(_label("bank.new_story"))
    assert "3. Délai tenu" in ready.screen.text
    ready.press("3")
    assert "STAR · 1/4 · Situation" in ready.screen.text
    assert "délai semblait impossible" in ready.screen.text


def test_a_finished_story_is_kept_and_read_again(ready: Talk) -> None:
    ready.say("/star")
    _tell(ready, "star-deadline")
    feedback = ready.screen
    ready.press(_label("bank.keep"))
    assert "Votre retour" in feedback.text, "the feedback stays readable above"
    assert "1/3" in ready.screen.text
    ready.press("Lire 1")
    for text in STORY:
        assert text in ready.screen.text


def test_m56_a_second_story_of_one_skill_is_refused_and_may_replace_the_first(ready: Talk) -> None:
    ready.say("/star")
    first = _tell(ready, "star-deadline")
    ready.press(_label("bank.keep"))
    second = _tell(ready, "star-deadline")
    ready.press(_label("bank.keep"))
    assert "déjà une histoire sur" in ready.screen.text
    assert _banked(ready) == ["star-deadline"]
    ready.press("Remplacer 1")
    assert [story.id for story in _stories(ready)] == [second]
    assert first != second


def test_m56_a_fourth_story_is_refused_and_may_replace_one(ready: Talk) -> None:
    ready.say("/star")
    _fill(ready)
    assert "3/3" in ready.screen.text
    _tell(ready, SKILLS[3], twist="autre chose")
    ready.press(_label("bank.keep"))
    assert "déjà trois histoires" in ready.screen.text
    assert _banked(ready) == list(SKILLS[:3])
    ready.press("Remplacer 2")
    assert _banked(ready) == [SKILLS[0], SKILLS[2], SKILLS[3]]


def test_a_swap_cannot_bring_one_skill_in_twice(ready: Talk) -> None:
    ready.say("/star")
    _fill(ready)
    double = _tell(ready, SKILLS[0])
    other = _stories(ready)[1].id
    ready.press_token(f"bank:{double}:for-{other}", ref=ready.screen.ref)
    assert "déjà une histoire sur" in ready.screen.text
    assert _banked(ready) == list(SKILLS[:3])


def test_m56_the_same_story_on_two_skills_is_kept_with_a_warning(ready: Talk) -> None:
    ready.say("/star")
    for prompt in SKILLS[:2]:
        _tell(ready, prompt)
        ready.press(_label("bank.keep"))
    assert "ressemble beaucoup" in ready.screen.text
    assert _banked(ready) == list(SKILLS[:2])


def test_keeping_twice_counts_once_and_removing_can_be_undone(ready: Talk) -> None:
    ready.say("/star")
    story = _tell(ready, "star-deadline")
    for _ in range(2):
        ready.press_token(f"bank:{story}:keep", ref=ready.screen.ref)
    assert ready.notice == _label("bank.kept_already")
    ready.press("Lire 1")
    ready.press(_label("bank.remove"))
    assert _banked(ready) == []
    ready.press(_label("bank.put_back"))
    assert _banked(ready) == ["star-deadline"]


def test_a_spoken_story_is_not_kept(ready: Talk) -> None:
    ready.say("/star")
    ready.press_token("bank:star-deadline:start", ref=ready.screen.ref)
    ready.speak(100)
    ready.press(_label("oral.see_feedback"))
    assert _label("bank.keep") not in ready.screen.buttons
    ready.press_token("bank:1:keep", ref=ready.screen.ref)
    assert ready.notice == _label("bank.only_written")
    assert _banked(ready) == []


def test_an_unfinished_story_is_offered_on_the_bank(ready: Talk) -> None:
    ready.say("/star")
    ready.press_token("bank:star-deadline:start", ref=ready.screen.ref)
    ready.say(STORY[0])
    ready.say("/star")
    ready.press(_label("oral.resume"))
    assert _label("oral.resumed") in ready.screen.text
    assert "En 2023" in ready.screen.text


def test_another_persons_story_is_out_of_reach(ready: Talk) -> None:
    ready.say("/star")
    story = _tell(ready, "star-deadline")
    ready.move_to("telegram", "2002")
    ready.join()
    for value in ("keep", "read", "remove", "back", "shelf", f"for-{story}"):
        ready.press_token(f"bank:{story}:{value}", ref=ready.screen.ref)
    assert not any("En 2023" in bubble.text for bubble in ready.chat.bubbles)
    assert _banked(ready) == []


def test_m56_each_story_is_matched_to_the_likely_questions_it_answers(ready: Talk) -> None:
    ready.say("/star")
    _tell(ready, "star-user-care")
    ready.press(_label("bank.keep"))
    assert "Questions probables avec une histoire" in ready.screen.text
    ready.press("Lire 1")
    assert pack().prep["prep-dissatisfied"].question.fr in ready.screen.text
    ready.press(_label("bank.open"))
    ready.press(_label("bank.questions"))
    told, _, left = ready.screen.text.partition("Encore sans histoire")
    assert pack().prep["prep-dissatisfied"].question.fr in told
    assert pack().prep["prep-sensitive-data"].question.fr in left


def test_the_story_that_would_serve_most_questions_is_one_press_away(ready: Talk) -> None:
    ready.say("/star")
    ready.press(_label("bank.questions"))
    ready.press(_label("bank.tell_it"))
    assert "STAR · 1/4" in ready.screen.text
    ready.press(_label("oral.later"))
    _fill(ready)
    ready.press(_label("bank.questions"))
    assert _label("bank.tell_it") not in ready.screen.buttons, "three are enough"


def test_a_question_names_the_story_of_ones_own_that_can_be_its_example(ready: Talk) -> None:
    ready.say("/prep")
    ready.press(_label("oral.another_prep"))
    ready.press(_label("oral.another_prep"))
    assert pack().prep["prep-dissatisfied"].question.fr in ready.screen.text
    assert "peut servir d’exemple" not in ready.screen.text
    ready.press(_label("oral.later"))
    _tell(ready, "star-user-care")
    ready.press(_label("bank.keep"))
    ready.say("/prep")
    for _ in pack().prep:
        if pack().prep["prep-dissatisfied"].question.fr in ready.screen.text:
            break
        ready.press(_label("oral.another_prep"))
    skill = pack().star["star-user-care"].skill_name.fr
    assert f"Votre histoire « {skill} » peut servir d’exemple" in ready.screen.text.replace(
        "\xa0", " "
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("stream", range(4))
def test_the_screen_of_questions_fits_one_message(language: str, stream: int) -> None:
    talk = Talk(language=language)
    talk.join(stream=stream)
    me = talk.candidate_id
    with talk.database.begin() as store:
        for prompt in ("star-user-care", "star-learning", "star-simplification"):
            draft = store.drafts.start(me, "star", prompt, talk.now)
            store.drafts.append(draft, "x", "telegram", "m", talk.now)
            store.drafts.finish(draft, self_assess("star", (), 5), talk.now)
            store.drafts.bank(draft, keep=True)
    talk.press_token("bank::questions")
    assert talk.last.route != "fault"
    assert len(talk.screen.payload["text"]) < MOST_PLAIN
