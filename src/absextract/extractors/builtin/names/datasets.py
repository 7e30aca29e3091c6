"""Datasets: well-known names, and names that stand where datasets and benchmarks are named."""

from __future__ import annotations

from functools import lru_cache

from ....patterns import regex
from ....reading.name_shapes import NAME, is_count_or_machine, is_distinctive, is_foreign_model, is_shaped
from ....reading.passage import Mention, Passage

__all__ = ["DATASET_HEAD", "find_datasets", "title_datasets"]

DATASET_HEAD = (
    r"(?:[Dd]ata ?sets?|[Bb]enchmarks?|[Cc]orpus|[Cc]orpora|[Tt]est ?beds?|[Tt]est suites?|[Tt]reebanks?"
    r"|[Ll]eaderboards?)"
)
_KNOWN = regex(
    r"(?:(?:Split |Permuted |Rotated |Fashion-?|Colored |E)?MNIST|CIFAR(?:-?100?)?(?:/100)?(?:-C)?"
    r"|(?:[Tt]iny-?|[Mm]ini-?|[Tt]iered-?)?Image[Nn]et(?:-\w+)?"
    r"|SVHN|STL-10|(?:MS-?)?COCO|PASCAL VOC|ADE20K|Cityscapes|KITTI|nuScenes|CelebA|LSUN|Kinetics(?:-\d+)?"
    r"|UCF-?101|Ego4D|LAION-\w+"
    r"|GSM8[kK]|GSM-\w+|MATH(?:-?500)?|AIME(?: ?(?:20)?2\d)?|AMC(?: ?(?:20)?23)?|OlympiadBench|MathVista"
    r"|MathVerse|MathVision|MathQA|SVAMP|ASDiv|AQuA"
    r"|MMLU(?:-Pro)?|MMMU(?:-Pro)?|BIG-[Bb]ench(?: Hard)?|Big-[Bb]ench(?: Hard)?|BBH|AGIEval"
    r"|GPQA(?: Diamond)?|TruthfulQA|HellaSwag|WinoGrande|PIQA|BoolQ"
    r"|CommonsenseQA|StrategyQA|ScienceQA|OpenBookQA|ARC(?:-AGI(?:-[123])?|-[CE]|-Challenge|-Easy)"
    r"|HotpotQA|TriviaQA|Natural ?Questions|MuSiQue"
    r"|2WikiMultihopQA|SQuAD(?: ?[12]\.[01])?|(?:Super)?GLUE|SNLI|MultiNLI|MNLI|SST-2|CoLA|IMDB"
    r"|HumanEval\+?|MBPP\+?|LiveCodeBench|SWE-[Bb]ench(?: Verified)?"
    r"|BigCodeBench|WikiText(?:-2|-103)?|OpenWebText2?|RedPajama|FineWeb(?:-Edu)?|Penn Tree ?[Bb]ank"
    r"|LibriSpeech|Common ?Voice|AlpacaEval(?: 2(?:\.0)?)?|MT-Bench"
    r"|Arena-Hard|IFEval|LongBench|LoCoMo|D4RL|Atari[ -]?(?:2600|100k)|MuJoCo|Meta-?World|DMControl"
    r"|DeepMind Control Suite|ALFWorld|WebShop|WebArena|OSWorld"
    r"|ProcGen|Procgen|NetHack|BabyAI|MiniGrid|Minecraft|RLBench|LIBERO|CALVIN|Overcooked|Sokoban"
    r"|Minesweeper|FrozenLake|Frozen Lake|VQAv2|GQA|OK-VQA|Visual Genome|Flickr30k|MSR-VTT"
    r"|BabyLM(?: Challenge)?|XSum"
    r"|CNN/Daily ?Mail|WMT ?(?:20)?\d\d|MIMIC-(?:III|IV)(?:-\w+)?|ChEMBL|QM9|Omniglot|DomainBed|OGB|ZINC"
    r"|Cora|PubMedQA|MedQA|ERA5|PACS|Office-Home|CORe50"
    r"|GAIA|BrowseComp|FEVER|SciQ|CoNLL-?(?:20)?\d\d|OntoNotes|Universal Dependencies)(?![\w-]|\.\d)"
)
_YEAR = r"(?:19|20)\d\d(?![\w-]|[.,]\d)"
_VERSION = rf"(?: (?:[vV]\d+(?:\.\d+)?|\d\.\d|{_YEAR}(?:(?: and |/){_YEAR})?)(?![\w-]|\.\d))"
"""Regular expression of what tells one edition of a dataset from another, as in "PASCAL VOC 2007 and 2012"."""
_VERSION_BEHIND = regex(_VERSION)
_VERSIONED = regex(rf".*{_VERSION}")
_ITEM = rf"{NAME}{_VERSION}?+"
_LIST = regex(rf"(?<![\w./=-])({_ITEM}(?:(?:, and |, | and | \\?& ){_ITEM}){{0,12}})")
_SPLIT = regex(rf", and |, | and (?!{_YEAR})| \\?& ")
_HEAD_BEHIND = regex(
    rf"(?: \([^()]{{2,40}}\))? (?:[a-z][\w-]* )?(?:{DATASET_HEAD}|environments?|[Ss]uite|simulator"
    rf"|test ?set)\b"
)
_HEAD_BEFORE = regex(
    rf"(?:{DATASET_HEAD}|environments)(?:,? (?:called|named|dubbed|termed|namely|such as|including|like"
    rf"|i\.e\.,|e\.g\.,?)|:|,| \((?:e\.g\.,? |i\.e\.,? )?)? ?[\"'`]*$"
)
_PARTS_OF_HEADS = ("ata", "enchmark", "orp", "est", "eeban", "eaderboard", "environments")
"""One of them is in every head; looked for first, since most names have none before them."""
_ON = (" on ", " in ", " the ")
_APPOSITION = regex(
    rf"(?: \([^()]{{2,80}}\))?,? (?:the first|an?|our)(?: (?!for\b|of\b|that\b|to\b"
    rf"|with\b)[\w/,-]+){{0,9}}? {DATASET_HEAD}\b"
)
_TELLING_END = regex(r"(?<=[\w-]{2})(?:[Bb]ench(?:-[\w]+)?|(?<=[a-z])QA|Eval(?:-?\d)?|Gym)$")
_SCORE_ON = regex(
    r"(?:%|\d|accuracy|score|points?|performance|results|evaluat\w+|experiments|tested) (?:on|in)(?: the)? $"
)
_NOT_A_NAME = regex(
    r"(?:The|This|These|Those|Our|We|It|In|On|For|From|With|By|At|As|To|And|Or|But|If|When|While|Using"
    r"|Through|Across|Existing|Current|Several"
    r"|Experiments?|Results?|Extensive|Evaluations?|New|Both|All|Most|Many|Such|Two|Three|Four|Five|Unlike"
    r"|Given|However|Finally|Code|Data|Their"
    r"|Recent|Additionally|Moreover|Furthermore|Specifically|Unfortunately|Here|There|Standard|Popular|Its"
    r"|An?|I|Empirical|Evaluating|First|Second"
    r"|Third|Despite|Although|Since|Because|Under|Over|Public|Synthetic|Large|Real|Human|English|Chinese"
    r"|French|German|Arabic|Multiple|Various"
    r"|Large-scale|Comprehensive|Benchmarks?|Datasets?|Machine|Deep|Natural|Artificial|Language|Multimodal"
    r"|Reinforcement|Computer)"
)
_TITLE_DATASET = regex(
    rf"^({NAME}(?: \d{{1,3}})?)\s?[:–—-] (?:[Aa]n? |[Tt]he |[Tt]owards )?(?:[\w-]+ ){{0,6}}?{DATASET_HEAD}\b"
)


def title_datasets(title: Passage) -> list[Mention]:
    """The dataset that a title introduces: "NAME: A Benchmark for ..."."""
    match = _TITLE_DATASET.match(title.text)
    if match and not _is_no_name(match[1]) and len(match[1].split()) < 4:
        return [title.mention(*match.span(1))]
    return []


def find_datasets(abstract: Passage, methods: list[str]) -> list[Mention]:
    """Mentions of named datasets in order.

    Args:
        abstract: the text read.
        methods: names taken for the paper's methods; only what the text plainly calls a dataset is one all
        the same.
    """
    taken = {name.lower() for name in methods}
    found: list[Mention] = []
    for match in _LIST.finditer(abstract.text):
        if not _is_no_name(match[0]):  # as most capitalised words are none
            found += _named_in_list(abstract, match.start(), match.end(), taken)
    return found


def _named_in_list(abstract: Passage, start: int, end: int, taken: set[str]) -> list[Mention]:
    """The names of one list that are known, or that what stands around the list calls datasets."""
    items = _items(abstract, start, end)
    if not items:
        return []
    known = [_known_in(abstract, item) for item in items]
    if (len(items) > 1 and any(known)) or _is_called_dataset(abstract.text, start, end):
        called = [k or item for k, item in zip(known, items, strict=True) if k or _may_be_dataset(item.text)]
        return [item for item in called if item.text.lower() not in taken]
    behind = _HEAD_BEHIND.match(abstract.text, end)
    plural = behind is not None and behind[0].endswith("s")
    chosen = []
    for i, (k, item) in enumerate(zip(known, items, strict=True)):
        named = behind is not None and (plural or i == len(items) - 1) and _may_stand_before_head(item.text)
        if k or named or _is_telling(abstract.text, item):
            chosen.append(k or item)
    return chosen


def _known_in(abstract: Passage, item: Mention) -> Mention | None:
    """The well-known dataset inside a name, if there is one."""
    start = item.start
    while start < item.end:
        match = _KNOWN.match(abstract.text, start)
        if match:
            version = _VERSION_BEHIND.match(abstract.text, match.end(), item.end)
            return abstract.mention(match.start(), version.end() if version else match.end())
        start = abstract.text.find(" ", start, item.end) + 1 or item.end
    return None


def _is_called_dataset(text: str, start: int, end: int) -> bool:
    before = text[max(0, start - 60) : start]
    if before.endswith(_ON) and _SCORE_ON.search(before):
        return True
    ahead = _HEAD_BEFORE.search(before) if any(part in before for part in _PARTS_OF_HEADS) else None
    if ahead is None:
        return False
    return (
        not before.endswith(", ")
        or ahead[0][-4:] in ("g., ", "e., ")
        or text[end : end + 1] in (",", ".", ";", ":", ")")
    )


def _is_telling(text: str, item: Mention) -> bool:
    """Whether a name ends as benchmarks do, or is explained as one behind a comma."""
    if is_foreign_model(item.text) or is_count_or_machine(item.text) or not is_shaped(item.text):
        return False
    return _TELLING_END.search(item.text) is not None or _APPOSITION.match(text, item.end) is not None


def _items(abstract: Passage, start: int, end: int) -> list[Mention]:
    """The names of a list at their places, without words that only begin a sentence."""
    text = abstract.text
    items = []
    position = start
    for part in _SPLIT.split(text[start:end]):
        item_start = text.index(part, position)
        position = item_start + len(part)
        first, _, rest = part.partition(" ")
        if _is_no_name(first):
            item_start, part = item_start + len(first) + 1, rest
        if part:
            items.append(abstract.mention(item_start, item_start + len(part)))
    return items


def _may_be_dataset(name: str) -> bool:
    if is_foreign_model(name) or is_count_or_machine(name) or _is_no_name(name):
        return False
    return is_shaped(name) or _VERSIONED.fullmatch(name) is not None


def _may_stand_before_head(name: str) -> bool:
    """Whether "the ... dataset" may hold the name: also plain capitalised words, but no one's everyday acronyms."""
    if is_foreign_model(name) or is_count_or_machine(name) or _is_no_name(name.partition(" ")[0]):
        return False
    return is_distinctive(name) or (name[0].isupper() and name[1:].islower() and len(name) > 3)


@lru_cache(maxsize=20_000)
def _is_no_name(word: str) -> bool:
    return _NOT_A_NAME.fullmatch(word) is not None
