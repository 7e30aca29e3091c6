"""Keys in every dress, and texts that hold none."""

from __future__ import annotations

import base64
import json
from urllib.parse import quote

import pytest

from absextract.extractors.llm.secrets import Redactor, redact_json
from work import calls_of

KEY = "sk-proj-Ab3/9xZ+q01-LmN_77tR"
REDACT = Redactor([KEY])
ESCAPED = "".join(f"\\u{ord(letter):04x}" for letter in KEY)


def styled(text: str, capital: int, small: int, digit: int) -> str:
    """The text in other letters, which begin where it is said."""

    def letter(sign: str) -> str:
        for first, start in (("A", capital), ("a", small), ("0", digit)):
            if first <= sign <= chr(ord(first) + (9 if first == "0" else 25)):
                return chr(ord(sign) - ord(first) + start)
        return sign

    return "".join(map(letter, text))


DRESSES = {
    "plain": KEY,
    "upper": KEY.upper(),
    "JSON": ESCAPED,
    "JSON in JSON": json.dumps(ESCAPED),
    "JSON twice": json.dumps(json.dumps(ESCAPED)),
    "slashes": KEY.replace("/", "\\/"),
    "URL": quote(KEY, safe=""),
    "all of the URL": "".join(f"%{ord(letter):02X}" for letter in KEY),
    "URL twice": quote("".join(f"%{ord(letter):02X}" for letter in KEY)),
    "HTML": "".join(f"&#{ord(letter)};" for letter in KEY),
    "HTML in hexadecimal": "".join(f"&#x{ord(letter):x};" for letter in KEY),
    "a literal": "".join(f"\\x{ord(letter):02x}" for letter in KEY),
    "base64": base64.b64encode(KEY.encode()).decode(),
    "base64 of a header": base64.b64encode(f"Bearer {KEY}!".encode()).decode(),
    "base64 for URLs": base64.urlsafe_b64encode(f"x{KEY}".encode()).decode(),
    "hexadecimal": KEY.encode().hex(),
    "invisible": "\u200b".join(KEY),
    "spaced": " ".join(KEY),
    "wide blanks": "\u3000".join(KEY),
    "lines": "\n".join(KEY[i : i + 6] for i in range(0, len(KEY), 6)),
    "lines of a mail": "\r\n    ".join(KEY[i : i + 5] for i in range(0, len(KEY), 5)),
    "escaped lines": "\\n".join(KEY[i : i + 4] for i in range(0, len(KEY), 4)),
    "escaped blanks": "\\u0020".join(KEY),
    "lines of a page": "<br/>".join(KEY),
    "blanks of a page": "&nbsp;".join(KEY),
    "blanks of a URL": "%20".join(KEY),
    "joiners": "\u034f\ufe0f".join(KEY),
    "bidi": "\u202e" + "\u2066".join(KEY),
    "tags": "\U000e0041".join(KEY),
    "control": "\x00\x7f".join(KEY),
    "all of it": " \u200b\n&#8203;".join(ESCAPED.replace("\\", "\\\\").split("\\\\")[1:]).replace("u", "\\\\u"),
    "spaced base64": "\n".join(base64.b64encode(KEY.encode()).decode()[i : i + 3] for i in range(0, 40, 3)),
    "wide": "".join(chr(ord(letter) + 0xFEE0) for letter in KEY),
    "bold": styled(KEY, 0x1D400, 0x1D41A, 0x1D7CE),
    "circled": styled(KEY, 0x24B6, 0x24D0, 0x245F).replace("\u245f", "0"),
    "octal": "".join(f"\\{ord(letter):03o}" for letter in KEY),
    "HTML with zeros": "".join(f"&#{ord(letter):012d};" for letter in KEY),
    "HTML thrice": "".join(f"&amp;amp;#{ord(letter)};" for letter in KEY),
    "a list": json.dumps(list(KEY)),
    "a list of parts": json.dumps([KEY[i : i + 6] for i in range(0, len(KEY), 6)]),
    "points": ".".join(KEY),
    "strokes": "_".join(KEY),
    "Markdown": "**".join(KEY),
    "struck through": "\u0338".join(KEY),
    "elements": "<b></b>".join(KEY),
    "comments": "<!-- -->".join(KEY),
    "colours of a terminal": "\x1b[0m".join(KEY),
    "hexadecimal with colons": KEY.encode().hex(":"),
    "head": KEY[:14],
    "tail": KEY[-14:],
    "middle": KEY[9:20],
}


@pytest.mark.parametrize("dress", DRESSES)
def test_a_key_is_taken_out_in_every_dress(dress: str) -> None:
    written = DRESSES[dress]
    for text in (written, f"Incorrect key: {written}. Try again.", json.dumps({"a": written}), f'{{"é": "{written}"}}'):
        left = REDACT(text)
        assert "[key]" in left
        bare = "".join(left.split())
        assert not any(KEY[i : i + 12] in bare for i in range(len(KEY) - 11))
        for part in (written[i : i + 12] for i in range(len(written) - 11)):
            assert part not in left


@pytest.mark.parametrize("mask", ["*****", "...", "…", "••••"])
def test_ends_around_a_mask_are_taken_out(mask: str) -> None:
    assert REDACT(f"wrong key {KEY[:7]}{mask}{KEY[-4:]}, sorry") == "wrong key [key], sorry"


@pytest.mark.parametrize(
    "text",
    [
        "F1 of 91.3% and 5%de",
        "a \\u00e9 and \\n and %zz",
        "sk-proj",
        "… and so on ... *** end",
        "\\" * 50,
        "&#233; &amp;",
        "İ",
        "s k - p r o j of 9 x Z in 7 7 t",
        "sk-pro\njects",
    ],
)
def test_other_texts_stay_as_they_are(text: str) -> None:
    assert REDACT(text) == text


def test_json_is_left_whole() -> None:
    assert redact_json({KEY: [KEY, 1, None]}, REDACT) == {"[key]": ["[key]", 1, None]}


def test_what_is_spaced_out_takes_its_blanks_along_and_nothing_else() -> None:
    assert REDACT(f"wrong key:\n {' '.join(KEY)}\n sorry") == "wrong key:\n [key]\n sorry"
    assert Redactor(["2023-2024-2025"])("in 2023 2024 2025") == "in 2023 2024 2025"


@pytest.mark.parametrize("unit", ["s k ", "\\n", "%25", "&amp;", "<br ", "\\u00", "\u200b", "<!-", "\U0001d400"])
def test_megabytes_of_blanks_take_no_time(unit: str) -> None:
    text = unit * (2_000_000 // len(unit))
    assert calls_of(lambda: REDACT(text)) < 10 * len(text)
