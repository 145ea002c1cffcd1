"""Builds everything from Settings: the only place where concrete classes meet."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from urllib.parse import urlsplit

from bot.app import App
from bot.channels.base import Channel
from bot.channels.telegram.channel import TelegramChannel
from bot.channels.web.channel import WebChannel
from bot.channels.web.server import Check, WebServer
from bot.clock import Clock
from bot.delivery.delivery import Delivery
from bot.delivery.lease import Lease
from bot.errors import ContentError
from bot.heartbeat import Heartbeat
from bot.metrics import Metrics
from bot.render import Renderer
from bot.routes import load_routes
from bot.settings import Settings
from bot.storage.backup import check_integrity
from bot.storage.database import Database
from bot.storage.migrate import migrate
from bot.storage.sole_user import release_former_claims
from bot.texts import Texts
from bot.turn import Turns
from content.loader import PackError, load_pack, load_texts
from content.schema import LANGUAGES, Pack


def build(settings: Settings, *, sends: bool = True) -> App:
    """Everything, connected; migrations are run (SettingsError, ContentError or StorageError).

    `sends` False: what is to leave is left to other processes.
    """
    try:
        pack, texts = load_pack(settings.coach_pack), Texts(load_texts())
    except PackError as error:
        raise ContentError(f"COACH_PACK {settings.coach_pack}: {error}") from error
    clock = settings.clock()
    database = Database(settings.database_url)
    check_integrity(database)
    migrate(database)
    sole_user = release_former_claims(database)
    lease = Lease(database, f"telegram:{settings.telegram_bot_token.partition(':')[0]}")
    web = _web(settings, texts, clock, database) if settings.serves_pages else None
    telegram = _telegram(settings, texts, clock, lease) if settings.telegram_bot_token else None
    channels: dict[str, Channel] = {each.name: each for each in (web, telegram) if each}
    delivery = Delivery(
        database=database,
        channels=channels if sends else {},
        now=clock.now,
        leases={telegram.name: lease} if telegram and sends else {},
    )
    metrics = Metrics(database, delivery.counts, clock.now)
    return App(
        settings=settings,
        clock=clock,
        pack=pack,
        database=database,
        sole_user=sole_user,
        channels=channels,
        turns=_turns(settings, database, pack, texts, delivery, channels),
        delivery=delivery,
        heartbeat=Heartbeat(database, clock),
        server=_server(settings, web, telegram, _checks(database, channels), metrics),
        metrics=metrics,
    )


def _turns(
    settings: Settings,
    database: Database,
    pack: Pack,
    texts: Texts,
    delivery: Delivery,
    channels: Mapping[str, Channel],
) -> Turns:
    return Turns(
        database=database,
        pack=pack,
        renderer=Renderer(texts),
        routes=load_routes(),
        zone=settings.coach_zone,
        channels={name: each.capabilities.can_push for name, each in channels.items()},
        operators=settings.coach_operators,
        claims=delivery.claims,
    )


def _server(
    settings: Settings,
    web: WebChannel | None,
    telegram: TelegramChannel | None,
    checks: Mapping[str, Check],
    metrics: Metrics,
) -> WebServer:
    return WebServer(
        host=settings.coach_web_host,
        port=settings.coach_web_port,
        chat=web,
        checks=checks,
        webhooks=_webhooks(settings, telegram),
        metrics=metrics.text if settings.coach_metrics else None,
    )


def _web(settings: Settings, texts: Texts, clock: Clock, database: Database) -> WebChannel:
    return WebChannel(
        secret=settings.secret(),
        database=database,
        texts=texts,
        now=clock.now,
        host=settings.coach_web_host,
    )


def _telegram(settings: Settings, texts: Texts, clock: Clock, lease: Lease) -> TelegramChannel:
    return TelegramChannel(
        token=settings.telegram_bot_token,
        api_url=settings.telegram_api_url,
        webhook_url=settings.telegram_webhook_url,
        webhook_secret=settings.telegram_webhook_secret,
        commands={each: texts.commands(each) for each in LANGUAGES},
        group_commands={each: texts.commands(each, "group_commands") for each in LANGUAGES},
        now=clock.now,
        per_second=settings.telegram_per_second,
        may_poll=lease.is_held,
    )


def _webhooks(
    settings: Settings, telegram: TelegramChannel | None
) -> dict[str, Callable[[Mapping[str, str], bytes], Awaitable[int]]]:
    """Telegram's calls, at the path of the address it was given."""
    if telegram is None or not settings.telegram_webhook_url:
        return {}
    return {urlsplit(settings.telegram_webhook_url).path or "/": telegram.accept}


def _checks(database: Database, channels: Mapping[str, Channel]) -> Mapping[str, Check]:
    """What /readyz asks: the database and each channel."""

    async def database_answers() -> bool:
        return await database.run(database.is_reachable)

    return {"database": database_answers} | {
        name: channel.is_reachable for name, channel in channels.items()
    }
