"""Train what reads oral answers: `OMP_NUM_THREADS=1 python -m tools.train_oral [--hands]`.

It needs the extra `train` and takes about a minute; one thread makes it repeatable. It writes
the weights file from every training hand. With `--hands` it writes nothing, but trains on all
hands but one and measures on that one, each in turn.
"""

from __future__ import annotations

import argparse
import json

from bot.domain.assessment.linear import WEIGHTS_FILE, unpack
from tools.oral.corpus import fingerprint, load_answers, training_hands
from tools.oral.measuring import judge_all, report
from tools.oral.training import train


def main() -> None:
    """Do what the flags say."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--hands", action="store_true")
    if parser.parse_args().hands:
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
