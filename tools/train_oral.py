"""Train what reads oral answers, or measure it: `python -m tools.train_oral [--hands | --test]`.

Without a flag it writes the weights file from every training hand. `--hands` trains on all hands
but one and measures on that one, each in turn; `--test` measures the file on the held-out hand.
"""

from __future__ import annotations

import argparse
import json

from bot.domain.assessment.linear import WEIGHTS_FILE, load_weights, unpack
from tools.oral.corpus import HELD_OUT, fingerprint, load_answers, training_hands
from tools.oral.measuring import judge_all, report
from tools.oral.training import train


def main() -> None:
    """Do what the flags say."""
    parser = argparse.ArgumentParser(description=__doc__)
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--hands", action="store_true")
    which.add_argument("--test", action="store_true")
    chosen = parser.parse_args()
    if chosen.test:
        print("\n".join(report(judge_all(load_answers(HELD_OUT), load_weights()))))
    elif chosen.hands:
        _measure_hands()
    else:
        _write()


def _write() -> None:
    hands = training_hands()
    learned = {"corpus": fingerprint(hands), **train(load_answers(hands))}
    WEIGHTS_FILE.write_text(json.dumps(learned, indent=1) + "\n", "utf-8")
    print(f"{WEIGHTS_FILE.name}: {WEIGHTS_FILE.stat().st_size // 1024} KiB")


def _measure_hands() -> None:
    judged = []
    for hand in training_hands():
        others = [each for each in training_hands() if each != hand]
        weights = unpack(train(load_answers(others)))
        now = judge_all(load_answers(hand), weights)
        print(f"## Trained on {', '.join(others)}, measured on {hand}\n", flush=True)
        print("\n".join(report(now)), "\n", flush=True)
        judged += now
    print("## All together\n")
    print("\n".join(report(judged)))


if __name__ == "__main__":
    main()
