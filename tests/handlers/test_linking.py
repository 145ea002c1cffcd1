"""/link: one history on several devices (T58); nothing merges silently (DESIGN 1.12)."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
import sqlalchemy as sa

from bot.conversation import EnteringCode, Idle, State
from bot.messages import Address
from bot.storage.histories import History
from bot.storage.tables import link_codes, metadata
from content.schema import LANGUAGES
from tests.lives import settle
from tests.talk import Talk

PHONE = Address(channel="telegram", chat="1001")
PAGE = Address(channel="web", chat="w1")
OTHER_PAGE = Address(channel="web", chat="w2")


@pytest.fixture
def talk() -> Talk:
    """A candidate on the phone, one question answered."""
    talk = Talk()
    with_history(talk, PHONE)
    return talk


def with_history(talk: Talk, where: Address) -> str:
    talk.who = where
    mine = settle(talk).id
    talk.say("/quiz")
    talk.answer()
    return mine


def code_from(talk: Talk, where: Address = PHONE) -> str:
    talk.who = where
    talk.say("/link")
    talk.press("Obtenir un code")
    found = re.search(r"/link ([A-Z0-9]{4}-[A-Z0-9]{4})", talk.screen.text)
    assert found is not None
    return found[1]


def owner(talk: Talk, where: Address) -> str | None:
    with talk.database.begin() as store:
        found = store.conversations.find(where, where.chat)
    return found.candidate_id if found else None


def state_of(talk: Talk) -> State:
    with talk.database.begin() as store:
        found = store.conversations.find(talk.who, talk.who.chat)
    assert found is not None
    return found.state


def history(talk: Talk, candidate_id: str) -> History:
    with talk.database.begin() as store:
        return store.histories.of(candidate_id)


def codes(talk: Talk) -> int:
    with talk.database.engine.connect() as connection:
        query = sa.select(sa.func.count()).select_from(link_codes)
        return int(connection.execute(query).scalar_one())


def candidates(talk: Talk) -> set[str]:
    with talk.database.begin() as store:
        return set(store.candidates.all_ids())


def give(talk: Talk, where: Address, code: str) -> None:
    talk.who = where
    talk.say(f"/link {code}")


def press(talk: Talk, where: Address, label: str) -> None:
    talk.who = where
    talk.press(label)


# --- a device without a history ---


def test_t58_a_visitors_page_joins_and_the_same_quiz_goes_on_there(talk: Talk) -> None:
    mine = talk.candidate_id
    give(talk, PAGE, code_from(talk))
    assert "Confirmez maintenant sur le premier appareil" in talk.screen.text
    assert owner(talk, PAGE) is None
    talk.who = PHONE
    assert "depuis : Chat web" in talk.screen.text
    talk.press("Oui")
    assert "Appareils reliés" in talk.screen.text
    assert owner(talk, PAGE) == mine
    talk.who = PAGE
    assert "Appareils reliés" in talk.screen.text
    talk.press("Continuer")
    assert "2/5" in talk.screen.text
    talk.answer()
    talk.who = PHONE
    talk.say("/quiz")
    assert "3/5" in talk.screen.text
    assert codes(talk) == 0


def test_a_candidate_without_answers_is_absorbed(talk: Talk) -> None:
    mine = talk.candidate_id
    code = code_from(talk)
    talk.who = PAGE
    empty = settle(talk).id
    talk.say("/link")
    talk.press("J’ai un code")
    assert state_of(talk) == EnteringCode()
    talk.say(code.lower().replace("-", " "))
    press(talk, PHONE, "Oui")
    assert candidates(talk) == {mine}
    assert owner(talk, PAGE) == mine
    talk.who = PAGE
    assert state_of(talk) == Idle()
    with talk.database.engine.connect() as connection:
        left = repr([list(connection.execute(sa.select(t))) for t in metadata.sorted_tables])
    assert empty not in left


def test_no_on_the_first_device_changes_nothing(talk: Talk) -> None:
    give(talk, PAGE, code_from(talk))
    press(talk, PHONE, "Non")
    assert "rien n’a changé" in talk.screen.text.lower()
    talk.who = PAGE
    assert "a refusé" in talk.screen.text
    assert owner(talk, PAGE) is None
    assert codes(talk) == 0


def test_a_start_link_asks_before_it_joins(talk: Talk) -> None:
    mine = talk.candidate_id
    code = code_from(talk).replace("-", "")
    talk.who = PAGE
    talk.say(f"/start link_{code}")
    assert "seulement si vous avez créé ce code" in talk.screen.text
    talk.press("C’est mon code")
    press(talk, PHONE, "Oui")
    assert owner(talk, PAGE) == mine


def test_a_start_link_with_a_broken_code_says_so(talk: Talk) -> None:
    talk.who = PAGE
    talk.say("/start link_oops")
    assert "ABCD-EFGH" in talk.screen.text


# --- two histories ---


def test_with_two_histories_the_joiner_chooses_and_confirms_what_is_lost(talk: Talk) -> None:
    mine = talk.candidate_id
    theirs = with_history(talk, PAGE)
    give(talk, PAGE, code_from(talk))
    press(talk, PHONE, "Oui")
    assert candidates(talk) == {mine, theirs}
    talk.who = PAGE
    assert "Sur celui-ci : 1 réponse" in talk.screen.text
    talk.press("Celui de l’autre")
    assert candidates(talk) == {mine, theirs}
    assert "/mydata" in talk.screen.text
    talk.press("Supprimer et relier")
    assert candidates(talk) == {mine}
    assert owner(talk, PAGE) == owner(talk, PHONE) == mine


def a_case(talk: Talk) -> None:
    mine = talk.candidate_id
    with talk.database.begin() as store:
        drill = store.drills.start(mine, "case", "case-flow-12000", talk.now)
        store.drills.close(drill, passed=True, now=talk.now)


def a_short_answer(talk: Talk) -> None:
    talk.say("/short")
    talk.press("Je ne sais pas")


def a_step(talk: Talk) -> None:
    talk.say("/plan")
    talk.press_token("plan:1:set.validated.watch-notice")


@pytest.mark.parametrize(
    ("work", "said"),
    [
        (a_case, "1 exercice de cas ou de plan"),
        (a_short_answer, "1 réponse"),
        (a_step, "1 étape validée"),
    ],
)
def test_whatever_was_worked_on_is_named_before_it_could_be_lost(
    work: Callable[[Talk], None], said: str
) -> None:
    talk = Talk()
    with_history(talk, PAGE)
    talk.who = PHONE
    theirs = settle(talk).id
    work(talk)
    give(talk, PHONE, code_from(talk, PAGE))
    press(talk, PAGE, "Oui")
    assert theirs in candidates(talk)
    talk.who = PHONE
    assert f"Sur celui-ci : {said}\n" in talk.screen.text
    talk.press("Celui de l’autre")
    assert f"({said})" in talk.screen.text


def test_the_makers_history_is_deleted_only_by_the_makers_own_press(talk: Talk) -> None:
    mine = talk.candidate_id
    theirs = with_history(talk, PAGE)
    give(talk, PAGE, code_from(talk))
    press(talk, PHONE, "Oui")
    press(talk, PAGE, "Celui d’ici")
    assert candidates(talk) == {mine, theirs}
    talk.who = PHONE
    assert "sera supprimé pour toujours" in talk.screen.text
    talk.press("Supprimer et relier")
    assert candidates(talk) == {theirs}
    assert owner(talk, PHONE) == theirs
    assert "Appareils reliés" in talk.screen.text
    talk.say("/quiz")
    assert "2/5" in talk.screen.text


def test_an_empty_maker_takes_over_the_joiners_history_by_the_joiners_choice() -> None:
    talk = Talk()
    talk.who = PHONE
    empty = settle(talk).id
    theirs = with_history(talk, PAGE)
    give(talk, PAGE, code_from(talk))
    press(talk, PHONE, "Oui")
    assert owner(talk, PHONE) == empty
    talk.who = PAGE
    assert "Sur l’autre appareil : rien encore" in talk.screen.text
    talk.press("Celui d’ici")
    assert candidates(talk) == {theirs}
    assert owner(talk, PHONE) == theirs


@pytest.mark.parametrize("side", [PHONE, PAGE])
def test_both_may_stay_apart_at_the_last_moment(talk: Talk, side: Address) -> None:
    mine = talk.candidate_id
    theirs = with_history(talk, PAGE)
    give(talk, PAGE, code_from(talk))
    press(talk, PHONE, "Oui")
    if side == PHONE:
        press(talk, PAGE, "Celui d’ici")
    press(talk, side, "Garder les deux")
    assert "restent séparés" in talk.screen.text
    assert candidates(talk) == {mine, theirs}
    assert codes(talk) == 0


def test_all_devices_of_an_absorbed_history_move_along(talk: Talk) -> None:
    mine = talk.candidate_id
    theirs = with_history(talk, PAGE)
    with talk.database.begin() as store:
        store.conversations.open(OTHER_PAGE, "w2", theirs, talk.now)
    give(talk, PAGE, code_from(talk))
    press(talk, PHONE, "Oui")
    press(talk, PAGE, "Celui de l’autre")
    press(talk, PAGE, "Supprimer et relier")
    assert owner(talk, OTHER_PAGE) == mine


# --- codes that do not work ---


def test_a_code_works_once(talk: Talk) -> None:
    code = code_from(talk)
    give(talk, PAGE, code)
    give(talk, OTHER_PAGE, code)
    assert "déjà servi" in talk.screen.text
    press(talk, PHONE, "Oui")
    give(talk, OTHER_PAGE, code)
    assert "n’existe pas" in talk.screen.text
    assert owner(talk, OTHER_PAGE) is None


def test_the_same_device_may_give_it_twice(talk: Talk) -> None:
    code = code_from(talk)
    give(talk, PAGE, code)
    give(talk, PAGE, code)
    assert "Confirmez maintenant" in talk.screen.text


def test_a_code_lives_ten_minutes_and_a_new_one_replaces_it(talk: Talk) -> None:
    first = code_from(talk)
    second = code_from(talk)
    give(talk, PAGE, first)
    assert "n’existe pas" in talk.screen.text
    talk.wait(minutes=10)
    give(talk, PAGE, second)
    assert "expiré" in talk.screen.text


def test_a_confirmation_left_too_long_is_over(talk: Talk) -> None:
    give(talk, PAGE, code_from(talk))
    talk.wait(minutes=11)
    press(talk, PHONE, "Oui")
    assert talk.notice == "Cette demande est terminée ou expirée."
    assert owner(talk, PAGE) is None


def test_ones_own_code_and_words_that_are_no_code_are_answered_kindly(talk: Talk) -> None:
    give(talk, PHONE, code_from(talk))
    assert "Donnez-le sur l’autre appareil" in talk.screen.text
    talk.press_token("link::enter")
    talk.say("je ne l'ai plus")
    assert "ABCD-EFGH" in talk.screen.text
    assert state_of(talk) == EnteringCode()
    talk.say("/link")
    assert state_of(talk) == Idle()


def test_guessing_stops_after_five_tries_an_hour(talk: Talk) -> None:
    code = code_from(talk)
    for _ in range(5):
        give(talk, PAGE, "2222-3333")
        assert "n’existe pas" in talk.screen.text
    give(talk, PAGE, code)
    assert "Attendez une heure" in talk.screen.text
    give(talk, OTHER_PAGE, code)
    assert "Confirmez maintenant" in talk.screen.text
    talk.wait(minutes=61)
    give(talk, PAGE, code_from(talk))
    assert "Confirmez maintenant" in talk.screen.text


def test_codes_and_tries_are_tidied_away(talk: Talk) -> None:
    code_from(talk)
    give(talk, PAGE, "2222-3333")
    talk.wait(days=2)
    with talk.database.begin() as store:
        store.links.tidy(talk.now)
        assert store.links.tries(PAGE, talk.now) == 0
    assert codes(talk) == 0


def test_only_a_hash_of_the_code_is_kept(talk: Talk) -> None:
    code = code_from(talk)
    with talk.database.engine.connect() as connection:
        rows = repr(list(connection.execute(sa.select(link_codes))))
    assert code not in rows
    assert code.replace("-", "") not in rows


# --- forged and doubled presses ---


def test_every_step_counts_only_from_its_own_side_and_at_its_own_moment(talk: Talk) -> None:
    mine = talk.candidate_id
    theirs = with_history(talk, PAGE)
    talk.who = OTHER_PAGE
    stranger = settle(talk).id
    code = code_from(talk)
    give(talk, PAGE, code)
    with talk.database.begin() as store:
        link = store.links.find(code.replace("-", ""))
    assert link is not None
    values = ("yes", "no", "there", "drop", "here", "give", "apart", "x", "")
    early = [(PAGE, value) for value in values] + [(OTHER_PAGE, value) for value in values]
    early += [(PHONE, value) for value in ("there", "drop", "here", "give", "apart")]
    for where, value in early:
        talk.who = where
        talk.press_token(f"link:{link.ref}:{value}")
        assert talk.notice == "Cette demande est terminée ou expirée.", (where, value)
    talk.who = PHONE
    talk.press_token(f"link:{link.ref}:yes")
    for where, value in ((PHONE, "give"), (PHONE, "drop"), (PHONE, "yes"), (PAGE, "give")):
        talk.who = where
        talk.press_token(f"link:{link.ref}:{value}")
    assert candidates(talk) == {mine, theirs, stranger}
    assert (owner(talk, PAGE), owner(talk, PHONE)) == (theirs, mine)


def test_a_doubled_yes_links_once(talk: Talk) -> None:
    mine = talk.candidate_id
    give(talk, PAGE, code_from(talk))
    talk.who = PHONE
    question = talk.screen
    token = question.buttons["Oui"]
    for _ in range(2):
        talk.press_token(token, ref=question.ref)
    assert candidates(talk) == {mine}
    assert owner(talk, PAGE) == mine


@pytest.mark.parametrize(
    "token", ["link", "link:::::", "link:%:yes", "link:________________:yes", "link:x:join"]
)
@pytest.mark.parametrize("where", [PHONE, OTHER_PAGE])
def test_a_forged_press_is_answered_and_does_nothing(
    talk: Talk, where: Address, token: str
) -> None:
    code_from(talk)
    before = candidates(talk)
    talk.who = where
    talk.press_token(token)
    assert talk.screen.text
    assert talk.last.route == "press link"
    assert candidates(talk) == before


def test_a_forgotten_maker_leaves_the_joiner_a_kind_answer(talk: Talk) -> None:
    code = code_from(talk)
    talk.say("/forget")
    talk.press("Tout supprimer")
    give(talk, PAGE, code)
    assert "n’existe pas" in talk.screen.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_screen_fits_in_every_language(language: str) -> None:
    """The talk itself checks labels (20 characters) and tokens (60 bytes)."""
    talk = Talk(language=language)
    for where in (PHONE, PAGE):
        with_history(talk, where)
    talk.say("/link")
    talk.press_token("link::enter", ref=talk.screen.ref)
    talk.press_token("link::new", ref=talk.screen.ref)
    code = re.search(r"[A-Z2-9]{4}-[A-Z2-9]{4}", talk.screen.text)
    assert code is not None
    give(talk, PHONE, code[0])
    for where, value in ((PAGE, "yes"), (PHONE, "here"), (PAGE, "give")):
        talk.who = where
        token = next(t for t in talk.screen.buttons.values() if t.endswith(f":{value}"))
        talk.press_token(token, ref=talk.screen.ref)
    assert owner(talk, PAGE) == owner(talk, PHONE)
    assert len(candidates(talk)) == 1
