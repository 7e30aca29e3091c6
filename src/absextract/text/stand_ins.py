"""What stands where an abstract would, and is none: "[No abstract available]", "n/a", "nan"."""

from __future__ import annotations

import re

from ..patterns import regex

__all__ = ["is_no_abstract"]

_LONGEST = 200
_MARKS = " \t\r\n\f\v\u00a0\u200b\ufeff.,:;!?*#\"'`´‘’“”«»()[]{}<>|/\\_~=+-‐‑–—…"
_WORDS = frozenset(
    {"na", "n/a", "n.a", "nan", "nil", "null", "none", "nat", "undefined", "unknown", "missing", "empty", "tba", "tbd"}
)
_ABSTRACT = r"(?:abstracts?|summary|abstract text|abstract or summary)"
_GONE = r"(?:available|provided|found|given|supplied|included|present(?:ed)?|recorded|listed|submitted|exists?|text)"
_WHAT = r"(?:article|paper|manuscript|submission|letter|editorial|publication|document|entry|record|item)"
_PHRASES = regex(
    rf"(?:(?:there is |has |with |contains )?no {_ABSTRACT}(?: (?:is|was|has been))?(?: {_GONE})?"
    r"(?: (?:for|in|from|by) .{1,80})?(?: \([^()]{1,40})?"
    rf"|(?:the |this |an? )?{_ABSTRACT}(?: is| was| has been)?(?: currently)? not(?: yet| been)? {_GONE}"
    r"(?: (?:for|in|from|yet|here)\b.{0,80})?"
    rf"|(?:the |this )?{_ABSTRACT}(?: is| was| has been)?"
    r" (?:unavailable|missing|withdrawn|removed|retracted|withheld|deleted|n/?a"
    r"|forthcoming|pending|coming soon|to (?:follow|come|be added))"
    r"|(?:see|refer to) (?:the )?(?:full[ -]?text|article|paper|pdf|main text)(?: for (?:the )?(?:abstract|details))?"
    rf"|(?:(?:the |this )?{_WHAT} )?(?:(?:has been|have been|was|is) )?(?:withdrawn|retracted)"
    r"(?: (?:by|due to|because|from|at the request) .{1,120})?"
    r"|not (?:available|applicable|provided|given)|unavailable|abstract|summary|without abstract|#n/a|#na|#null"
    rf"|(?:this )?{_WHAT} (?:has|contains|does not have|comes with)(?: no| any| an)? {_ABSTRACT}(?: {_GONE})?"
    r"|(?:ohne|kein) abstract(?: (?:verfügbar|vorhanden))?|keine zusammenfassung(?: (?:verfügbar|vorhanden))?"
    r"|nicht (?:verfügbar|vorhanden)|non disponible|no disponible|indisponível|não disponível"
    r"|aucun résumé(?: disponible)?"
    r"|(?:sin|sem) (?:resumen|resumo)|resumo não disponível|resumen no disponible"
    r"|(?:pas de|sans) résumé(?: disponible)?|résumé (?:non|in)[ -]?disponible|(?:暂无|无|沒有|没有)摘要"
    r"|(?:抄録|要旨|要約|概要)(?:なし|無し|はありません)|초록\s?(?:이 )?(?:없음|없습니다))"
)


def is_no_abstract(text: str) -> bool:
    """Whether a text is blank, or says only that there is no abstract."""
    if len(text) > _LONGEST:
        return not text.strip()
    said = re.sub(r"\s+", " ", text.strip(_MARKS).casefold())
    return not said or said in _WORDS or _PHRASES.fullmatch(said) is not None
