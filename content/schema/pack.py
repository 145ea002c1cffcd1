"""A whole pack."""

from __future__ import annotations

from dataclasses import dataclass, field

from content.schema.common import Fact, ItemId
from content.schema.competition import Blueprint, Milestones, PackHead
from content.schema.guides import Checklist, Documents, FaqEntry, Guide, Term
from content.schema.oral import FollowUp, Pitch, PrepPrompt, StarPrompt, SurpriseQuestion
from content.schema.questions import Question, ShortAnswer
from content.schema.study import Case, Dossier, Sheet, ThematicSet

NO_DOCUMENTS = Documents(papers=(), rules=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """A whole competition pack, loaded and cross-checked; items keyed by id, in file order."""

    head: PackHead
    blueprint: Blueprint
    facts: dict[str, Fact]
    questions: dict[ItemId, Question]
    milestones: Milestones
    short_answers: dict[ItemId, ShortAnswer] = field(default_factory=dict)
    sheets: dict[str, Sheet] = field(default_factory=dict)
    sets: dict[str, ThematicSet] = field(default_factory=dict)
    cases: dict[str, Case] = field(default_factory=dict)
    dossiers: dict[str, Dossier] = field(default_factory=dict)
    prep: dict[str, PrepPrompt] = field(default_factory=dict)
    star: dict[str, StarPrompt] = field(default_factory=dict)
    pitches: dict[str, Pitch] = field(default_factory=dict)
    surprises: dict[str, SurpriseQuestion] = field(default_factory=dict)
    follow_ups: dict[str, FollowUp] = field(default_factory=dict)
    checklists: dict[str, Checklist] = field(default_factory=dict)
    faq: dict[str, FaqEntry] = field(default_factory=dict)
    guides: dict[str, Guide] = field(default_factory=dict)
    glossary: dict[str, Term] = field(default_factory=dict)
    documents: Documents = NO_DOCUMENTS
