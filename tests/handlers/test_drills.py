"""A case marked by oneself, a plan in five minutes, and the gates they open in /progress."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.domain.drills import Drill
from bot.messages import TextReceived
from content.schema import LANGUAGES
from tests.talk import Talk, pack

CASES = list(pack().cases)
DOSSIER = next(iter(pack().dossiers.values()))
PROBLEM = "Comment payer vite sans renoncer au contrôle ?"
PARTS = "I. Deux devoirs légitimes\nII. Un contrôle selon le risque"


def drills(talk: Talk) -> tuple[Drill, ...]:
    mine = talk.candidate_id
    with talk.database.begin() as store:
        return store.drills.of_candidate(mine)


def progress(talk: Talk) -> str:
    talk.say("/progress")
    return talk.screen.text


def figures(case: str, right: int = 5) -> str:
    """The case's figures as a candidate types them, the last ones not found."""
    numbers = pack().cases[case].numbers
    said = [str(each.answer.value) for each in numbers[:right]]
    return "\n".join([*said, *"?" * (len(numbers) - len(said))])


def mark(talk: Talk, case: str, boxes: int, right: int = 5) -> None:
    """Give so many right figures of a case, then mark oneself with so many boxes."""
    talk.press_token(f"mark:{case}:start")
    talk.say(figures(case, right))
    talk.press("☑ Me noter", bubble=talk.screen)
    for box in range(boxes):
        talk.press(f"☐ {box + 1}", bubble=talk.screen)
    talk.press("Terminer", bubble=talk.screen)


def start_plan(talk: Talk) -> None:
    talk.press_token(f"note:{DOSSIER.id}:new")
    talk.press("⏱")


def test_below_a_case_s_grid_one_marks_oneself_once_the_figures_are_given(joined: Talk) -> None:
    joined.press_token(f"case:{CASES[0]}:p3")
    joined.press("☑ Me noter")
    assert "un par ligne" in joined.screen.text
    joined.say(figures(CASES[0]))
    joined.press("☑ Me noter", bubble=joined.screen)
    boxes = len(pack().cases[CASES[0]].grid)
    assert f"à partir de 4 sur {boxes}" in joined.screen.text
    count = len(joined.chat.bubbles)
    joined.press("☐ 1")
    assert "☑ 1." in joined.screen.text
    joined.press("☑ 1", bubble=joined.screen)
    assert "☑ 1." not in joined.screen.text
    assert len(joined.chat.bubbles) == count


def test_t6_the_second_gate_opens_with_two_different_cases_and_says_who_marked_what(
    joined: Talk,
) -> None:
    assert "○ Deux cas réussis : 0 sur 2 (/cases)" in progress(joined)
    mark(joined, CASES[0], 3)
    assert "il en faut 4" in joined.screen.text
    assert "0 sur 2" in progress(joined)
    for _ in range(2):
        mark(joined, CASES[0], 4)
    assert "Chiffres vérifiés, critères notés par vous" in joined.screen.text
    assert "1 sur 2" in progress(joined)
    mark(joined, CASES[1], 6)
    assert "✅ Deux cas réussis : chiffres vérifiés, critères notés par vous" in progress(joined)


@pytest.mark.parametrize(("right", "passes"), [(2, False), (3, True)])
def test_t6_no_grid_passes_a_case_whose_figures_are_wrong(
    joined: Talk, right: int, *, passes: bool
) -> None:
    mark(joined, CASES[0], 6, right)
    assert f"Chiffres justes : {right} sur 5, vérifiés (il en faut 3)" in joined.screen.text
    assert drills(joined)[-1].passed is passes
    assert ("1 sur 2" in progress(joined)) == passes


def test_figures_are_checked_before_the_worked_answer_and_then_stand(joined: Talk) -> None:
    joined.press_token(f"case:{CASES[0]}:new")
    joined.press("✍️ Mes chiffres")
    joined.say("3800")
    assert "Il faut 5 lignes" in joined.screen.text
    joined.say(figures(CASES[0], 4))
    assert "✅ 4." in joined.screen.text
    assert "▫️ 5." in joined.screen.text
    joined.press("Lire le corrigé")
    assert "les chiffres" in joined.screen.text
    joined.press_token(f"mark:{CASES[0]}:start")
    assert "Cochez" in joined.screen.text
    assert len(drills(joined)) == 1


def test_who_reads_on_to_the_worked_answer_is_asked_anew(joined: Talk) -> None:
    joined.press_token(f"mark:{CASES[0]}:start")
    joined.press_token(f"case:{CASES[0]}:p1")
    joined.say(figures(CASES[0]))
    assert not drills(joined)[-1].pieces


def test_a_grid_pressed_before_the_figures_asks_for_them(joined: Talk) -> None:
    joined.press_token(f"mark:{CASES[0]}:start")
    joined.press_token(f"mark:{drills(joined)[0].id}:done")
    assert "un par ligne" in joined.screen.text
    assert drills(joined)[0].passed is None


def test_a_marking_that_is_over_stands(joined: Talk) -> None:
    mark(joined, CASES[0], 3)
    done = drills(joined)
    for press in ("t3", "done"):
        joined.press_token(f"mark:{done[0].id}:{press}")
    assert drills(joined) == done


@pytest.mark.parametrize(
    "token", ["mark:x:start", "mark:²:done", "mark:1:t99", "mark:1:tx", "mark::"]
)
def test_a_forged_press_marks_nothing(joined: Talk, token: str) -> None:
    joined.press_token(f"mark:{CASES[0]}:start")
    joined.say(figures(CASES[0]))
    before = drills(joined)
    joined.press_token(token)
    assert drills(joined) == before


def test_nobody_marks_another_persons_case(joined: Talk) -> None:
    joined.press_token(f"mark:{CASES[0]}:start")
    joined.say(figures(CASES[0]))
    before, owner = drills(joined), joined.who
    joined.move_to("telegram", "2002")
    joined.join()
    for press in ("t0", "done"):
        joined.press_token(f"mark:{before[0].id}:{press}")
    joined.who = owner
    assert drills(joined) == before


@pytest.mark.parametrize(("seconds", "opens"), [(300, True), (301, False)])
def test_t6_the_third_gate_is_measured_from_prompt_to_answer(
    joined: Talk, seconds: int, *, opens: bool
) -> None:
    start_plan(joined)
    assert "5 minutes" in joined.screen.text
    joined.now += timedelta(seconds=seconds)
    joined.say(f"{PROBLEM}\n{PARTS}")
    assert ("porte des 5 minutes est ouverte" in joined.screen.text) == opens
    assert "Seule la forme est vérifiée" in joined.screen.text
    assert ("✅ Plan en 5 minutes : 5:00" in progress(joined)) == opens


def test_a_plan_counts_from_when_it_was_received_not_from_when_it_was_read(joined: Talk) -> None:
    start_plan(joined)
    joined.now += timedelta(minutes=4)
    sent = TextReceived(**joined._common(), text=f"{PROBLEM}\n{PARTS}", message_ref="late")
    joined.now += timedelta(minutes=2)
    joined.hand_in(sent)
    assert "Plan complet en 4:00" in joined.screen.text
    assert "✅ Plan en 5 minutes : 4:00" in progress(joined)


def test_a_message_stamped_before_the_start_takes_no_time_at_all(joined: Talk) -> None:
    """A channel may stamp whole seconds only."""
    start_plan(joined)
    joined.now -= timedelta(milliseconds=700)
    joined.say(f"{PROBLEM}\n{PARTS}")
    assert "Plan complet en 0:00" in joined.screen.text


def test_a_plan_sent_in_pieces_is_one_plan_and_the_clock_runs_on(joined: Talk) -> None:
    start_plan(joined)
    joined.now += timedelta(minutes=2)
    joined.say(PROBLEM)
    assert "deux parties titrées" in joined.screen.text
    assert "la problématique, sur sa ligne" not in joined.screen.text
    joined.now += timedelta(minutes=2)
    joined.say(PARTS)
    assert "Plan complet en 4:00" in joined.screen.text


def test_an_edited_piece_of_a_plan_replaces_its_text_while_the_clock_runs(joined: Talk) -> None:
    start_plan(joined)
    for text, ref in ((PROBLEM, "m-problem"), ("I. Deux\nII. Un", "m-parts")):
        joined.hand_in(TextReceived(**joined._common(), text=text, message_ref=ref))
    assert "deux parties titrées" in joined.screen.text
    shown = len(joined.chat.bubbles)
    joined.edit("m-of-nothing", PARTS)
    assert len(joined.chat.bubbles) == shown
    joined.edit("m-problem", "Payer vite")
    assert "la problématique, sur sa ligne" in joined.screen.text
    joined.edit("m-problem", PROBLEM)
    joined.now += timedelta(minutes=3)
    joined.edit("m-parts", PARTS)
    assert "Plan complet en 3:00" in joined.screen.text
    assert list(drills(joined)[-1].pieces.values()) == [PROBLEM, PARTS]
    done, shown = drills(joined), len(joined.chat.bubbles)
    joined.edit("m-parts", "II. Autre chose")
    assert (drills(joined), len(joined.chat.bubbles)) == (done, shown)


def test_an_answer_s_message_may_be_edited_while_a_plan_is_written(joined: Talk) -> None:
    joined.say("/prep")
    joined.hand_in(TextReceived(**joined._common(), text="mal tapé", message_ref="m-prep"))
    start_plan(joined)
    joined.edit("m-prep", "bien tapé")
    assert joined.shows("bien tapé")


def test_pieces_may_come_in_any_order_and_a_plan_sent_anew_is_read(joined: Talk) -> None:
    start_plan(joined)
    joined.say(PARTS)
    assert "la problématique, sur sa ligne" in joined.screen.text
    joined.say(PROBLEM)
    assert "Plan complet" in joined.screen.text
    start_plan(joined)
    joined.say("I. ceci")
    joined.say(f"{PROBLEM}\n1. Deux devoirs légitimes\n2. Un contrôle utile")
    assert "Plan complet" in joined.screen.text


def test_the_documents_stay_within_reach_and_anything_else_ends_the_drill(joined: Talk) -> None:
    start_plan(joined)
    joined.press_token(f"note:{DOSSIER.id}:p1")
    joined.say(f"{PROBLEM}\n{PARTS}")
    assert "Plan complet" in joined.screen.text
    start_plan(joined)
    joined.say("/menu")
    joined.say(f"{PROBLEM}\n{PARTS}")
    assert "Plan complet" not in joined.screen.text
    assert drills(joined)[-1].passed is None


def test_the_way_to_the_drill_stands_before_the_expected_plan_only(joined: Talk) -> None:
    token = f"outline:{DOSSIER.id}:start"
    shown = []
    for page in range(6):
        joined.press_token(f"note:{DOSSIER.id}:p{page}")
        shown.append(token in joined.screen.buttons.values())
    assert shown == sorted(shown, reverse=True)
    assert 0 < shown.count(True) < 6
    start_plan(joined)
    joined.say(f"{PROBLEM}\n{PARTS}")
    joined.press("Le plan attendu")
    assert DOSSIER.problem.fr in joined.screen.text


@pytest.mark.parametrize("token", ["outline:x:start", "outline::", "outline:1:stop"])
def test_a_forged_press_starts_no_clock(joined: Talk, token: str) -> None:
    joined.press_token(token)
    assert drills(joined) == ()
    assert joined.screen.buttons


def test_the_fourth_gate_says_what_of_it_is_not_measured_yet(joined: Talk) -> None:
    assert "Écrit blanc à 12/20 : pas encore mesuré" in progress(joined)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_whole_way_in_each_language(language: str) -> None:
    talk = Talk(language=language)
    talk.join()
    talk.press_token(f"mark:{CASES[0]}:start")
    talk.say(figures(CASES[0]))
    number = drills(talk)[0].id
    for press in ("t0", "t1", "t2", "t3", "done"):
        talk.press_token(f"mark:{number}:{press}", ref=talk.screen.ref)
    talk.press_token(f"outline:{DOSSIER.id}:start")
    talk.say("???")
    parts = [f"{n}. {each.title.in_language(language)}" for n, each in enumerate(DOSSIER.plan, 1)]
    talk.say("\n".join((DOSSIER.problem.in_language(language), *parts)))
    assert [each.passed for each in drills(talk)] == [True, True]
