"""What a terminal would obey is shown, not sent."""

from __future__ import annotations

import io
import json
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from absextract.display.printable import for_terminal, printable, printable_json

ANY = st.text(st.characters() | st.characters(categories=["Cc", "Cs", "Cf"]))
BIDI = {"LRE", "RLE", "PDF", "LRO", "RLO", "LRI", "RLI", "FSI", "PDI"}


def is_obeyed(sign: str) -> bool:
    return unicodedata.category(sign) in ("Cc", "Cs") or unicodedata.bidirectional(sign) in BIDI


@given(ANY)
def test_nothing_that_a_terminal_obeys_is_left(text: str) -> None:
    assert not any(map(is_obeyed, printable(text)))
    assert "\u2028" not in printable(text)


@given(ANY)
def test_kept_lines_keep_every_place(text: str) -> None:
    kept = printable(text, keep_lines=True)
    assert len(kept) == len(text)
    assert all(now == then or is_obeyed(then) or then in "\u061c\u200e\u200f\u206a\u206b\u206c\u206d\u206e\u206f"
               for now, then in zip(kept, text, strict=True))  # fmt: skip
    assert kept.count("\n") == text.count("\n")


@given(ANY)
def test_json_says_the_same(text: str) -> None:
    written = printable_json(json.dumps({text: [text]}, ensure_ascii=False, indent=1))
    assert json.loads(written) == {text: [text]}
    assert not any(map(is_obeyed, written.replace("\n", "")))


def test_a_message_is_one_line() -> None:
    said = printable("HTTP 400:\r\n<b>\x1b]0;t\x07\tno\x9b2J\u202eabc\ud800")
    assert said == "HTTP 400: <b>\ufffd]0;t\ufffd no\ufffd2J\ufffdabc\ufffd"
    assert printable("plain [bold] – naïve 図 👩🏽‍🔬") == "plain [bold] – naïve 図 👩🏽‍🔬"


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_data_is_changed_for_a_terminal_alone() -> None:
    terminal, pipe = Terminal(), io.StringIO()
    for stream in (terminal, pipe):
        for_terminal(stream).write("a\n\x1b[2J")
    assert terminal.getvalue() == "a\n\ufffd[2J"
    assert pipe.getvalue() == "a\n\x1b[2J"
