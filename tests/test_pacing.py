"""The pacer holds the platform's limits; time is a parameter."""

from __future__ import annotations

import itertools
import math
from collections import deque
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.base import Capabilities
from bot.delivery.pacing import Pacer
from bot.messages import Address
from tests.fakes.rates import Rates

TELEGRAM = Capabilities(
    can_push=True, per_second=30, per_chat_second=1, burst=3, per_group_minute=20
)


def chat(number: int) -> Address:
    return Address(channel="telegram", chat=str(number))


def run(pacer: Pacer, addresses: list[Address], now: float = 1000.0) -> list[float]:
    """Send to each address as soon as allowed, in order, from `now` on; when each left."""
    left = []
    for address in addresses:
        now += pacer.wait(address, now)
        assert pacer.wait(address, now) <= 1e-6
        pacer.left(address, now)
        pacer.answered(address, now)
        left.append(now)
    return left


def most_in_a_window(times: list[float], seconds: float) -> int:
    window: deque[float] = deque()
    most = 0
    for at in times:
        window.append(at)
        while at - window[0] >= seconds:
            window.popleft()
        most = max(most, len(window))
    return most


def test_no_second_holds_more_than_thirty_messages() -> None:
    left = run(Pacer(TELEGRAM), [chat(number) for number in range(3000)])
    assert most_in_a_window(left, 1.0) == 30
    # 99 of 100 places are used.
    assert 2970 / (left[-1] - left[0]) > 29.7


def test_however_long_the_way_takes_the_platform_sees_thirty_a_second() -> None:
    """Each message arrives at some moment between its leaving and its answer."""
    pacer, rng, now = Pacer(TELEGRAM), Random(7), 1000.0
    open_ones: list[tuple[float, float, Address]] = []
    arrived: list[float] = []
    for number in range(600):
        while (wait := pacer.wait(chat(number), now)) > 0:
            open_ones.sort(key=lambda each: each[0])
            now = min(now + wait, open_ones[0][0] if open_ones else math.inf)
            while open_ones and open_ones[0][0] <= now:
                _, _, to = open_ones.pop(0)
                pacer.answered(to, now)
        pacer.left(chat(number), now)
        took = rng.uniform(0.0, 0.6)
        open_ones.append((now + took, now, chat(number)))
        arrived.append(now + rng.uniform(0.0, took))
    assert most_in_a_window(sorted(arrived), 1.0) <= 30


def test_a_chat_gets_a_burst_of_three_then_one_a_second() -> None:
    pacer = Pacer(TELEGRAM)
    left = run(pacer, [chat(1)] * 12)
    assert left[2] - left[0] < 0.01
    assert [round(after - before, 1) for before, after in itertools.pairwise(left[2:])] == [1] * 9


def test_a_message_that_did_not_leave_gives_its_places_back() -> None:
    pacer = Pacer(TELEGRAM)
    for _ in range(200):
        assert pacer.wait(chat(1), 1000.0) == 0
        pacer.left(chat(1), 1000.0)
        pacer.answered(chat(1), 1000.0, counts=False)


def test_a_group_gets_twenty_a_minute() -> None:
    left = run(Pacer(TELEGRAM), [chat(-5)] * 45)
    assert most_in_a_window(left, 60.0) <= 20


def test_what_the_platform_says_to_wait_closes_only_what_it_must() -> None:
    pacer = Pacer(TELEGRAM)
    pacer.close(chat(1), 1010.0, whole_channel=False)
    assert pacer.wait(chat(1), 1000.0) == 10
    assert pacer.wait(chat(2), 1000.0) == 0
    pacer.close(chat(1), 1020.0, whole_channel=True)
    assert pacer.wait(chat(2), 1000.0) == 20


def test_one_chat_after_another_told_to_wait_means_the_whole_channel() -> None:
    pacer = Pacer(TELEGRAM)
    for number in (1, 2):
        pacer.close(chat(number), 1010.0, whole_channel=False)
    pacer.served()
    pacer.close(chat(3), 1010.0, whole_channel=False)
    assert pacer.wait(chat(9), 1000.0) == 0
    for number in (4, 5):
        pacer.close(chat(number), 1012.0, whole_channel=False)
    assert pacer.wait(chat(9), 1000.0) == 12


def test_an_outage_is_not_mistaken_for_chats_told_to_wait() -> None:
    """After it, the first 429 of a chat used to hold everybody."""
    pacer = Pacer(TELEGRAM)
    for number in range(5):
        pacer.close(chat(number), 1001.0, whole_channel=True)
    pacer.close(chat(1), 1030.0, whole_channel=False)
    assert pacer.wait(chat(2), 1002.0) == 0
    assert pacer.wait(chat(1), 1002.0) == 28


def test_an_answer_finds_a_place_within_two_thirtieths_of_a_second_of_a_broadcast() -> None:
    pacer, now, longest = Pacer(TELEGRAM), 1000.0, 0.0
    for number in range(300):
        now += pacer.wait(chat(number), now, spread=True)
        pacer.left(chat(number), now, spread=True)
        pacer.answered(chat(number), now)
        longest = max(longest, pacer.wait(chat(9999), now))
    assert longest < 0.07
    assert now - 1000.0 < 300 / 29.5


def test_after_many_answers_at_once_a_broadcast_leaves_the_next_answer_a_place() -> None:
    """It used to take the ten left at its usual pace: an answer waited two thirds of a second."""
    pacer, now = Pacer(TELEGRAM), 1000.0
    for number in range(20):
        pacer.left(chat(number), now)
        pacer.answered(chat(number), now)
    longest, count = 0.0, 0
    while now < 1010.0:
        longest = max(longest, pacer.wait(chat(9999), now))
        if pacer.wait(chat(100 + count), now, spread=True) <= 0:
            pacer.left(chat(100 + count), now, spread=True)
            pacer.answered(chat(100 + count), now)
            count += 1
        now += 0.001
    assert longest <= 0.101
    assert count >= 280


def test_who_takes_over_keeps_the_limits_together_with_who_sent_before() -> None:
    """A strict server sees one token: what a former process sent a moment ago counts too."""
    server = Rates()
    before, after = Pacer(TELEGRAM), Pacer(TELEGRAM)
    addresses = [chat(number // 3) for number in range(90)]
    first = run(before, addresses)
    after.begin_anew(first[-1])
    second = run(after, list(reversed(addresses)), first[-1])
    sent = [*zip(first, addresses, strict=True), *zip(second, reversed(addresses), strict=True)]
    assert [server.wait(int(to.chat), at) for at, to in sent] == [0] * 180
    assert second[0] - first[-1] < 1.01


def test_who_takes_over_takes_a_groups_minute_for_used_evenly() -> None:
    pacer = Pacer(TELEGRAM)
    pacer.begin_anew(1000.0)
    left = run(pacer, [chat(-5)] * 30)
    assert most_in_a_window([1000.0 - 3 * n for n in range(19, -1, -1)] + left, 60.0) <= 20
    assert left[0] < 1004.0


def test_taking_over_forgets_no_wait_that_was_told_and_nothing_on_its_way() -> None:
    pacer = Pacer(TELEGRAM)
    pacer.close(chat(1), 1100.0, whole_channel=False)
    for number in range(2, 32):
        pacer.left(chat(number), 1000.0)
    pacer.begin_anew(1000.5)
    assert pacer.closed_for("1", 1001.0) == 99.0
    assert pacer.wait(chat(50), 1005.0) == math.inf
    for number in range(2, 32):
        pacer.answered(chat(number), 1006.0)
    assert pacer.wait(chat(50), 1006.0) == pytest.approx(1.002)


def test_a_channel_without_limits_never_waits() -> None:
    pacer = Pacer(Capabilities(can_push=False))
    assert run(pacer, [chat(1)] * 500)[-1] == 1000.0


@given(st.lists(st.integers(-3, 40), min_size=1, max_size=150))
def test_limits_hold_for_any_order(numbers: list[int]) -> None:
    addresses = [chat(number) for number in numbers]
    left = run(Pacer(TELEGRAM), addresses)
    assert most_in_a_window(left, 1.0) <= 30
    assert left == sorted(left)
    for number in set(numbers):
        own = [at for at, to in zip(left, addresses, strict=True) if to == chat(number)]
        if number < 0:
            assert most_in_a_window(own, 60.0) <= 20
        else:
            assert most_in_a_window(own, 1.0) <= 4
