"""What the handlers we compare with send: as long as a verdict of ours."""

from __future__ import annotations

TOKEN = "4242:BENCHbenchBENCHbenchBENCHbenchBENCH"
TOAST = "✅ Bonne réponse"
TEXT = "<b>Question 2/5</b>\n\n" + "Une explication avec sa source, lettre par lettre. " * 24
BUTTONS = (
    (("Question suivante", "quiz:1:n0"), ("⚑ Signaler", "flag:x:ask")),
    (("Menu", "menu::"),),
)
