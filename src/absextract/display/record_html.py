"""A record as a piece of HTML for notebooks: escaped, styled in its place, without a script."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import Any

from ..patterns import regex
from .spans import Marked, Part, nest
from .told_score import RESULT_ORDER, SCORE_PARTS, readable, told_score

__all__ = ["record_html"]

_HUES = {
    "task": 265, "method": 210, "baseline": 210, "dataset": 140, "metric": 35, "score": 0, "url": 185, "code_url": 185,
}  # fmt: skip
_OTHER_HUES = (310, 65, 235, 100)
_STATUS = {"ok": "#2e9e5f", "flagged": "#c98500", "failed": "#dd4b4b"}
_SEVERITY = {"error": _STATUS["failed"], "warning": _STATUS["flagged"], "info": "#888888"}
_QUOTES = frozenset({"evidence", "quote"})  # they hold other values
_SOFT = "opacity:.75;font-size:90%"
_LONGEST_KEY = 60
_TURNS = regex("[\u202a-\u202e\u2066-\u2069]")


def record_html(record: Mapping[str, Any]) -> str:
    """The HTML of a record as it stands in a file."""
    keys = {place["path"]: _key(place["path"]) for place in record["grounding"]}
    status = record["status"]
    title = _marked(record, "title", keys) or escape(record["id"])
    parts = [
        f'<p style="margin:0"><strong>{title}</strong></p>',
        f'<p style="margin:0;{_SOFT}"><span style="color:{_STATUS[status]};font-weight:bold">{status}</span> '
        f"{escape(record['id'])} · {escape(record['extractor']['model'])}</p>",
        f'<p style="line-height:1.7;white-space:pre-line;unicode-bidi:isolate">{_marked(record, "abstract", keys)}</p>',
        *_error(record["error"]),
        *_values(record["extraction"], keys),
        *_findings(record["findings"]),
    ]
    return f'<div style="max-width:60em;overflow-wrap:anywhere">{"".join(parts)}</div>'


def _marked(record: Mapping[str, Any], field: str, keys: Mapping[str, str]) -> str:
    places = [place for place in record["grounding"] if place["field"] == field]
    spans = [(place["start"], place["end"], number) for number, place in enumerate(places)]
    return "".join(_piece(part, places, keys) for part in nest(record[field], spans))


def _piece(part: Part, places: Sequence[Mapping[str, Any]], keys: Mapping[str, str]) -> str:
    if not isinstance(part, Marked):
        return _escaped(part)
    paths = [places[number]["path"] for number in part.labels]
    about = "; ".join(f"{path}{_sure(places[number])}" for path, number in zip(paths, part.labels, strict=True))
    inner = "".join(_piece(each, places, keys) for each in part.parts)
    return f'<mark style="{_style(keys[paths[0]])}" title="{escape(about)}">{inner}</mark>'


def _sure(place: Mapping[str, Any]) -> str:
    confidence = place.get("confidence")
    return "" if confidence is None else f", confidence {confidence:.2f}"


def _values(extraction: Any, keys: Mapping[str, str]) -> Iterator[str]:
    if isinstance(extraction, dict):
        rows = "".join(
            f'<li><span style="{_SOFT}">{escape(key[:_LONGEST_KEY])}</span> {_value(value, _step("", key), keys)}</li>'
            for key, value in extraction.items()
            if value not in (None, [], {})
        )
        yield f'<ul style="list-style:none;padding:0;margin:.5em 0">{rows}</ul>'


def _value(value: Any, path: str, keys: Mapping[str, str]) -> str:
    """A value, the parts of it that are supported in the colours they have in the text."""
    if isinstance(value, dict):
        shown = {k: v for k, v in value.items() if v is not None}
        if isinstance(score := value.get("score"), str):
            shown["score"] = readable(told_score(score, value.get("bound"), value.get("deviation")))
            named = {k: shown[k] for k in RESULT_ORDER if k in shown}
            shown = named | {k: v for k, v in shown.items() if k not in SCORE_PARTS}
        parts = (
            f'<span style="{_SOFT}">{escape(k)}</span> {_value(v, _step(path, k), keys)}' for k, v in shown.items()
        )
        return " ".join(parts)
    if isinstance(value, list):
        between = "<br>" if value and isinstance(value[0], dict) else " · "
        return between.join(_value(item, f"{path}/{number}", keys) for number, item in enumerate(value))
    text = _escaped(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))
    style = f"{_style(keys[path])};" if path in keys else ""
    return f'<span style="{style}unicode-bidi:isolate">{text}</span>'


def _findings(findings: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    for finding in findings:
        colour = _SEVERITY[finding["severity"]]
        value = finding["value"]
        said = "" if value is None else escape(value if isinstance(value, str) else json.dumps(value))
        if finding["action"] == "dropped":
            said = f"dropped <del>{said}</del>"
        yield (
            f'<p style="margin:.2em 0;border-left:3px solid {colour};padding-left:.5em">{said} '
            f"{escape(finding['message'])} <code>{escape(finding['code'])}</code></p>"
        )


def _error(error: Mapping[str, str] | None) -> Iterator[str]:
    if error:
        text = f"{escape(error['message'])} <code>{escape(error['code'])}</code>"
        yield f'<p style="border-left:3px solid {_STATUS["failed"]};padding-left:.5em">{text}</p>'


def _escaped(text: str) -> str:
    """The text; a sign that turns the direction of text stands apart, where it turns nothing."""
    return _TURNS.sub(r"<bdi>\g<0></bdi>", escape(text))


def _step(path: str, key: str) -> str:
    return f"{path}/{key.replace('~', '~0').replace('/', '~1')}"


def _key(path: str) -> str:
    """What a value is called: the last part of its path that is no number."""
    return next((part for part in reversed(path.split("/")) if not part.isdigit()), "")


def _style(key: str) -> str:
    """See-through colours over the notebook's own, so that they do in light and in dark."""
    if key in _QUOTES:
        return "background:none;color:inherit;text-decoration:underline dotted"
    hue = _HUES.get(key, _HUES.get(key.removesuffix("s"), _OTHER_HUES[sum(map(ord, key)) % len(_OTHER_HUES)]))
    return f"background:hsla({hue},80%,55%,.28);color:inherit;border-radius:3px;padding:0 .15em"
