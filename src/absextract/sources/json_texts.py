"""Titles and abstracts in JSON as text: some services give them in parts, in several languages, or within objects."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from ..patterns import regex

__all__ = ["abstract_in", "title_in"]

_INSIDE = (
    "value",
    "text",
    "#text",
    "content",
    "abstract",
    "abstracttext",
    "description",
    "title",
    "html",
    "rendered",
    "plain",
    "body",
    "p",
    "para",
    "sections",
    "paragraphs",
    "_",
    "$",
)
_LABEL = ("label", "@label", "nlmcategory", "section", "heading", "h1")
_LANGUAGE = regex(r"[a-z]{2,3}([-_][A-Za-z]{2,4})?|english|german|french|spanish|chinese|japanese|original")
_ENGLISH = regex(r"en(g|glish)?([-_][A-Za-z]{2,4})?", re.IGNORECASE)
_NO_LABEL = ("", "abstract", "summary", "unlabelled")
_DEEPEST = 6


def title_in(value: Any) -> str | None:
    """The title in a value; None where there is no text in it. Of several, the first is the title."""
    if isinstance(value, list):
        plain = [item for item in value if not (isinstance(item, dict) and item.get("titleType"))]
        texts = (title_in(item) for item in _in_english(plain or value)[:100])
        return next((text for text in texts if text), None)
    return _text(value, 0)


def abstract_in(value: Any, *, several: bool = False) -> str | None:
    """The abstract in a value; None where there is no text in it.

    Args:
        value: a text, its parts, or an object that holds it.
        several: each of a list is an abstract of its own, of which the first, or the English one, is taken.
    """
    if not isinstance(value, list):
        return _text(value, 0)
    typed = [item for item in value if isinstance(item, dict) and "descriptionType" in item]
    if typed:
        value = [item for item in typed if str(item["descriptionType"]).lower() == "abstract"]
    chosen = _in_english(value)
    if several or typed or len(chosen) < len(value):
        return next((text for item in chosen if (text := _text(item, 0))), None)
    return _text(value, 0)


def _in_english(items: Sequence[Any]) -> Sequence[Any]:
    """Where items tell their languages: those in English, else of the first language."""
    languages = [_language_of(item) for item in items]
    told = [language for language in languages if language]
    if len(set(told)) < 2:
        return items
    wanted = next((language for language in told if _ENGLISH.fullmatch(language)), told[0])
    return [item for item, language in zip(items, languages, strict=True) if language == wanted]


def _language_of(item: Any) -> str:
    if not isinstance(item, dict):
        return ""
    given = next((item[key] for key in ("lang", "language", "@lang", "@xml:lang", "xml:lang") if item.get(key)), "")
    return given if isinstance(given, str) else ""


def _text(value: Any, depth: int) -> str | None:
    if isinstance(value, str):
        return value
    if depth > _DEEPEST:
        return None
    if isinstance(value, list):
        return _text_of_parts(value, depth + 1)
    return _text_of_object(value, depth + 1) if isinstance(value, dict) else None


def _text_of_parts(parts: Sequence[Any], depth: int) -> str | None:
    """Sentences, and parts with a label, stand in a row as PubMed's do; other parts are paragraphs."""
    texts = [_text(part, depth) for part in parts]
    if any(text is None for text in texts):
        return None  # something else than a text
    in_a_row = any(isinstance(part, str) or (isinstance(part, dict) and _label(part)) for part in parts)
    return (" " if in_a_row else "\n\n").join(text.strip() for text in texts if text and text.strip())


def _text_of_object(value: Mapping[str, Any], depth: int) -> str | None:
    if value and all(map(_LANGUAGE.fullmatch, value)):
        by_language = {key: text for key, inner in value.items() if (text := _text(inner, depth))}
        english = next((text for key, text in by_language.items() if _ENGLISH.fullmatch(key)), None)
        if by_language:
            return english or next(iter(by_language.values()))
    named = {key.lower(): inner for key, inner in value.items()}
    text = next((text for key in _INSIDE if (text := _text(named.get(key), depth)) is not None), None)
    label = _label(value)
    return f"{label}: {text}" if text and label else text


def _label(part: Mapping[str, Any]) -> str:
    named = {key.lower(): inner for key, inner in part.items()}
    label = next((named[key].strip() for key in _LABEL if isinstance(named.get(key), str)), "")
    return "" if label.lower() in _NO_LABEL else label
