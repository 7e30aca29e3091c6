"""What a reader sees of a text with markup: emphasis goes, exponents stay exponents, headings head their paragraphs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from ..patterns import regex

__all__ = ["BLOCKS", "HEADINGS", "INLINE", "MATHS", "Shown"]


def _names(names: str) -> frozenset[str]:
    return frozenset(names.split())


HEADINGS = _names("h1 h2 h3 h4 h5 h6 title head section-title")
"""Elements that head what follows."""
BLOCKS = HEADINGS | _names(
    "p para simple-para br break hr div sec section abstract-sec abstracttext ul ol dl li dt dd list list-item "
    "table thead tbody tr blockquote center disp-quote disp-formula"
)
"""Elements that begin on a new line."""
INLINE = _names(
    "i em italic b strong bold u underline tt code kbd samp var monospace roman sans-serif small big font span sc scp "
    "small-caps strike del ins mark overline abbr acronym cite q a sup sub inf styled-content named-content xref "
    "cross-ref ext-link inter-ref uri email inline-formula tex-math alternatives inline-graphic graphic img wbr hsp "
    "label td th hi emph fixed-case formula tex"
)
"""Elements within a line."""
MATHS = _names(
    "math mrow mi mn mo ms mtext mspace msup msub msubsup mfrac msqrt mroot mover munder munderover mstyle mpadded "
    "merror menclose mfenced mphantom mtable mtr mtd mmultiscripts mprescripts none semantics annotation "
    "annotation-xml"
)
"""Elements of MathML."""

_RAISED, _LOWERED = frozenset({"sup", "superscript"}), frozenset({"sub", "inf", "subscript"})
_LINKS = _names("a ext-link")
_UNSEEN = _names("annotation annotation-xml mprescripts mphantom fn object-id")
_FRAMED = HEADINGS | _RAISED | _LOWERED | _UNSEEN | _LINKS | MATHS | {"tex-math", "alternatives"}
_DEEPEST = 60  # frames within frames; what is deeper is text
_WHITE = regex(r"[ \t\r\n\f]+")
_BLANK_LINES = regex(r"\n[ \t\r]*\n")
_SIGNED = regex(r"[+\-−–]?\s?(?:\d[\d.,/]*|[A-NP-Za-np-z])")  # a letter o is a degree sign more often
_NUMBER = regex(r"[+\-−–]?\s?\d+")
_NOT_RAISED = regex(r"[A-Za-z]{2,}|\W*|[a-coO]|[\[(].*", re.DOTALL)  # ordinals, degrees, marks of notes
_CHARGE = regex(r"\d*[+\-−–]")
_INVISIBLE = regex("[\u2061-\u2064\ufeff]")
_ONE_TERM = regex(r"\w*\(.*\)|[\w.\u0300-\u036f°′^]*")
_DOCUMENT = regex(r"\\begin\{document\}(.*?)\\end\{document\}", re.DOTALL)
_TEX = regex(r"[\\$]")
_ADDRESS = regex(r"https?://(?:www\.)?(?P<host>[^\s/?#]{3,})[^\s<>\"]*", re.IGNORECASE)
_WORDS = regex(r"[^\W\d_]{2,}")
_NAMES_THE_FIELD = "abstract"


@dataclass(slots=True)
class _Frame:
    name: str
    attributes: Mapping[str, str]
    parts: list[str] = field(default_factory=list)
    plain: bool = True
    """The last part stands on the line."""

    def add(self, part: str, *, plain: bool = True) -> None:
        if part:
            self.parts.append(part)
            self.plain = plain


class Shown:
    """Takes elements and text as they come and gives the text that a reader sees.

    Args:
        between: what parts paragraphs.
        targets: whether it is said where links lead.
    """

    _NOTHING: ClassVar[Mapping[str, str]] = {}

    def __init__(self, between: str = "\n", *, targets: bool = True) -> None:
        self._between = between
        self._targets = targets
        self._frames = [_Frame("", self._NOTHING)]
        self._too_deep = 0
        self._paragraphs: list[tuple[bool, str]] = []  # whether it is a heading, and what it says
        self.has_blocks: bool = False
        """There was an element that begins on a new line, so that white space is layout."""

    def start(self, name: str, attributes: Mapping[str, str] = _NOTHING) -> None:
        """An element begins; its name is local and in small letters."""
        name = _role(name, attributes)
        if name in BLOCKS:
            self._new_line()
        if name in _FRAMED:
            if len(self._frames) >= _DEEPEST:
                self._too_deep += 1
            else:
                self._frames.append(_Frame(name, attributes))
        elif name in ("td", "th", "hsp"):
            self._frames[-1].add(" ")

    def text(self, text: str) -> None:
        """Text within the elements that have begun."""
        frame = self._frames[-1]
        if frame.name in MATHS:
            text = _INVISIBLE.sub("", text)
            text = _WHITE.sub(" ", text) if frame.name == "mtext" else text.strip(" \t\r\n\f")
        frame.add(text)

    def end(self, name: str, attributes: Mapping[str, str] = _NOTHING) -> None:
        """An element ends."""
        name = _role(name, attributes)
        if name in _FRAMED:
            if self._too_deep:
                self._too_deep -= 1
            elif any(frame.name == name for frame in self._frames):  # of tags that cross, both end here
                while self._frames[-1].name != name:
                    self._close(self._frames.pop())
                self._close(self._frames.pop())
        elif name in BLOCKS:
            self._new_line()

    def whole(self) -> str:
        """All of it."""
        while len(self._frames) > 1:
            self._close(self._frames.pop())
        if not self.has_blocks:
            return "".join(self._frames[0].parts)
        self._new_line()
        if self._paragraphs and self._paragraphs[0][0]:
            first = self._paragraphs[0][1].strip(" .:").lower()
            del self._paragraphs[: first == _NAMES_THE_FIELD]
        lines: list[str] = []
        heading = ""
        for is_heading, text in self._paragraphs:
            if is_heading:
                heading += text + (" " if text[-1] in ".:?!" else ": ")
            else:
                lines.append(heading + text)
                heading = ""
        if heading:
            lines.append(heading.rstrip(": "))
        return self._between.join(lines)

    def _new_line(self) -> None:
        if len(self._frames) > 1:
            if self._frames[-1].name not in MATHS:
                self._frames[-1].add(" ")
            return
        self.has_blocks = True
        line = self._frames[0]
        self._add_line("".join(line.parts), is_heading=False)
        self._frames[0] = _Frame("", self._NOTHING)

    def _add_line(self, text: str, *, is_heading: bool) -> None:
        for paragraph in _BLANK_LINES.split(text):
            if line := _WHITE.sub(" ", paragraph).strip(" "):
                self._paragraphs.append((is_heading, line))

    def _close(self, frame: _Frame) -> None:
        outer = self._frames[-1]
        text = "".join(frame.parts)
        if frame.name in HEADINGS:
            if len(self._frames) == 1:
                self._add_line(text, is_heading=True)
            else:
                outer.add(f" {text} ")
        elif frame.name in _RAISED:
            raised = text.strip(" ")
            outer.add(self._raised(raised), plain=False)
        elif frame.name in _LOWERED:
            outer.add(text, plain=False)
        elif frame.name in _UNSEEN:
            pass
        elif frame.name in _LINKS:
            outer.add(_with_target(text, frame.attributes) if self._targets else text)
        elif frame.name == "tex-math":
            outer.add(_formula(text))
        elif frame.name == "alternatives":
            outer.add(_chosen(frame.parts))
        elif frame.name == "msup" and len(frame.parts) == 1:  # without a base: it belongs to what stands before
            outer.add(self._raised(text), plain=False)
        else:
            outer.add(_in_maths(frame))

    def _raised(self, text: str) -> str:
        """What is raised, behind a sign where it is an exponent."""
        before = next((frame for frame in reversed(self._frames) if frame.parts), self._frames[0])
        if not _is_exponent(before, text):
            return text
        before.parts[-1] = before.parts[-1].rstrip(" ")
        return f"^{_one_term(text)}"


def _role(name: str, attributes: Mapping[str, str]) -> str:
    """What an element is that is named by how it looks."""
    if name == "style":  # of EndNote
        return attributes.get("face", name)
    if name == "hi":  # of TEI
        look = attributes.get("rend", "")
        return {"sup": "sup", "superscript": "sup", "sub": "sub", "subscript": "sub"}.get(look, name)
    if name == "xref" and attributes.get("ref-type") in ("fn", "aff", "corresp", "author-notes"):
        return "fn"
    return name


def _with_target(text: str, attributes: Mapping[str, str]) -> str:
    """The words of a link, and behind them where it leads, where they do not say so themselves."""
    targets = (value for name, value in attributes.items() if re.split("[:}]", name)[-1] == "href")
    target = _ADDRESS.fullmatch(next(targets, "").strip())
    if target is None or target["host"] in text or "://" in text or not _WORDS.search(text):
        return text
    return f"{text.rstrip()} ({target[0]})"


def _is_exponent(before: _Frame, raised: str) -> bool:
    """Whether what is raised is the exponent of a number, which must not run into its digits."""
    if not before.parts or not before.plain or not raised:
        return False
    ahead = before.parts[-1]
    if ahead[-1].isdigit():
        return not _NOT_RAISED.fullmatch(raised)
    bare = ahead.rstrip(" ")
    return bare.endswith("10") and not bare[-3:-2].isdigit() and bool(_NUMBER.fullmatch(raised))


def _one_term(text: str) -> str:
    return text if _SIGNED.fullmatch(text) or _ONE_TERM.fullmatch(text) or _CHARGE.fullmatch(text) else f"({text})"


def _formula(text: str) -> str:
    """The formula itself, where a whole document was written around it."""
    found = _DOCUMENT.search(text)
    return (found[1] if found else text).strip()


def _chosen(parts: list[str]) -> str:
    """The first of several forms of one formula that is not TeX, if there is one."""
    filled = [part for part in parts if part.strip()] or [""]
    return next((part for part in filled if not _TEX.search(part)), filled[0])


def _in_maths(frame: _Frame) -> str:
    parts = frame.parts
    match frame.name, parts:
        case "mspace", _:
            return " "
        case "msup", [base, raised]:
            return base + _power(base, raised)
        case "msubsup", [base, lowered, raised]:
            return base + lowered + _power(base, raised)
        case "mfrac", [above, below]:
            return f"{_one_term(above)}/{_one_term(below)}"
        case "msqrt", _:
            return f"√{_one_term(''.join(parts))}"
        case "mroot", [base, index]:
            return f"{index}√{_one_term(base)}"
        case "mfenced", _:
            opening, closing = frame.attributes.get("open", "("), frame.attributes.get("close", ")")
            return f"{opening}{','.join(parts)}{closing}"
        case _:
            return "".join(parts)


def _power(base: str, raised: str) -> str:
    """An exponent in a formula; signs, primes, stars and charges are none."""
    if _CHARGE.fullmatch(raised) and not base[-1:].isdigit():
        return raised
    return raised if re.fullmatch(r"[^\w√]*", raised) else f"^{_one_term(raised)}"
