"""The vocabulary that comes with the package: whole, small, and without contradictions."""

from __future__ import annotations

from importlib.resources import files

import pytest

from absextract.entities.folding import fold
from absextract.entities.linker import Linker
from absextract.entities.vocabulary import shipped_metrics, shipped_vocabulary

MOST_BYTES = 500_000
TABLES = files("absextract.entities")
_ENTRIES = shipped_vocabulary().by_id


def test_it_is_small() -> None:
    assert sum(len((TABLES / name).read_bytes()) for name in ("names.tsv", "metrics.tsv")) <= MOST_BYTES


def test_identifiers_are_unique_and_lead_somewhere() -> None:
    rows = (TABLES / "names.tsv").read_text(encoding="utf-8").splitlines()[1:]
    entries = shipped_vocabulary().by_id
    assert len(rows) == len(entries)
    parents = {entry.parent for entry in entries.values() if entry.parent}
    others = {other for entry in entries.values() for other in entry.is_not}
    assert {each for each in parents | others if each not in entries} == set()


def test_a_repository_of_the_hub_is_of_no_other_year_or_release() -> None:
    """Some packages read a part or another release of a thing: SQuAD 2.0 for SQuAD, AIME 2024 for AIME."""
    hubs = {id_: [same for same in entry.same_as if same.startswith("hf:")] for id_, entry in _ENTRIES.items()}
    assert hubs["squad"] == ["hf:rajpurkar/squad"]
    assert (hubs["aime"], hubs["agieval"]) == ([], [])
    assert len([id_ for id_, found in hubs.items() if found]) > 150


def test_default_metrics_are_metrics() -> None:
    metrics = {metric.id for metric in shipped_metrics().values()}
    named = {entry.metric for entry in shipped_vocabulary().by_id.values() if entry.metric}
    assert {
        name for name in named - metrics if not name.startswith(("pass", "recall@", "mrr@", "ndcg@", "hits@"))
    } == set()


def test_what_is_not_another_thing_has_no_name_with_it() -> None:
    entries = shipped_vocabulary().by_id
    shared = {
        (entry.id, other)
        for entry in entries.values()
        for other in entry.is_not
        if {fold(name) for name in (entry.label, *entry.aliases)}
        & {fold(name) for name in (entries[other].label, *entries[other].aliases)}
    }
    assert shared <= {("arc", "arc-agi"), ("arc-agi", "arc")}  # known by one acronym, told apart by the text


@pytest.mark.parametrize(
    ("one", "other"),
    [("COCO", "MS COCO 2014"), ("COCO 2014", "COCO 2017"), ("iNaturalist 2018", "iNaturalist 2021"),
     ("VTAB", "VTAB-1k"), ("Speech Commands V1", "Speech Commands V2"), ("AMC 10", "AMC 12"), ("FLAN", "FLAN v2")],
)  # fmt: skip
def test_releases_and_parts_of_a_thing_stay_apart(one: str, other: str) -> None:
    linker = Linker()
    first, second = (linker.dataset(f"{name} dataset") for name in (one, other))
    assert (first[0].id or first[0].candidates) != (second[0].id or second[0].candidates)


def test_an_acronym_of_two_things_is_left_open() -> None:
    [open_] = Linker().dataset("TREC dataset")
    assert (open_.id, set(open_.candidates)) == (None, {"trec", "text-retrieval-conference"})


@pytest.mark.parametrize(
    ("names", "id_"),
    [
        (("CIFAR10", "CIFAR-10", "cifar 10 dataset"), "cifar-10"),
        (("SQuAD 2.0", "SQuADv2", "SQuAD2.0"), "squad-2.0"),
        (("VQA v2", "VQA v2.0 dataset", "VQA2"), "vqa-v2"),
        (("VOC 2007", "VOC07", "PASCAL VOC 2007"), "pascal-voc-2007"),
        (("ImageNet-1k", "ILSVRC 2012", "ImageNet"), "imagenet"),
    ],
)
def test_well_known_things_have_one_identifier(names: tuple[str, ...], id_: str) -> None:
    linker = Linker()
    assert {linker.dataset(name)[0].id for name in names} == {id_}
