"""BioC in JSON: documents whose passages say themselves what they are."""

from __future__ import annotations

from typing import Any

__all__ = ["with_texts"]


def with_texts(value: dict[str, Any]) -> dict[str, Any]:
    """A document of BioC with its title and abstract as columns; anything else as it is."""
    passages = value.get("passages")
    if not isinstance(passages, list) or "title" in value or "abstract" in value:
        return value
    titles: list[str] = []
    abstract: list[str] = []
    heading = ""
    for passage in passages:
        kind, section, text = _told(passage)
        if section == "title" or (not section and kind in ("title", "front")):
            titles.append(text)
        elif section == "abstract" or (not section and kind.startswith("abstract")):
            if "title" in kind:
                heading = f"{text.rstrip(': ')}: "
            else:
                abstract.append(heading + text)
                heading = ""
    if not titles and not abstract:
        return value
    return {**value, "title": titles[0] if titles else "", "abstract": "\n".join(abstract)}


def _told(passage: Any) -> tuple[str, str, str]:
    """Type and section in small letters, and the text, as far as there are any."""
    if not isinstance(passage, dict):
        return "", "", ""
    infons, text = passage.get("infons"), passage.get("text")
    told = infons if isinstance(infons, dict) else {}
    sentences = passage.get("sentences")
    if not text and isinstance(sentences, list):
        text = " ".join(str(each["text"]) for each in sentences if isinstance(each, dict) and each.get("text"))
    section = str(told.get("section_type") or told.get("section") or "").lower()
    return str(told.get("type") or "").lower(), section, text if isinstance(text, str) else ""
