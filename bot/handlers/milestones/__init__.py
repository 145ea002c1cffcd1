"""Calendar and plan: competitions with their dates, the back-plan, reminders, the .ics file."""

from __future__ import annotations

from bot.domain.watches import LIST, NOTICE
from bot.handlers.context import Routes
from bot.handlers.milestones import (
    appeals,
    competitions,
    dates,
    day_entry,
    plan,
    reminders,
    watches,
)
from bot.storage.reminder_timers import APPEAL, MILESTONE

ROUTES = Routes(
    commands={
        "plan": plan.on_command,
        "dates": dates.on_command,
        "notice": dates.on_command,
        "competitions": competitions.on_command,
    },
    buttons={
        "plan": plan.on_press,
        "dates": dates.on_press,
        "comp": competitions.on_press,
        "remind": reminders.on_press,
        "watch": watches.on_press,
    },
    texts={
        "entering_date": day_entry.on_day_text,
        "entering_source": day_entry.on_source_text,
        "naming_competition": competitions.on_name_text,
    },
    prompts={
        "entering_date": day_entry.ask_day,
        "entering_source": day_entry.ask_source,
        "naming_competition": competitions.ask_name,
    },
    timers={
        MILESTONE: reminders.on_due,
        NOTICE: watches.on_due,
        LIST: watches.on_due,
        APPEAL: appeals.on_due,
    },
)
