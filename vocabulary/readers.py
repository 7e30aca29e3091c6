"""What each package calls its datasets and metrics: names, identifiers, directions; none of its sentences."""

from __future__ import annotations

import ast
import csv
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import yaml

from found import FoundMetric, FoundName

__all__ = ["METRICS", "NAMES"]

_ARXIV = re.compile(r"arxiv\.org/(?:abs|pdf)/(\d{4}\.\d{4,5})|arXiv:(\d{4}\.\d{4,5})", re.IGNORECASE)
_IN_PARENTHESES = re.compile(r"^(.+?)\s*\(([^()]+)\)$")
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_MTEB_KINDS = re.compile(
    r"(?:Multilingual)?(?:MultilabelClassification|MultiLabelClassification|PairClassification|Classification"
    r"|InstructionRetrieval|InstructionReranking|Retrieval|Reranking|Clustering(?:P2P|S2S)?|BitextMining"
    r"|Summarization|Zero[Ss]hot|LinearProbe)?(?:\.v\d)?$"
)

_TFDS_KINDS = (
    "audio", "image", "image_classification", "object_detection", "question_answering", "robotics", "structured",
    "summarization", "text", "translate", "video", "vision_language", "graphs", "ranking", "rl_unplugged",
)  # fmt: skip
_TORCHGEO_BASES = {"NonGeoDataset", "RasterDataset", "GeoDataset"}
_MTEB_WAYS = re.compile(r"(?<=[a-z0-9])[TVIA]{1,2}2[TVIA]{1,2}$")


def arxiv_in(text: str) -> str:
    """The first arXiv identifier in a text."""
    found = _ARXIV.search(text)
    return (found[1] or found[2]) if found else ""


class _Loader(yaml.SafeLoader):
    """YAML whose own tags (`!function`) are passed over."""


_Loader.add_multi_constructor("!", lambda *_: None)


def _yaml(path: Path) -> Any:
    try:
        return yaml.load(path.read_text(encoding="utf-8"), _Loader)
    except (yaml.YAMLError, UnicodeDecodeError, ValueError):
        return None  # a template of a package, not data


def _named(label: str) -> tuple[str, tuple[str, ...]]:
    """`BLiMP (Benchmark of Linguistic Minimal Pairs)` as label and alias, where the one abbreviates the other."""
    parts = _IN_PARENTHESES.match(label)
    if parts and len(parts[2]) > len(parts[1]) and parts[2][0].upper() == parts[1][0].upper():
        return parts[1], (parts[2],)
    return label, ()


def helm(root: Path) -> Iterator[FoundName]:
    for path in sorted(root.glob("helm/benchmark/static/schema_*.yaml")):
        for group in (_yaml(path) or {}).get("run_groups") or ():
            if group.get("taxonomy") and group.get("display_name") and not group.get("subgroups"):
                label, aliases = _named(group["display_name"])
                yield FoundName(label, aliases)


def deepeval(root: Path) -> Iterator[FoundName]:
    for path in sorted((root / "deepeval/benchmarks").iterdir()):
        if path.is_dir() and path.name not in ("modes", "tasks", "__pycache__"):
            yield FoundName(path.name.replace("_", " "))


def evalscope(root: Path) -> Iterator[FoundName]:
    for path in sorted(root.glob("evalscope/benchmarks/_meta/*.json")):
        meta = json.loads(path.read_text(encoding="utf-8"))["meta"]
        label, aliases = _named(meta["pretty_name"])
        yield FoundName(label, aliases, arxiv=arxiv_in(meta["paper_url"] or ""))


def fiftyone(root: Path) -> Iterator[FoundName]:
    tree = ast.parse((root / "fiftyone/zoo/datasets/base.py").read_text(encoding="utf-8"))
    for each in tree.body:
        for method in each.body if isinstance(each, ast.ClassDef) else ():
            if isinstance(method, ast.FunctionDef) and method.name == "name":
                yield from (FoundName(text) for text in _returned(method))


def _returned(function: ast.FunctionDef) -> Iterator[str]:
    for node in ast.walk(function):
        if isinstance(node, ast.Return) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            yield node.value.value


def gymnasium(root: Path) -> Iterator[FoundName]:
    text = (root / "gymnasium/envs/__init__.py").read_text(encoding="utf-8")
    for name in sorted(set(re.findall(r'id="(?:\w+/)?([A-Za-z0-9]+)-v\d+"', text))):
        yield FoundName(_CAMEL.sub(" ", name) if name.isalpha() else name, kind="environment")


def inspect_evals(root: Path) -> Iterator[FoundName]:
    for path in sorted(root.glob("inspect_evals/*/eval.yaml")):
        facts = _yaml(path)
        label, aliases = _named(facts["title"].partition(": ")[0])
        huggingface = [
            asset["source"] for asset in facts.get("external_assets") or () if asset["type"] == "huggingface"
        ]
        tasks = facts.get("tasks") or ()
        metrics = {(task.get("human_baseline") or {}).get("metric") or "" for task in tasks} - {""}
        yield FoundName(
            label,
            aliases,
            arxiv=arxiv_in(facts.get("arxiv") or ""),
            same_as=tuple(f"hf:{name}" for name in huggingface if len(set(huggingface)) == 1)[:1],
            metric=metrics.pop() if len(metrics) == 1 else "",
            kind="benchmark",
        )


def ir_datasets(root: Path) -> Iterator[FoundName]:
    for path in sorted(root.glob("ir_datasets/docs/*.yaml")):
        about = (_yaml(path) or {}).get("_") or {}
        if about.get("pretty_name"):
            label, aliases = _named(about["pretty_name"])
            yield FoundName(label, aliases, arxiv=arxiv_in(about.get("desc") or ""))


def lighteval(root: Path) -> Iterator[FoundName]:
    for path in sorted(root.glob("lighteval/tasks/tasks/**/*.py")):
        about = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
        facts = dict(re.findall(r"^(name|dataset|paper):\s*\n(.+)$", about, re.MULTILINE))
        if facts.get("name"):
            label, aliases = _named(facts["name"].strip())
            hub = facts.get("dataset", "").split(",")[0].strip()
            same = (f"hf:{hub}",) if hub.count("/") == 1 else ()
            yield FoundName(label, aliases, arxiv=arxiv_in(facts.get("paper", "")), same_as=same)


def lm_eval(root: Path) -> Iterator[FoundName]:
    for path in sorted(root.glob("lm_eval/tasks/*/README.md")):
        text = path.read_text(encoding="utf-8")
        heading = re.match(r"#\s+`?([^\n`]+?)`?\s*$", text, re.MULTILINE)
        label, aliases = _named(heading[1] if heading else path.parent.name)
        if label.lower() in ("paper", "task", "tasks", "description", "citation"):
            label = path.parent.name
        paths = {
            found[1]
            for each in sorted(path.parent.glob("*.yaml"))
            if (found := re.search(r"^dataset_path:\s*['\"]?([\w.-]+/[\w.-]+)", each.read_text(encoding="utf-8"), re.M))
        }
        same = (f"hf:{paths.pop()}",) if len(paths) == 1 else ()
        yield FoundName(label, (*aliases, path.parent.name), arxiv=arxiv_in(text), same_as=same, kind="benchmark")


def lmms_eval(root: Path) -> Iterator[FoundName]:
    for path in sorted((root / "lmms_eval/tasks").iterdir()):
        if path.is_dir() and not path.name.startswith("_"):
            yield FoundName(path.name.replace("_", " "), kind="benchmark")


def medmnist(root: Path) -> Iterator[FoundName]:
    for node in ast.walk(ast.parse((root / "medmnist/info.py").read_text(encoding="utf-8"))):
        if isinstance(node, ast.Dict):
            for key, value in zip(node.keys, node.values, strict=True):
                if isinstance(key, ast.Constant) and key.value == "python_class" and isinstance(value, ast.Constant):
                    yield FoundName(str(value.value), parent="medmnist")


def openmmlab(root: Path) -> Iterator[FoundName]:
    seen = set()
    for path in sorted(root.glob("*/.mim/**/metafile.y*ml")):
        facts = _yaml(path)
        for model in (facts.get("Models") if isinstance(facts, dict) else facts) or ():
            results = model.get("Results") or ()
            for result in results if isinstance(results, list) else [results]:
                name = result.get("Dataset") if isinstance(result, dict) else None
                if isinstance(name, str) and name not in seen and not re.search(r"[:;,]|\d+.?[xX]|training", name):
                    seen.add(name)
                    yield FoundName(name.strip())


def mteb(root: Path) -> Iterator[FoundName]:
    for path in sorted(root.glob("mteb/tasks/**/*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "TaskMetadata":
                given = {word.arg: word.value for word in node.keywords}
                name = getattr(given.get("name"), "value", "")
                reference = getattr(given.get("reference"), "value", "") or ""
                label = _MTEB_WAYS.sub("", _MTEB_KINDS.sub("", name)) if isinstance(name, str) else ""
                if label:
                    same = (f"mteb:{name}",) if label != name else ()
                    yield FoundName(label, arxiv=arxiv_in(reference), same_as=same)


def ogb(root: Path) -> Iterator[FoundName]:
    for path in sorted(root.glob("ogb/*/master.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            yield from (FoundName(name, parent="ogb") for name in next(csv.reader(file)) if name)


def opencompass(root: Path) -> Iterator[FoundName]:
    for path in sorted((root / "opencompass/configs/datasets").iterdir()):
        if path.is_dir() and path.name not in ("collections", "demo", "calm", "judge", "safety", "contamination"):
            yield FoundName(path.name.replace("_", " "), kind="benchmark")


def tfds(root: Path) -> Iterator[FoundName]:
    base = root / "tensorflow_datasets"
    for path in sorted((base / "datasets").iterdir()):
        if (path / "__init__.py").exists() and not path.name.startswith("_"):
            citation = path / "CITATIONS.bib"
            text = citation.read_text(encoding="utf-8") if citation.exists() else ""
            yield FoundName(path.name.replace("_", " "), arxiv=arxiv_in(text), same_as=(f"tfds:{path.name}",))
    for path in sorted(
        path for kind in _TFDS_KINDS for path in (base / kind).rglob("*.py") if "_test" not in path.name
    ):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for each in tree.body:
            bases = map(ast.unparse, each.bases) if isinstance(each, ast.ClassDef) else ()
            if (
                isinstance(each, ast.ClassDef)
                and "Config" not in each.name
                and any("Builder" in base for base in bases)
            ):
                name = _CAMEL.sub("_", each.name).lower()
                yield FoundName(each.name, same_as=(f"tfds:{name}",))


def torchgeo(root: Path) -> Iterator[FoundName]:
    for path in sorted(root.glob("torchgeo/datasets/*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for each in tree.body:
            bases = {ast.unparse(base) for base in each.bases} if isinstance(each, ast.ClassDef) else set()
            is_abstract = re.match(r"_|(?:Non|Raster)?Geo|RasterDataset", getattr(each, "name", "_"))
            if isinstance(each, ast.ClassDef) and not is_abstract and bases & _TORCHGEO_BASES:
                yield FoundName(each.name)


def unitxt(root: Path) -> Iterator[FoundName]:
    for path in sorted(root.glob("unitxt/catalog/cards/*.json")):
        card = json.loads(path.read_text(encoding="utf-8"))
        tags, loader = card.get("__tags__") or {}, card.get("loader") or {}
        number = str(tags.get("arxiv") or "") if not isinstance(tags.get("arxiv"), list) else ""
        hub = loader.get("path") if loader.get("__type__") == "load_hf" else None
        same = (f"hf:{hub}",) if isinstance(hub, str) and hub.count("/") == 1 else ()
        yield FoundName(path.stem.replace("_", " "), arxiv=arxiv_in(f"arXiv:{number}"), same_as=same)


def hf_tasks(root: Path) -> Iterator[FoundName]:
    for path in sorted(root.glob("package/src/tasks/*/data.ts")):
        listed = re.search(r"datasets: \[(.*?)\n\t\],", path.read_text(encoding="utf-8"), re.DOTALL)
        for name in re.findall(r'\bid: "([^"]+)"', listed[1]) if listed else ():
            same = (f"hf:{name}",) if name.count("/") == 1 else ()
            yield FoundName(name.rpartition("/")[2].replace("_", " "), same_as=same)


def torchmetrics(root: Path) -> Iterator[FoundMetric]:
    for path in sorted(root.glob("torchmetrics/**/*.py")):
        for each in ast.parse(path.read_text(encoding="utf-8")).body:
            for line in each.body if isinstance(each, ast.ClassDef) and not each.name.startswith("_") else ():
                target = getattr(line, "target", None) or (getattr(line, "targets", None) or [None])[0]
                if getattr(target, "id", "") == "higher_is_better":
                    higher = getattr(getattr(line, "value", None), "value", None)
                    name = re.sub("^(?:Binary|Multiclass|Multilabel|Retrieval)", "", getattr(each, "name", ""))
                    if isinstance(higher, bool):
                        yield FoundMetric(_CAMEL.sub(" ", name), higher)


def helm_metrics(root: Path) -> Iterator[FoundMetric]:
    for path in sorted(root.glob("helm/benchmark/static/schema_*.yaml")):
        for metric in (_yaml(path) or {}).get("metrics") or ():
            if isinstance(metric.get("lower_is_better"), bool):
                yield FoundMetric(metric.get("display_name") or metric["name"], not metric["lower_is_better"])


def listed_metrics(root: Path) -> Iterator[FoundMetric]:
    for path in sorted(root.glob("*/tasks/**/*.yaml")):
        facts = _yaml(path)
        metrics = facts.get("metric_list") if isinstance(facts, dict) else None
        for metric in metrics if isinstance(metrics, list) else ():
            name, higher = (
                (metric.get("metric"), metric.get("higher_is_better")) if isinstance(metric, dict) else ("", None)
            )
            if isinstance(name, str) and isinstance(higher, bool):
                yield FoundMetric(name.replace("_", " "), higher)


NAMES: dict[str, Callable[[Path], Iterator[FoundName]]] = {
    reader.__name__: reader
    for reader in (
        deepeval, evalscope, fiftyone, gymnasium, helm, hf_tasks, inspect_evals, ir_datasets, lighteval, lm_eval,
        lmms_eval, medmnist, mteb, ogb, opencompass, openmmlab, tfds, torchgeo, unitxt,
    )
}  # fmt: skip
METRICS: dict[str, Callable[[Path], Iterator[FoundMetric]]] = {
    "helm": helm_metrics,
    "lm_eval": listed_metrics,
    "lmms_eval": listed_metrics,
    "torchmetrics": torchmetrics,
}
