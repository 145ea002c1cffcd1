"""One transaction's view of everything that is kept."""

from __future__ import annotations

from functools import cached_property

import sqlalchemy as sa

from bot.storage.audits import Audits
from bot.storage.broadcasts import Broadcasts
from bot.storage.candidates import Candidates
from bot.storage.claims import Claims
from bot.storage.conversations import Conversations
from bot.storage.countdowns import Countdowns
from bot.storage.drafts import Drafts
from bot.storage.drills import Drills
from bot.storage.enrolments import Enrolments
from bot.storage.faults import Faults
from bot.storage.health import Health
from bot.storage.histories import Histories
from bot.storage.inbox import Inbox
from bot.storage.install import Install
from bot.storage.leases import Leases
from bot.storage.links import Links
from bot.storage.mocks import Mocks
from bot.storage.outbox import Outbox
from bot.storage.privacy import Privacy
from bot.storage.proposals import Proposals
from bot.storage.pushes import Pushes
from bot.storage.quizzes import Quizzes
from bot.storage.reports import Reports
from bot.storage.short_answers import ShortAnswers
from bot.storage.shown import Shown
from bot.storage.start_links import StartLinks
from bot.storage.timed_sets import TimedSets
from bot.storage.timers import Timers
from bot.storage.web_log import WebLog


class UnitOfWork:
    """The aggregates, all on the same transaction."""

    def __init__(self, connection: sa.Connection) -> None:
        self.connection = connection

    @cached_property
    def audits(self) -> Audits:
        """What operators did."""
        return Audits(self.connection)

    @cached_property
    def broadcasts(self) -> Broadcasts:
        """Messages to many."""
        return Broadcasts(self.connection)

    @cached_property
    def candidates(self) -> Candidates:
        """Candidates and their settings."""
        return Candidates(self.connection)

    @cached_property
    def claims(self) -> Claims:
        """Who may send which row now."""
        return Claims(self.connection)

    @cached_property
    def conversations(self) -> Conversations:
        """Who talks where, and who owns the next text there."""
        return Conversations(self.connection)

    @cached_property
    def countdowns(self) -> Countdowns:
        """Timed sets and mock orals that run, and time given back to them."""
        return Countdowns(self.connection)

    @cached_property
    def drafts(self) -> Drafts:
        """Oral answers being written or finished."""
        return Drafts(self.connection)

    @cached_property
    def drills(self) -> Drills:
        """Cases marked by the candidate, plans written against the clock."""
        return Drills(self.connection)

    @cached_property
    def enrolments(self) -> Enrolments:
        """Competitions candidates prepare, with dates and statuses."""
        return Enrolments(self.connection)

    @cached_property
    def faults(self) -> Faults:
        """Events whose handler raised."""
        return Faults(self.connection)

    @cached_property
    def health(self) -> Health:
        """How the coach is doing."""
        return Health(self.connection)

    @cached_property
    def histories(self) -> Histories:
        """What a candidate has worked on: how much, and when."""
        return Histories(self.connection)

    @cached_property
    def inbox(self) -> Inbox:
        """Ids of events already handled."""
        return Inbox(self.connection)

    @cached_property
    def install(self) -> Install:
        """What the coach remembers about itself."""
        return Install(self.connection)

    @cached_property
    def leases(self) -> Leases:
        """Who alone may do something."""
        return Leases(self.connection)

    @cached_property
    def links(self) -> Links:
        """Codes that move a person to another device or channel."""
        return Links(self.connection)

    @cached_property
    def mocks(self) -> Mocks:
        """Mock orals."""
        return Mocks(self.connection)

    @cached_property
    def outbox(self) -> Outbox:
        """What leaves."""
        return Outbox(self.connection)

    @cached_property
    def privacy(self) -> Privacy:
        """Everything about one candidate: to hand over, or to delete."""
        return Privacy(self.connection, self.candidates.forget_known)

    @cached_property
    def proposals(self) -> Proposals:
        """What the weekly review proposed."""
        return Proposals(self.connection)

    @cached_property
    def pushes(self) -> Pushes:
        """Quizzes the coach brought up by itself, and those put off."""
        return Pushes(self.connection)

    @cached_property
    def quizzes(self) -> Quizzes:
        """Quizzes and the answers given."""
        return Quizzes(self.connection)

    @cached_property
    def reports(self) -> Reports:
        """Questions that candidates reported."""
        return Reports(self.connection)

    @cached_property
    def short_answers(self) -> ShortAnswers:
        """Short written answers."""
        return ShortAnswers(self.connection)

    @cached_property
    def shown(self) -> Shown:
        """Which message shows which slot."""
        return Shown(self.connection)

    @cached_property
    def start_links(self) -> StartLinks:
        """What start links ask for."""
        return StartLinks(self.connection)

    @cached_property
    def timed_sets(self) -> TimedSets:
        """Results of timed sets."""
        return TimedSets(self.connection)

    @cached_property
    def timers(self) -> Timers:
        """What is due when."""
        return Timers(self.connection)

    @cached_property
    def web_log(self) -> WebLog:
        """The web chat's transcript."""
        return WebLog(self.connection)
