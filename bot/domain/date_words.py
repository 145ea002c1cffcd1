"""How dates are said: never without where they come from (FEATURES T10, M12).

Every text that shows a milestone's day gets it from `say_date`, so a day cannot appear without
"estimated", or "official" with its source and the day it was entered.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from functools import cache

from babel.dates import get_timezone_location

from bot.clock import ZoneInfo, at_local_time
from bot.domain.enrolment import Enrolment, MilestoneDate
from bot.messages import Line, Param, Quoted, line
from content.schema import LANGUAGES, Localized, PackHead

# Portals where official notices stand; `.gov.ma` is kept for the administration (P16).
OFFICIAL_HOSTS = (".emploi-public.ma", ".gov.ma")
# Anything that reads like a host, so that `https://x.gov.ma@evil.example` has two.
_HOST = re.compile(r"(?:https?://)?((?:[\w-]+\.)+[a-z]{2,})(?:[:/?#]\S*)?", re.IGNORECASE)


def say_date(known: MilestoneDate, zone: str, *, longest: int = 120) -> Line:
    """The day and hour with their provenance; a source longer than `longest` is cut."""
    when = say_when(known, zone)
    entered = f"{known.entered_on:%d/%m/%Y}"
    if known.provenance == "estimated":
        return line("dates.estimated", when=when, entered=entered)
    if not known.source:
        return line("dates.official_seen", when=when, entered=entered)
    key = "dates.official_link" if is_official_link(known.source) else "dates.official"
    source = Quoted(shortened(known.source, longest))
    return line(key, when=when, entered=entered, source=source)


def say_when(known: MilestoneDate, zone: str) -> Line:
    """The day and hour alone: only for texts that say the provenance themselves."""
    if known.hour is None:
        return line("dates.day", day=known.day)
    return line("dates.day_hour", day=known.day, hour=known.hour, city=city_of(zone))


def say_remaining(known: MilestoneDate, now: datetime, zone: str) -> Line:
    """How long until the milestone: hours under a day, else days by the calendar."""
    if known.hour is not None:
        left = at_local_time(known.day, known.hour, zone) - now
        if timedelta() < left < timedelta(hours=1):
            return line("dates.in_minutes", count=max(1, left // timedelta(minutes=1)))
        if timedelta() < left < timedelta(days=1):
            # "In 2 h" sent a little late still says so, but a deadline is never made to look
            # further than a quarter of an hour beyond the truth.
            near = left + timedelta(minutes=15)
            return line("dates.in_hours", count=near // timedelta(hours=1))
    return say_days((known.day - now.astimezone(ZoneInfo(zone)).date()).days)


def say_days(days: int) -> Line:
    """Today, tomorrow, in so many days; or that it is over."""
    if days < 0:
        return line("dates.over")
    if days < 2:
        return line("dates.tomorrow" if days else "dates.today")
    return line("dates.in_days", count=days)


def name_of(enrolment: Enrolment, head: PackHead, *, longest: int = 60) -> Param:
    """The competition's name: the pack's in the reader's language, or the candidate's words."""
    names = {language: head.name.in_language(language) for language in LANGUAGES}
    if enrolment.name in names.values():
        return Localized(**{each: shortened(name, longest) for each, name in names.items()})
    return Quoted(shortened(enrolment.name, longest))


def shortened(text: str, longest: int) -> str:
    """The text, cut to `longest` characters with an ellipsis."""
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


def is_official_link(source: str) -> bool:
    """Whether the source holds a link, and every link in it leads to an official site."""
    hosts = [f".{host.lower()}" for host in _HOST.findall(source)]
    return bool(hosts) and all(host.endswith(OFFICIAL_HOSTS) for host in hosts)


@cache
def city_of(zone: str) -> Localized:
    """The city whose clocks `zone` follows, in the three languages."""
    place = {
        language: get_timezone_location(ZoneInfo(zone), locale=language, return_city=True)
        for language in LANGUAGES
    }
    return Localized(**place)
