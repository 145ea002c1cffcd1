"""The Telegram channel: what comes in by polling or webhook, what goes out by the Bot API."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from telegram.error import BadRequest, InvalidToken, TelegramError

from bot.channels.base import Capabilities, Pace, Receive, Received, at_once
from bot.channels.telegram.inbound import ALLOWED_UPDATES, Reading, read_update
from bot.channels.telegram.menus import Commands, set_menus
from bot.channels.telegram.outbound import Outbound
from bot.channels.telegram.polling import Polling, pauses
from bot.channels.telegram.raw_bot import make_bot
from bot.channels.telegram.transport import is_answer, reason_of
from bot.channels.telegram.webhook import CONNECTIONS, SECRET_FORM, refusal, update_in
from bot.errors import SettingsError, said
from bot.messages import Address, ChatMoved

_log = logging.getLogger("coach.telegram")

STOP_SECONDS = 3.0
ANSWER_SECONDS = 1.0  # more than that, and a press's toast is not worth waiting for
REACHABLE_SECONDS = 1.0  # how long an answer to "is it reachable" holds

# PLATFORMS.md 4.1, row "Rate": they are Telegram's advice, its thresholds are not published.
LIMITS = Capabilities(
    can_push=True, per_second=30, per_chat_second=1, burst=3, per_group_minute=20
)


class TelegramChannel:
    """Candidates on Telegram.

    `api_url`: root of the Bot API server, empty for the public one. `webhook_url`: where Telegram
    shall call, which the web server must hand to `accept`; empty for long polling. `commands` and
    `group_commands`: the menus, by language. `now` tells when a press came. `per_second`: what
    Telegram grants this token; `may_poll`: whether this process is the one that asks for updates.
    """

    name = "telegram"

    def __init__(  # noqa: PLR0913 - each is one thing an operator or the process decides
        self,
        *,
        token: str,
        now: Callable[[], datetime],
        api_url: str = "",
        webhook_url: str = "",
        webhook_secret: str = "",
        commands: Commands | None = None,
        group_commands: Commands | None = None,
        per_second: int = 30,
        may_poll: Callable[[], bool] = lambda: True,
    ) -> None:
        if webhook_url and not SECRET_FORM.fullmatch(webhook_secret):
            raise SettingsError(
                "TELEGRAM_WEBHOOK_SECRET must be 1 to 256 of the signs A-Z a-z 0-9 _ - "
                "when TELEGRAM_WEBHOOK_URL is set"
            )
        self.capabilities = replace(LIMITS, per_second=per_second)
        self._token = token
        self._now = now
        self._webhook_url = webhook_url
        self._webhook_secret = webhook_secret
        self._commands: Commands = commands or {}
        self._group_commands: Commands = group_commands or {}
        self._bot = make_bot(token, api_url)
        self._username = ""
        self._receive: Receive | None = None
        self._outbound = Outbound(self._bot, self._note_move)
        self._polling = Polling(
            fetch=self._fetch, read=self._read, take=self._take, may_poll=may_poll
        )
        self._running: asyncio.Task[None] | None = None
        self._answers: set[asyncio.Task[None]] = set()
        self._reachable = (False, float("-inf"))

    async def start(self, receive: Receive) -> None:
        """Begin to hand in events; goes on trying in the background when Telegram is away.

        Raises SettingsError when the token or the webhook's address is refused.
        """
        self._receive = receive
        is_ready = True
        try:
            await self._connect()
        except (InvalidToken, BadRequest) as error:
            await self._bot.shutdown()
            raise self._settings_fault(error) from None
        except Exception as error:
            is_ready = False
            _log.warning("Telegram is away: %s", reason_of(error, self._token))
        self._running = asyncio.create_task(self._run(is_ready=is_ready))

    async def send(
        self,
        address: Address,
        payload: dict[str, Any],
        ref: str | None,
        key: str,
        pace: Pace = at_once,
    ) -> str:
        """See `Channel.send`."""
        return await self._outbound.show(address, payload, ref, key, pace)

    async def accept(self, headers: Mapping[str, str], body: bytes) -> int:
        """Take a webhook call; gives the HTTP status: 200 only after the turn's commit."""
        refused = refusal(headers, body, self._webhook_secret)
        if refused is not None:
            return refused
        raw = update_in(body)
        if raw is None:
            return 400
        try:
            await self._take(self._read(raw))
        except Exception as error:
            _log.warning("update %s not committed: %s", raw["update_id"], said(error))
            return 503
        return 200

    async def is_reachable(self) -> bool:
        """Whether the Bot API server answered, perhaps with an error, within a second or now."""
        clock = asyncio.get_running_loop().time
        reachable, asked_at = self._reachable
        if clock() - asked_at > REACHABLE_SECONDS:
            try:
                await self._bot.get_me(read_timeout=STOP_SECONDS)
                reachable = True
            except TelegramError as error:
                reachable = is_answer(error)
            self._reachable = (reachable, clock())
        return reachable

    async def stop(self) -> None:
        """Begin no more turns, finish those in hand within about 3 seconds, close connections."""
        self._receive = None
        await self._polling.stop(STOP_SECONDS)
        if self._running is not None:
            self._running.cancel()
            await asyncio.wait([self._running])
        if self._answers:
            await asyncio.wait(self._answers, timeout=ANSWER_SECONDS)
        for task in self._answers:
            task.cancel()
        await self._bot.shutdown()

    async def _run(self, *, is_ready: bool) -> None:
        """Connect if need be, then poll, with the menus set meanwhile."""
        if not is_ready:
            await self._insist(self._connect)
        menus = asyncio.create_task(self._insist(self._set_menus))
        try:
            if not self._webhook_url:
                await self._polling.run()
            await menus
        finally:
            menus.cancel()

    async def _connect(self) -> None:
        """Learn who we are, and tell Telegram which way updates shall come."""
        await self._bot.initialize()
        self._username = self._bot.username or ""
        if not self._webhook_url:
            await self._bot.delete_webhook(drop_pending_updates=False)
            return
        await self._bot.set_webhook(
            self._webhook_url,
            secret_token=self._webhook_secret,
            allowed_updates=ALLOWED_UPDATES,
            max_connections=CONNECTIONS,
        )

    async def _set_menus(self) -> None:
        await set_menus(self._bot, private=self._commands, groups=self._group_commands)

    async def _insist(self, call: Callable[[], Coroutine[Any, Any, None]]) -> None:
        """Make a call until Telegram takes it; one it calls wrong is logged and left."""
        for wait in pauses(1.0, 60.0):
            try:
                await call()
            except Exception as error:
                _log.warning("%s: %s", call.__name__, reason_of(error, self._token))
                if not isinstance(error, BadRequest):
                    await asyncio.sleep(wait)
                    continue
            return

    async def _fetch(self, offset: int | None, seconds: int) -> list[Any]:
        return await self._bot.get_raw_updates(
            offset=offset, seconds=seconds, kinds=ALLOWED_UPDATES
        )

    def _read(self, raw: object) -> Reading:
        return read_update(raw, username=self._username, now=self._now())

    async def _take(self, reading: Reading) -> None:
        """Have the turn taken; once it is committed, answer a press without waiting for it."""
        received = Received()
        if self._receive is None:
            raise RuntimeError("not running")
        if reading.event is not None:
            received = await self._receive(reading.event)
        if reading.query_id:
            task = asyncio.create_task(self._outbound.answer(reading.query_id, received.notice))
            self._answers.add(task)
            task.add_done_callback(self._answers.discard)

    async def _note_move(self, address: Address, new_chat: str) -> None:
        """A group turned out to be elsewhere when a message was sent to it."""
        if self._receive is None:
            return
        event = ChatMoved(
            id=f"moved:{address.chat}:{new_chat}",
            address=address,
            sender="",
            at=self._now(),
            in_group=True,
            new_chat=new_chat,
        )
        try:
            await self._receive(event)
        except Exception as error:
            # The next message to the old address brings it up again.
            _log.warning("move not committed: %s", type(error).__name__)

    def _settings_fault(self, error: TelegramError) -> SettingsError:
        if isinstance(error, InvalidToken):
            return SettingsError(
                "TELEGRAM_BOT_TOKEN is refused by the Bot API server: "
                "copy it again from @BotFather, and check TELEGRAM_API_URL"
            )
        return SettingsError(
            f"TELEGRAM_WEBHOOK_URL is refused by Telegram: {reason_of(error, self._token)}"
        )
