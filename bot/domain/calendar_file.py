"""An iCalendar file (RFC 5545) that phones open: one event a milestone or step, with alarms."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from icalendar import Alarm, Calendar, Event

from bot.clock import at_local_time

PRODID = "-//Concours Coach//Concours Coach//EN"
# An event with an hour needs some length, or some phones hide it.
SHOWN_LENGTH = timedelta(minutes=30)
# Counts edits, so that a file imported again replaces what an earlier one brought.
FIRST_EDIT = datetime.fromisoformat("2026-01-01T00:00:00+00:00")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One event: `uid` stays the same from file to file, `hour` is None for a whole day.

    `alarms` are distances from the event's start; for a whole day from its first minute.
    """

    uid: str
    title: str
    note: str
    day: date
    hour: time | None = None
    alarms: tuple[timedelta, ...] = ()
    is_estimated: bool = False


def write_calendar(
    entries: tuple[Entry, ...], *, name: str, language: str, zone: str, now: datetime
) -> bytes:
    """The file's bytes; hours of `zone` are written as UTC instants, which no phone misreads."""
    calendar = Calendar()
    calendar.add("prodid", PRODID)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name, parameters={"LANGUAGE": language})
    for entry in entries:
        calendar.add_component(_event(entry, language, zone, now))
    return bytes(calendar.to_ical())


def _event(entry: Entry, language: str, zone: str, now: datetime) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", now)
    event.add("sequence", int((now - FIRST_EDIT).total_seconds() // 60))
    event.add("summary", entry.title, parameters={"LANGUAGE": language})
    event.add("description", entry.note, parameters={"LANGUAGE": language})
    event.add("status", "TENTATIVE" if entry.is_estimated else "CONFIRMED")
    event.add("transp", "TRANSPARENT" if entry.hour is None else "OPAQUE")
    if entry.hour is None:
        event.add("dtstart", entry.day)
        event.add("dtend", entry.day + timedelta(days=1))
    else:
        start = at_local_time(entry.day, entry.hour, zone)
        event.add("dtstart", start)
        event.add("dtend", start + SHOWN_LENGTH)
    for distance in entry.alarms:
        event.add_component(_alarm(distance, entry.title))
    return event


def _alarm(distance: timedelta, title: str) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", title)
    alarm.add("trigger", distance)
    return alarm
