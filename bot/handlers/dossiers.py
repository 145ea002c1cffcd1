"""How a dossier is cut into pages: its task, its documents two a page, then what was expected."""

from __future__ import annotations

from content.schema import Dossier

DOCUMENTS_A_PAGE = 2


def plan_page(dossier: Dossier) -> int:
    """The page (from 0) of the expected plan, the first that gives an answer away."""
    return 1 + -(-len(dossier.documents) // DOCUMENTS_A_PAGE)
