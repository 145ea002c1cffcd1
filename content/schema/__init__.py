"""The content packs' schema: each frozen dataclass is the YAML form and the domain value.

The loader validates YAML against these classes with pydantic (unknown keys refused), and the
rules read the very same objects. Texts a candidate sees are `Localized`: French, Arabic, English.
"""

from __future__ import annotations

from content.schema.common import (
    LANGUAGES,
    Confidence,
    Criterion,
    Fact,
    Grade,
    Idea,
    ItemId,
    Language,
    Localized,
    Named,
    Number,
    Paraphrases,
    StreamId,
    TopicId,
    Wordings,
)
from content.schema.competition import (
    Area,
    Blueprint,
    MilestoneKind,
    Milestones,
    PackHead,
    PlanStep,
    Test,
)
from content.schema.guides import (
    Checklist,
    Documents,
    FaqEntry,
    Guide,
    Paper,
    PortalRule,
    Section,
    Term,
)
from content.schema.oral import (
    FollowUp,
    Pitch,
    PrepPrompt,
    StarPrompt,
    SurpriseQuestion,
)
from content.schema.pack import (
    Pack,
)
from content.schema.questions import (
    Option,
    Question,
    ShortAnswer,
)
from content.schema.study import (
    Acronym,
    Case,
    CaseNumber,
    CaseTable,
    Definition,
    Dossier,
    DossierDocument,
    PlanPart,
    Process,
    ProcessStep,
    Sheet,
    TableRow,
    ThematicSet,
)

__all__ = [
    "LANGUAGES",
    "Acronym",
    "Area",
    "Blueprint",
    "Case",
    "CaseNumber",
    "CaseTable",
    "Checklist",
    "Confidence",
    "Criterion",
    "Definition",
    "Documents",
    "Dossier",
    "DossierDocument",
    "Fact",
    "FaqEntry",
    "FollowUp",
    "Grade",
    "Guide",
    "Idea",
    "ItemId",
    "Language",
    "Localized",
    "MilestoneKind",
    "Milestones",
    "Named",
    "Number",
    "Option",
    "Pack",
    "PackHead",
    "Paper",
    "Paraphrases",
    "Pitch",
    "PlanPart",
    "PlanStep",
    "PortalRule",
    "PrepPrompt",
    "Process",
    "ProcessStep",
    "Question",
    "Section",
    "Sheet",
    "ShortAnswer",
    "StarPrompt",
    "StreamId",
    "SurpriseQuestion",
    "TableRow",
    "Term",
    "Test",
    "ThematicSet",
    "TopicId",
    "Wordings",
]
