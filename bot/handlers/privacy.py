"""/privacy, /mydata, /forget: what is kept and why, all of it as a file, and all of it gone."""

from __future__ import annotations

import json
from datetime import datetime, timedelta

from bot.domain.candidate import Candidate
from bot.handlers.context import Reply, Routes, TurnContext
from bot.messages import BLANK, Ask, Attach, Choice, Row, Say, line

_SLOT = "forget"
_FILE = "concours-coach-data.json"
# A press on an older confirmation, by accident or by a forger, deletes nothing.
_CONFIRM_WITHIN = timedelta(minutes=15)
_WHOLE = ("who", "why", "kept", "not_kept", "before", "how_long", "where", "rights", "commands")
_DATA = Choice(token="privacy::data", label=line("privacy.get_data"))


def on_privacy(turn: TurnContext) -> Reply:
    """/privacy: the three-line notice, then the whole text; open to people before consent."""
    rows: tuple[Row, ...] = ()
    if turn.candidate is not None:
        rows = ((_DATA,), (Choice(token="forget::", label=line("privacy.forget")),))
    text = Ask(
        body=(
            *(line(f"privacy.notice_{number}") for number in (1, 2, 3)),
            *(part for name in _WHOLE for part in (BLANK, line(f"privacy.whole_{name}"))),
            BLANK,
            line("privacy.next" if rows else "privacy.next_visitor"),
        ),
        choices=rows,
    )
    return Reply(messages=(text,))


def on_press(turn: TurnContext, ref: str, value: str) -> Reply:
    """The whole text, or the file."""
    return on_mydata(turn) if value == "data" else on_privacy(turn)


def on_mydata(turn: TurnContext) -> Reply:
    """/mydata: everything kept about the candidate, as JSON."""
    if turn.candidate is None:
        return Reply(messages=(Say(body=(line("privacy.nothing_kept"),)),))
    kept = turn.store.privacy.everything(turn.me.id)
    document = {"exported_at": turn.now.isoformat(), **kept}
    file = Attach(
        name=_FILE,
        mime="application/json",
        data=json.dumps(document, ensure_ascii=False, indent=1).encode(),
        body=(line("privacy.data_caption"),),
    )
    return Reply(messages=(file,))


def on_forget(turn: TurnContext) -> Reply:
    """/forget: what would go, and the question whether it shall."""
    if turn.candidate is None:
        return _nothing_kept(turn)
    return Reply(messages=(_question(turn),))


def on_forget_press(turn: TurnContext, ref: str, value: str) -> Reply:
    """The answer to the question; only a fresh question of one's own counts."""
    if turn.candidate is None:
        return _nothing_kept(turn)
    if value == "no":
        return Reply(messages=(Say(body=(line("privacy.kept"),), slot=_SLOT),))
    if value != "yes":
        return on_forget(turn)
    if not _is_fresh(ref, turn.me, turn.now):
        return Reply(messages=(_question(turn),), notice=line("privacy.forget_expired"))
    turn.store.privacy.forget(turn.me.id)
    turn.candidate = None
    farewell = Say(body=(line("privacy.farewell"), line("privacy.farewell_next")), slot=_SLOT)
    return Reply(messages=(farewell,), notice=line("privacy.forgotten"))


def _nothing_kept(turn: TurnContext) -> Reply:
    """A person who is no candidate: their page's transcript, if any, is wiped all the same."""
    turn.store.privacy.forget_visitor(turn.event.address)
    return Reply(messages=(Say(body=(line("privacy.nothing_kept"),), slot=_SLOT),))


def _question(turn: TurnContext) -> Ask:
    ref = f"{turn.me.id[:6]}-{int(turn.now.timestamp())}"
    return Ask(
        body=(
            line("privacy.forget_title"),
            line("privacy.forget_what"),
            line("privacy.forget_devices"),
            BLANK,
            line("privacy.forget_ask"),
        ),
        choices=(
            (_DATA,),
            (Choice(token=f"forget:{ref}:yes", label=line("privacy.forget_yes")),),
            (Choice(token=f"forget:{ref}:no", label=line("privacy.forget_no")),),
        ),
        slot=_SLOT,
        fresh=turn.is_below,
    )


def _is_fresh(ref: str, me: Candidate, now: datetime) -> bool:
    """Whether the question was put to this very candidate, and not long ago."""
    owner, _, asked = ref.partition("-")
    if owner != me.id[:6] or not (asked.isascii() and asked.isdecimal()) or len(asked) > 12:
        return False
    return timedelta(0) <= timedelta(seconds=now.timestamp() - int(asked)) <= _CONFIRM_WITHIN


ROUTES = Routes(
    commands={"privacy": on_privacy, "mydata": on_mydata, "forget": on_forget},
    buttons={"privacy": on_press, "forget": on_forget_press},
    open_to_all=frozenset({"privacy", "mydata", "forget"}),
)
