"""Digits that are part of a name: versions, years, sizes of models, counters, enumerators, citations, identifiers."""

from __future__ import annotations

import re

from ..patterns import regex
from .dashes import METRIC_BEHIND
from .units import UNIT_PATTERN
from .years import is_date, is_year

__all__ = ["is_in_name"]

_COMMAND = regex(r"\\[A-Za-z]+$")
_COUNTER = regex(
    r"(?:\b(?:Fig(?:ure|s?\.|s)?|Tab(?:le|s?\.)|Sec(?:tion|ts?\.|s?\.)|Eq(?:uation|s?\.)|Appendix|Algorithm|Theorem|Lemma|Version"
    r"|version|ISO|IEC|IEEE|RFC|arXiv:|PMID:?|doi:|PACS(?:\s(?:numbers?|codes?))?:?|MSC(?:\s(?:codes?|class(?:es)?))?:?)\s?\(?"
    r"|(?:[Vv]ersions|[Ff]igures?|[Tt]ables?|[Ss]ections?|[Ee]quations?|[Cc]hapters?|[Pp]ages?|pp?\.|[Vv]ol(?:ume|\.)"
    r"|[Nn]os?\.|[Rr]efs?\.?|[Rr]eferences?|[Cc]itations?|[Ss]tep|[Ss]tage|[Pp]hase|[Pp]art|[Ss]ub-?task|[Tt]rack|[Ss]eed|[Rr]eleases?|[Ff]irmware|API\slevel)\s)$"
)
_COUNTED_ON = regex(
    r"\b(?:[Ff]ig(?:ure)?s?|[Tt]ab(?:le)?s?|[Ss]ec(?:tion)?s?|[Ee]q(?:uation)?s?|[Rr]ef(?:erence)?s?|[Cc]hapters?|[Pp]ages?)\.?\s\(?\d{1,3}\)?"
    r"(?:,\s?|,?\s(?:and|or|to)\s|\s?[-–]\s?)\(?$"
)
_NAME_BEFORE = regex(r"\b(?:[A-Z][\w-]*|[a-z]+\d[a-z]+)[)\]]?\s$")  # "SQuAD 2.0", "wav2vec 2.0"
_VERSION_BEFORE = regex(r"\b[A-Z][A-Za-z-]+(?:\s\d(?:\.\d+)?|\d[\d.]*)\s$")  # "Llama 3.1 405B"
_SOFTWARE_BEFORE = regex(
    r"\b(?:[Kk]ernels?|[Ll]inux|Ubuntu|Debian|Fedora|CentOS|(?:Free|Open|Net)BSD|Solaris|Android|iOS|macOS|Windows|CUDA|cuDNN|ROCm"
    r"|Python|PyTorch|TensorFlow|Keras|JAX|NumPy|pandas|scikit-learn|OpenCV|Java(?:Script)?|Scala|Kotlin|Ruby|Perl|PHP|Julia|Rust"
    r"|MATLAB|Matlab|Simulink|Mathematica|Stata|STATA|SPSS|SAS|GraphPad|FSL|QGIS|ArcGIS|JASP|[Jj]amovi|EViews|Minitab|OriginPro|Gurobi|CPLEX|FreeSurfer|SPM|AFNI|EEGLAB|FieldTrip|Cytoscape"
    r"|Fiji|Golang|NetLogo|SciPy|Matplotlib|Geant|Prism|ImageJ|RevMan|EndNote|Excel|NVivo|AutoDock|GROMACS|COMSOL"
    r"|ANSYS|Abaqus|LAMMPS|VASP|Gaussian|GCC|gcc|glibc|GLIBC|LLVM|[Cc]lang|cuda|python|Docker|Kubernetes|Hadoop|Spark|Kafka|MySQL"
    r"|Postgre(?:s|SQL)|SQLite|MongoDB|Redis|Apache|nginx|NGINX|OpenSSL|Node(?:\.js)?|Chrome|Chromium|Firefox|Safari|Unity|Unreal|Blender"
    r"|QEMU|KVM|Xen|ROS|OpenMP|OpenMPI|OpenGL|OpenCL|Vulkan|TLS|SSL|HTTP|USB|PCIe|SPARQL|OWL|HTML|ICD|DSM|MedDRA|BI-?RADS|PI-?RADS"
    r"|Bluetooth|Wi-?Fi|CC[ -]BY(?:-[A-Z]{2})*|Attribution"
    r"|L?GPL|License)(?:/[A-Z]{2})?[\s/-](?:(?:Statistics|software|Pro|Server|for\s\w+),?\s)?(?:\(?(?:versions?|release|v\.?)\s)?(?:\d[\d.]{0,8}(?:,|,?\s(?:and|or|to)|/)\s?){0,3}$"
)
_LARGEST_VERSION = 40
_BROWSER_BEFORE = regex(r"\b(?:Firefox|Chrom(?:e|ium)|Edge)\s$")
_R_BEFORE = regex(r"(?<![\w-])R\s(?:\(?(?:versions?|v\.?)\s)?$")
_R_VERSION = regex(r"[2-4]\.\d")
_PROGRAM_BEHIND = regex(r"\s?(?:[,(]\s?)?(?:software|package|program|toolbox)\b|\s(?:was|were)\sused\b(?!\sby)")
_PROGRAM_VERSION = regex(r"\d{1,2}(?:\.\d{1,2})?")
_KERNEL_BEFORE = regex(r"\b(?:[Tt]he|an?|[Ll]inux|our|stock|vanilla|mainline)\s$")
_KERNEL_BEHIND = regex(r"\s(?:[Ll]inux\s)?kernels?\b(?!\s(?:size|width|matri|function|densit))")
_KERNEL_VERSION = regex(r"[2-6]\.\d{1,2}")
# "F 0.5 of 65.0", "a ROUGE 2 score": which of its kind the metric is
_F_BEFORE = regex(r"(?<![\w-])F\s$")
_F_DEGREES = frozenset({"0.5", ".5", "1", "2"})
_ORDER_OF_METRIC_BEFORE = regex(r"\b(?:ROUGE|Rouge|BLEU|Hits?|NDCG|nDCG)\s$")
_RANK_OF_METRIC_BEFORE = regex(r"\b(?:m?AP|AR|Hits?|n?NDCG|nDCG|[Tt]op|[Rr]ank|[Pp]ass)\s$")
_RANK_OF_METRIC_BEHIND = regex(r"\s?(?:of|=|:|at|is|was)\s?[~$]*\d|\s(?:scores?|accurac(?:y|ies)|errors?|rates?)\b")
_ORDER_OF_METRIC_BEHIND = regex(r"\s(?:scores?\b|of\s)")
_MISS_RATE_BEFORE = regex(r"\bMR\s$")
"""The metric "MR^-2" that lost its sign of raising: "8.1 MR -2"."""
_ABBREVIATED_YEAR_BEFORE = regex(r"\b[A-Z][\w-]*\s['’‘]$")
"""As in "Shen '19"."""
_CITED_BEFORE = regex(r"\[(?:\d+(?:,\s?|[-–]))*$")
_CITE_BEFORE = regex(r"\\(?:cite\w{0,8}|ref|eqref|label)\*?(?:\[[^\]]*\])?\{(?:\d{1,3},\s?)*$")
_CITED_BEHIND = ("]", ",", "-", "–")
# "as described (12, 13)", "Shen et al. 15 measured"
_REFERRED_BEFORE = regex(
    r"\b(?:described|shown|reported|published|previously|earlier|before|above|reviewed|elsewhere|studies|reports?|works?"
    r"|literature|methods?|(?:see|also) |et al\.?"
    r"|refs?\.?|references?)\s?\((?:refs?\.?\s|see\s)?(?:\d{1,3}(?:,\s?|\s?[-–]\s?))*$",
    re.IGNORECASE,
)
_REFERRED_BEHIND = regex(r"(?:(?:,\s?|\s?[-–]\s?)\d{1,3})*\)")
_AUTHORS_BEFORE = regex(r"\bet al\.?,?\s(?:\d{1,3},)*$")
# "1) a detector and 2) an embedder", "(1) a detector", ": 1. A detector. 2. An embedder."
_ENUMERATOR_BEHIND = regex(
    r"(?:(?P<bracket>\))(?:\s+(?!and\b|or\b)[A-Za-z]|\s+\d|[A-Z]|(?:[a-z]{3}|an?\s))"
    r"|(?P<sign>[/:-]|\s[-–])\s+(?!and\b|or\b|to\s\d|vs\b)[A-Za-z]|(?P<stop>\.)\s+[A-Za-z])"
)
_ITEM_BEHIND = regex(r"\)\s*[A-Za-z]")
_BEGINS_NO_SENTENCE = regex(r"\.\s+[a-z]")
_STARTS_ITEM = regex(r"(?:^|[:.;,]\s{1,3})$")
_LONGEST_LIST = 2000
# A dash that lost its blanks: "on both sets-97.55% accuracy", and not "top-5%" or "the Pruned-50% net"
_DASHED_BEFORE = regex(
    r"(?<![\w-])(?!(?:[Tt]op|[Bb]ottom|[Ff]irst|[Ll]ast|[Ss]ub|[Nn]ear|[Nn]on|[Uu]buntu)[-–])"
    r"(?:(?:[a-z]{3,}|by|to|of|at|is)(?:-[a-z]+)*|(?P<name>[A-Z][A-Za-z]+[\w-]*))[-–]$"
)
_METRIC_DASHED_BEFORE = regex(
    r"(?<![\w-])(?:[\w-]+-)?(?:accuracy|score|F1|AUC|AUROC|precision|recall|BLEU|mAP|m?IoU|WER|(?:top|Top|rank|Rank)-\d{1,2})[-–]$"
)
_TWO_DIGITS_AND_MORE = regex(r"\d\d\.\d+")
_DECADE = regex(r"(?:19|20)\d0s")
_YEAR = regex(r"(?:19|20)\d\d")
_OLD_YEAR = regex(r"1[0-8]\d\d")
_OF_OLD_TIMES_BEFORE = regex(
    r"\b(?:[Tt]reaty|Act|[Ww]ar|[Yy]ear|[Cc]ensus|[Cc]ode|[Ee]dict|[Rr]evolution|[Ff]amine|AD|CE)(?:\sof)?\s$"
)
_TO_UNIT = regex(rf"\s?(?:to|bis|à|[-–−])\s?\d{{1,4}}(?:\.\d+)?\s?{UNIT_PATTERN}")
_MODEL_NUMBER = regex(r"\d|\d{4}|[1-9]\.\d")
_PARAMETER = regex(r"(?<![\w\\])\$?[kKmM]\s?=\s?$")  # "n = 142" counts what was looked at; "M = 3.45" is a mean
_ADJECTIVE = regex(r"-(?!(?:to|on|and|in|for|with|at|by|while|when|but|or)\b|fold)[A-Za-z]")
# fmt: off
_COMMON = frozenset({
    "About", "Accuracy", "After", "Against", "All", "Almost", "Among", "An", "And", "Another", "Any",
    "Approximately", "Around", "As", "At", "Average", "Before", "Below", "Between", "Both", "But", "By",
    "Cosine", "Dice", "During", "Each", "Either", "Elo", "Error", "Every", "Exactly", "For", "From", "Given",
    "If", "In", "Into", "Jaccard", "Just", "Kappa", "Least", "Less", "Loss", "Mean", "More", "Most", "Nearly",
    "No", "Nor", "Of", "On", "Only", "Or", "Other", "Our", "Out", "Over", "Pearson", "Per", "Perplexity",
    "Precision", "Recall", "Roughly", "Score", "Several", "Since", "So", "Some", "Spearman", "Still", "Such",
    "Than", "That", "The", "Then", "There", "These", "This", "Those", "Through", "Thus", "To", "Under", "Until",
    "Up", "Using", "Very", "We", "What", "When", "Where", "Whereas", "Which", "While", "With", "Within",
    "Without",
})
# fmt: on


def is_in_name(text: str, match: re.Match[str], unit: str | None, *, follows_name: bool | None) -> bool:
    """Whether the digits of a number belong to a name and measure nothing.

    Args:
        text: what is read.
        match: the number, with the groups `digits`, `power` and `scale`.
        unit: its unit.
        follows_name: whether the number one sign before it is part of a name; None where there is none.
    """
    start, end = match.span()
    before, after = text[max(0, start - 24) : start], text[end : end + 2]
    if _glued(before, follows_name) and not _is_dashed(text, match, before, unit):
        return True
    if after[:1].isalpha() or _DECADE.fullmatch(match.group()) or (after[:1] == "." and after[1:].isdigit()):
        return True
    if match["scale"] in ("B", "M") and _VERSION_BEFORE.search(before):
        return True
    if unit or match["scale"] or match["power"]:
        return False
    worded = any(map(str.isalpha, before))  # without a word before it most of what follows is impossible
    if _ADJECTIVE.match(text, end) or (worded and (_COUNTER.search(before) or _COUNTED_ON.search(before))):
        return True
    if match["digits"].isdigit() and _is_one_of_many(text, match, before, worded=worded):
        return True
    if _YEAR.fullmatch(match["digits"]):
        return False
    return worded and _is_version(text, match, before)


def _is_one_of_many(text: str, match: re.Match[str], before: str, *, worded: bool) -> bool:
    """Whether whole digits are a parameter, a date, a year, a reference or an enumerator."""
    start, end = match.span()
    if (worded and _PARAMETER.search(before)) or is_date(text, start, end, before):
        return True
    if _YEAR.fullmatch(match["digits"]):
        return is_year(text, end, before)
    if _OLD_YEAR.fullmatch(match["digits"]) and _OF_OLD_TIMES_BEFORE.search(before):
        return True
    return _is_mark(text, start, end, before)


def _is_mark(text: str, start: int, end: int, before: str) -> bool:
    """Whether digits are the year of "Shen '19", a reference or an enumerator."""
    if _ABBREVIATED_YEAR_BEFORE.search(before):
        return True
    if "[" in before and _CITED_BEFORE.search(before) and text.startswith(_CITED_BEHIND, end):
        return True
    if "{" in before and _CITE_BEFORE.search(before):
        return True
    if "(" in before and _REFERRED_BEHIND.match(text, end) and _REFERRED_BEFORE.search(text, max(0, start - 40), start):
        return True
    of_authors = "et al" in before and _AUTHORS_BEFORE.search(before) is not None
    return of_authors or _is_enumerator(text, start, end)


def _is_version(text: str, match: re.Match[str], before: str) -> bool:
    """Whether a bare number behind a name says which one: "SQuAD 2.0", "Llama 3", "Linux 5.10", "F 0.5"."""
    digits, end = match["digits"], match.end()
    if match.group() == "-2" and _MISS_RATE_BEFORE.search(before):
        return True
    is_rank = len(digits) <= 3 and digits.isdigit() and _RANK_OF_METRIC_BEFORE.search(before)
    if is_rank and _RANK_OF_METRIC_BEHIND.match(text, end):
        return True
    if _is_of_software(text, digits, before, end) or (digits in _F_DEGREES and _F_BEFORE.search(before)):
        return True
    if not _NAME_BEFORE.search(before):
        return False
    name = before.split()[-1].strip("()[]")
    if len(digits) == 1 and _ORDER_OF_METRIC_BEFORE.search(before):
        return _ORDER_OF_METRIC_BEHIND.match(text, end) is not None
    if "-" not in name and _TO_UNIT.match(text, end):  # "Gave 3 to 4 mL"
        return False
    # "BLEU 2.1" and "Accuracy 9" are scores
    return name not in _COMMON and not name.isupper() and _MODEL_NUMBER.fullmatch(digits) is not None


def _is_of_software(text: str, digits: str, before: str, end: int) -> bool:
    """Whether a number says which version of a program: "nginx 1.18", "R 4.1", "the 5.10 kernel"."""
    if (_SOFTWARE_BEFORE.search(before) and _may_be_version(digits, before)) or (
        _R_BEFORE.search(before) and _R_VERSION.match(digits)
    ):
        return True
    if _NAME_BEFORE.search(before) and _PROGRAM_VERSION.fullmatch(digits) and _PROGRAM_BEHIND.match(text, end):
        return True
    is_kernel = _KERNEL_VERSION.fullmatch(digits) and _KERNEL_BEFORE.search(before)
    return bool(is_kernel) and _KERNEL_BEHIND.match(text, end) is not None


def _may_be_version(digits: str, before: str) -> bool:
    """Whether a bare number behind a program is no score: a small one, a year, or one of several points."""
    major, point, rest = digits.partition(".")
    if "." in rest or not major.isdigit() or int(major) < _LARGEST_VERSION or _YEAR.fullmatch(digits):
        return True
    return not point and _BROWSER_BEFORE.search(before) is not None


def _is_enumerator(text: str, start: int, end: int) -> bool:
    """Whether a digit only numbers an item of a list, which begins with 1."""
    behind = _ENUMERATOR_BEHIND.match(text, end) if end - start <= 2 else None
    if behind is None:
        return False
    sign = behind["bracket"] or behind["sign"] or behind["stop"]
    opened = "(" if text[start - 1 : start] == "(" else ""
    if sign == "." and not (
        _BEGINS_NO_SENTENCE.match(text, end) or _STARTS_ITEM.search(text[max(0, start - 4) : start])
    ):
        return False
    if sign == ")" and text[start - 1 : start] != "(" and not _ITEM_BEHIND.match(text, end):
        return False
    if sign == ")" and not opened and _is_open(text, start):
        return False
    number = int(text[start:end])
    others = {1, number - 1} if number > 1 else {2}
    around = text[max(0, start - _LONGEST_LIST) : end + _LONGEST_LIST]
    items = [f"{opened}{other}{sign}" for other in others]
    return all(
        item in around and re.search(rf"(?:^|[\s(]|(?<=\.)){re.escape(item)}(?:\s|[A-Za-z])", around) is not None
        for item in items
    )


def _is_open(text: str, at: int) -> bool:
    """Whether the place stands in brackets or behind other signs than blanks, so that a bracket behind it closes."""
    if text[at - 1 : at].strip():
        return True
    floor = max(0, at - 200)
    return text.rfind("(", floor, at) > text.rfind(")", floor, at)


def _is_dashed(text: str, match: re.Match[str], before: str, unit: str | None) -> bool:
    """Whether the dash before a number joins it to no name: no name has a percentage, or a metric behind a decimal."""
    digits = match["digits"]
    if "." in digits and _METRIC_DASHED_BEFORE.search(before):
        return True
    dashed = _DASHED_BEFORE.search(before)
    if dashed is None:
        return False
    is_score = "." in digits and METRIC_BEHIND.match(text, match.end())
    if unit not in ("%", "FPS") and not is_score and not _TWO_DIGITS_AND_MORE.fullmatch(digits):
        return False
    return dashed["name"] is None or (unit == "%" and "." in digits)


def _glued(before: str, follows_name: bool | None) -> bool:
    if before.endswith(("^", "^{", "_{", "$_")):
        return True
    last = before[-1:]
    if last in ("@", "#") or (last in "'’" and before[-2:-1].isupper()):  # "pass@1", "WMT'14"
        return True
    if last in "-–_.,":
        if follows_name is not None:
            return follows_name
        return last != "," and len(before) > 1 and before[-2].isalnum() and not _COMMAND.search(before[:-1])
    return last.isalnum() and not _COMMAND.search(before)
