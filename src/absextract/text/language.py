"""Whether a text is in a language that writes its decimals with a comma."""

from __future__ import annotations

from functools import lru_cache

from ..patterns import regex

__all__ = ["groups_by_points", "has_decimal_commas", "is_foreign"]

# Words of two letters and more that few other languages have; of German, Dutch, French, Spanish, Portuguese, Italian,
# Swedish, Danish, Norwegian, Finnish, Polish, Czech, Hungarian, Romanian, Turkish, Indonesian and Vietnamese.
_OTHERS = """
der das und ist für von den dem ein eine einer einem einen wird wurde wurden werden auf auch nicht sich bei zum zur
aus über nach durch wir unsere dass sind beträgt betrug het een bij jaar maar ook tussen naar zijn
wordt werd niet aan onze voor deze
le la les des du une un est dans pour sur avec que qui nous notre sont cette ces aux leur était
el los las una en con se su del este esta más nuestro para por fue uma em não ao foi são nosso nossa
dos il lo gli di che della dei delle nel sono questo och att det som ett var inte eller är för med
av på den og er til af
ja että ovat oli sekä na jest oraz dla nie przez się są je že byl být egy és hogy az
și din cu pentru este ve bir bu için ile olarak yang dan dengan untuk pada dari của và các với
"""
_ENGLISH = """
the of and to we with that this are by from our which these be as at has have can its it their than was were for
"""
_OTHER_WORDS, _ENGLISH_WORDS = frozenset(_OTHERS.split()), frozenset(_ENGLISH.split())
_WORD = regex(r"[^\W\d_]{2,}")
_SLAVIC_OR_GREEK = regex(r"[\u0370-\u03ff\u0400-\u04ff]{3,}")
_LATIN = regex(r"[a-z\u00df-\u024f]+")
_COMMA = regex(r"(?<![\d.,(\[{])\d+,(?:\d{1,2}|\d{4,})(?![\d,)\]}]|\.\d)")
_PLAIN_COMMA = regex(r"(?<![\d.,(\[{])(?:0,\d+|\d+,\d{1,2}(?=\s?(?:\\?%|percent)))(?![\d,)\]}]|\.\d)")
_POINT = regex(r"(?<![\d.,])(?:\d+\.\d{1,2}|0\.\d+)(?!\d|\.\d)")


@lru_cache(maxsize=256)
def has_decimal_commas(text: str) -> bool:
    """Whether a comma in a number of the text is that of a decimal: by its language, else by plain numbers of it.

    A text in English has them where there is a plain one ("93,7%", "0,85") and no decimal point.
    """
    commas, plain = _COMMA.search(text), _PLAIN_COMMA.search(text)
    points = _POINT.search(text)
    if is_foreign(text):
        return bool(commas or plain) or points is None
    return plain is not None and points is None


@lru_cache(maxsize=256)
def groups_by_points(text: str) -> bool:
    """Whether a point in "1.250" only groups digits: decimals of the text have commas, and none has a point."""
    return has_decimal_commas(text) and _COMMA.search(text) is not None and _POINT.search(text) is None


@lru_cache(maxsize=256)
def is_foreign(text: str) -> bool:
    """Whether most of the small words of a text belong to a language that writes decimals with a comma."""
    words = _WORD.findall(text)
    foreign = sum(word.lower() in _OTHER_WORDS or _SLAVIC_OR_GREEK.fullmatch(word) is not None for word in words)
    accented = sum(not word.isascii() and _LATIN.fullmatch(word) is not None for word in words)
    foreign += accented if foreign else min(accented, 1)
    return foreign > sum(word.lower() in _ENGLISH_WORDS for word in words)
