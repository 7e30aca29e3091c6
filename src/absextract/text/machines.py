"""Clock rates and memories: in what units the machine is told that something ran on."""

from __future__ import annotations

from ..patterns import regex

__all__ = ["MACHINE_UNITS", "is_of_machine"]

_CLOCK_UNITS = frozenset({"GHz", "MHz"})
_MEMORY_UNITS = frozenset({"KB", "MB", "GB", "TB"})
_RATE_UNITS = frozenset({"FPS", "Hz", "kHz"})
MACHINE_UNITS = _CLOCK_UNITS | _MEMORY_UNITS | _RATE_UNITS
"""The units of both, and of the rates at which something is recorded."""
_MACHINE = (
    r"(?:CPUs?|GPUs?|TPUs?|NPUs?|Intel|AMD|NVIDIA|Nvidia|Xeon|Ryzen|EPYC|Opteron|Haswell|Broadwell|Skylake|Pentium|Celeron|Athlon|Atom|Itanium|PowerPC|POWER\d"
    r"|SPARC|RISC-V|ARM|Cortex\S*|Apple|M[1-4]|Snapdragon|Exynos|Kirin|Tegra|Jetson|Raspberry|iPhone|Pixel|Core|i[3579][\w-]*"
    r"|GeForce|Titan|Tesla|Quadro|RTX|GTX|[VAH]100|A\d0|P100|K80|T4|laptops?|PCs?|desktops?|cards?|Macs?|MacBook|phones?|smartphones?|tablets?|boards?|nodes?|DSPs?|NUC|NAS|servers?|workstations?|machines?"
    r"|computers?|notebooks?|clusters?|processors?|microprocessors?|microcontrollers?|MCUs?|FPGAs?|ASICs?|SoCs?|CMOS|chips?|cores?|clock(?:ed)?)"
)
_ON_ONE = regex(
    rf"(?<![\w-]){_MACHINE}(?![\w-])(?::\s)?(?:(?!\b(?:reach|achiev|attain|gain|deliver|provid|support|yield|increas|improv|boost|rais|rose))"
    rf"(?:[^.;:]|\.(?=\d))){{0,40}}$"
)
_OF_ONE = regex(rf"[\s-](?:(?!(?:on|for|with|per|by)\b)[\w/-]+\s){{0,3}}?{_MACHINE}\b")
_RADIO_BEHIND = regex(
    r"[\s-](?:[\w-]+\s){0,2}?(?:bands?|carrier|channels?|signals?|radio|radar|Wi-?Fi|spectrum|range|ISM)\b"
)
_AT_BEFORE = regex(r"@\s?$|\d\s?[@(]\s?$")
# "runs at 2.4 GHz", "overclocking to 4.2 GHz", and not "closes timing at up to 1.4 GHz"
_RATE_OF = r"(?:(?:an?|the)\s)?(?:(?:[\w-]+\s){0,2}(?:frequency|rate|speed)\sof\s)?"
_RUN_BEFORE = regex(
    rf"(?:\b[Aa]t\s{_RATE_OF}|\b(?:[Oo]ver|[Uu]nder|[Dd]own)-?clock\w*\s(?:\w+\s){{0,3}}?(?:to|by|at)\s)[~$]*$"
)
_NATURAL_BEFORE = regex(
    r"\b(?:oscillat|resona|lases|lasing|emit|absorb|peak|centred|centered|tops?\sout|topped\sout)\w*\s(?:\w+\s){0,2}at\s[~$]*$"
)
# "achieves a clock rate of 1.1 GHz", "lifts the maximum clock from 2.1 GHz to 2.6 GHz"
_REACHED_BEFORE = regex(
    r"\b(?:reach|achiev|attain|gain|deliver|yield|increas|improv|boost|rais|rose|lift|push|clos|maxim|peak|highest)\w*\s(?:[\w-]+\s){0,4}?"
    r"(?:clocks?|frequenc(?:y|ies)|rates?|speeds?|bandwidths?|timing)\b(?:\s(?:[\w-]+\s){0,2}?(?:of|to|by|at|from)\b|\s\d[^.;]{0,12}\bto\b)\s(?:up\sto\s)?[~$]*$"
)
_RECORDED_BEFORE = regex(
    r"\b(?:captured|recorded|(?:re|down|up)?sampled|acquired|filmed|digiti[sz]ed|stream(?:ed|ing)|collected|taken|imaged|stimulated|driven)"
    rf"\s(?:[\w-]+\s){{0,3}}?(?:at|with|(?<=sampled\s)to)\s{_RATE_OF}[~$]*$"
)
_MEMORY_BEHIND = regex(
    r"\s(?:of\s)?(?:(?:main|system|GPU|device|video|physical)\s)?(?:V?RAM|DRAM|SRAM|DDR\d?|HBM\d?\w?|[Ff]lash|memory|storage)\b"
)
_HAVING_BEFORE = regex(
    r"(?:\b(?:with|has|having|and|of|plus|equipped with|only|just)\s(?:an?\s|only\s|just\s)*"
    r"|[(,]\s?(?:and\s)?)[~$]*$"
)
_MODEL_BEFORE = regex(
    rf"(?<![\w-]){_MACHINE}(?:[\s-](?:[A-Z]{{0,3}}\d[\w-]*+|X|Xp|Ti|Super|Max|Pro|Nano|Xavier|Orin|Pi))*\s?\(?$"
)
_CHIP_BEFORE = regex(r"\b[A-Z]{2,}[\w-]*\d\w*,? (?:at|running at|clocked at) $")
_IN_BRACKETS = regex(r"\((?:[^()]{0,40}[,;]\s)?$")
_OPENING_WITH = regex(r"(?:^|[.;:]\s)(?:With|On|Using|Given|Under)\s(?:only\s|just\s|an?\s)?$")
_MODEL_WITH = regex(rf"(?<![\w-]){_MACHINE}\s(?:[A-Z]?\d[\w-]*\s)?with\s(?:an?\s|only\s)?$")
_MACHINE_LISTED = regex(rf"\s(?:of\s)?(?:[A-Z]+\s|memory\s)(?:and|,)\s(?:[\w-]+\s){{0,2}}?{_MACHINE}\b")
_MACHINE_BEHIND = regex(rf"[\s-](?:{_MACHINE}|A\d{{3,4}})\b")


def is_of_machine(unit: str, before: str, behind: str) -> bool:
    """Whether a rate or a size is that of the machine, and not what a method reaches or needs.

    Args:
        unit: of the number, one of `MACHINE_UNITS`.
        before: what stands before the number.
        behind: what stands behind it.
    """
    if unit in _RATE_UNITS:
        return _RECORDED_BEFORE.search(before) is not None
    if unit in _CLOCK_UNITS:
        if _REACHED_BEFORE.search(before):
            return False
        if (_RUN_BEFORE.search(before) and not _NATURAL_BEFORE.search(before)) or _CHIP_BEFORE.search(before):
            return True
        if _RADIO_BEHIND.match(behind) or _OF_ONE.match(behind) or _AT_BEFORE.search(before):
            return True
        return _ON_ONE.search(before) is not None
    if _MODEL_BEFORE.search(before) or _MACHINE_BEHIND.match(behind):
        return True
    if _MEMORY_BEHIND.match(behind) and _IN_BRACKETS.search(before):
        return True
    if not _MEMORY_BEHIND.match(behind):
        return _MODEL_WITH.search(before) is not None
    return _has_memory(before, behind)


def _has_memory(before: str, behind: str) -> bool:
    if _MACHINE_LISTED.match(behind) or _OPENING_WITH.search(before):
        return True
    return bool(_ON_ONE.search(before) and _HAVING_BEFORE.search(before))
