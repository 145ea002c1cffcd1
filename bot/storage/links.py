"""Link codes: how a person brings another device or channel into their history."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

import sqlalchemy as sa

from bot.domain.candidate import CandidateId
from bot.domain.link_code import ALPHABET, LENGTH, LIFE, TRIES_WITHIN
from bot.messages import Address
from bot.storage.tables import link_codes, link_tries

Stage = Literal["made", "claimed", "approved", "offered"]

# An expired code is kept this long, so that whoever types it is told that it expired.
_KEPT = timedelta(days=1)
_REF_LENGTH = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A code being used. The maker made it at `maker`; `person` wants to join from `joiner`.

    `ref` names it in buttons. Each stage is good until `expires_at`.
    """

    ref: str
    candidate_id: CandidateId
    maker: Address
    joiner: Address | None
    person: str
    stage: Stage
    expires_at: datetime


class Links:
    """Makes, claims and closes link codes. Codes themselves are kept only as hashes."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def make(self, candidate_id: str, maker: Address, now: datetime) -> str:
        """A new code for the candidate, valid for LIFE; it replaces any earlier one."""
        self._connection.execute(
            link_codes.delete().where(link_codes.c.candidate_id == candidate_id)
        )
        code = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
        self._connection.execute(
            link_codes.insert().values(
                code_hash=_hash(code),
                candidate_id=candidate_id,
                from_channel=maker.channel,
                from_chat=maker.chat,
                created_at=now,
                expires_at=now + LIFE,
                stage="made",
            )
        )
        return code

    def find(self, code: str) -> Link | None:
        """The link this code opens, at whatever stage, expired or not."""
        return self._one(link_codes.c.code_hash == _hash(code))

    def by_ref(self, ref: str) -> Link | None:
        """The link a button names."""
        if len(ref) != _REF_LENGTH:
            return None
        return self._one(link_codes.c.code_hash.startswith(ref, autoescape=True))

    def claim(self, link: Link, joiner: Address, person: str, now: datetime) -> bool:
        """`person` at `joiner` gave the code; False when somebody did before."""
        return self._advance(
            link, "made", "claimed", now,
            to_channel=joiner.channel, to_chat=joiner.chat, to_person=person,
        )  # fmt: skip

    def approve(self, link: Link, now: datetime) -> bool:
        """The maker says the joiner is themselves; False when that was said before."""
        return self._advance(link, "claimed", "approved", now)

    def offer(self, link: Link, now: datetime) -> bool:
        """The joiner wants their own history to stay; False when that was said before."""
        return self._advance(link, "approved", "offered", now)

    def close(self, link: Link) -> None:
        """The link is made or given up: nothing of it is kept."""
        self._connection.execute(link_codes.delete().where(_is(link)))

    def note_try(self, address: Address, now: datetime) -> None:
        """A wrong code was given at this address."""
        self._connection.execute(
            link_tries.insert().values(channel=address.channel, chat=address.chat, at=now)
        )

    def tries(self, address: Address, now: datetime) -> int:
        """How many wrong codes were given at this address within TRIES_WITHIN."""
        counted = sa.select(sa.func.count(link_tries.c.id)).where(
            link_tries.c.channel == address.channel,
            link_tries.c.chat == address.chat,
            link_tries.c.at > now - TRIES_WITHIN,
        )
        return int(self._connection.execute(counted).scalar_one())

    def tidy(self, now: datetime) -> None:
        """Drop codes long expired, and wrong tries that count no more."""
        self._connection.execute(link_codes.delete().where(link_codes.c.expires_at < now - _KEPT))
        self._connection.execute(link_tries.delete().where(link_tries.c.at < now - TRIES_WITHIN))

    def _one(self, condition: sa.ColumnElement[bool]) -> Link | None:
        row = self._connection.execute(sa.select(link_codes).where(condition)).mappings().first()
        return None if row is None else _link(row)

    def _advance(
        self, link: Link, before: Stage, after: Stage, now: datetime, **values: str
    ) -> bool:
        """Go from one stage to the next, once, with a life of its own."""
        changed = self._connection.execute(
            link_codes.update()
            .where(_is(link), link_codes.c.stage == before)
            .values(stage=after, expires_at=now + LIFE, **values)
        )
        return changed.rowcount == 1


def _hash(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()


def _is(link: Link) -> sa.ColumnElement[bool]:
    return link_codes.c.code_hash.startswith(link.ref, autoescape=True)


def _link(row: Any) -> Link:
    joiner = Address(channel=row["to_channel"], chat=row["to_chat"]) if row["to_chat"] else None
    return Link(
        ref=row["code_hash"][:_REF_LENGTH],
        candidate_id=CandidateId(row["candidate_id"]),
        maker=Address(channel=row["from_channel"], chat=row["from_chat"]),
        joiner=joiner,
        person=row["to_person"] or "",
        stage=row["stage"],
        expires_at=row["expires_at"],
    )
