"""What the documentation site shows beside the pages of docs/: README, changes, the names of the package, and the
report of the examples. MkDocs calls the functions that begin with `on_`.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from mkdocs.structure.files import File

import absextract

ROOT = Path(__file__).parents[1]
REPORT = "sample-report.html"
EXAMPLES = ("trending.txt", "spaced.txt")

_SAMPLE = f"""# Sample report

The report of the abstracts in `examples/`, as the offline model extracts them, and as these two commands write it.
[Open it on its own]({REPORT}).

    absextract extract {" ".join(f"examples/{name}" for name in EXAMPLES)} -o facts.jsonl
    absextract report facts.jsonl -o report.html

<iframe class="sample-report" src="{REPORT}" title="A report of made-up papers"></iframe>
"""

_GROUPS = {
    "Functions": (
        "extract",
        "extract_many",
        "validate",
        "link",
        "read_abstracts",
        "read_records",
        "read_examples",
        "write_records",
        "to_dataframe",
    ),
    "Many abstracts": ("Extractor", "Limits", "RecordList"),
    "What goes in": ("PaperLike", "Abstract", "Example"),
    "What comes out": ("Record", "PaperExtraction", "Grounding", "Finding", "SavedRecord"),
    "Marks of a schema": ("Mention", "Number", "Link", "Quote"),
}


def on_files(files: Any, config: Any) -> Any:
    """Adds the pages and the report to what MkDocs found."""
    pages = {
        "index.md": _as_page("README.md"),
        "changes.md": _as_page("CHANGELOG.md"),
        "contributing.md": _as_page("CONTRIBUTING.md"),
        "reference.md": reference(),
        "sample.md": _SAMPLE,
    }
    for name, content in pages.items():
        files.append(File.generated(config, name, content=content))
    files.append(File.generated(config, REPORT, content=sample_report()))
    return files


def on_page_markdown(markdown: str, **_: Any) -> str:
    """Links to files at the top of the repository lead to their pages here."""
    return re.sub(
        r"\]\(\.\./(CONTRIBUTING|CHANGELOG)\.md",
        lambda link: f"]({ {'CONTRIBUTING': 'contributing', 'CHANGELOG': 'changes'}[link[1]] }.md",
        markdown,
    )


def on_post_page(output: str, **_: Any) -> str:
    """Takes the one script that Material's offline search loads from elsewhere from the site itself."""
    return output.replace("https://unpkg.com/iframe-worker/shim", "assets/iframe-worker.js")


def on_post_template(output_content: str, **_: Any) -> str:
    """The same for the page that is shown where there is none."""
    return on_post_page(output_content)


def reference() -> str:
    """A page with the docstring of every public name."""
    errors = tuple(name for name in absextract.__all__ if name.endswith("Error"))
    groups = {**_GROUPS, "Errors": errors}
    left_out = set(absextract.__all__) - {name for names in groups.values() for name in names} - {"__version__"}
    if left_out:
        raise RuntimeError(f"docs/site_pages.py: in which group are {', '.join(sorted(left_out))}?")
    parts = ["# Python, name by name\n\nAll of it is imported from `absextract`. [How it is used](python.md).\n"]
    for group, names in groups.items():
        parts.append(f"\n## {group}\n")
        parts += [f"\n::: absextract.{name}\n" for name in names]
    return "".join(parts)


def sample_report() -> bytes:
    """The report of the examples, made by the commands themselves."""
    with tempfile.TemporaryDirectory() as folder:
        facts, page = Path(folder) / "facts.jsonl", Path(folder) / "report.html"
        inputs = [f"examples/{name}" for name in EXAMPLES]
        for words in (
            ["extract", *inputs, "-o", str(facts), "--model", "builtin", "-q"],
            ["report", str(facts), "-o", str(page)],
        ):
            subprocess.run(
                [sys.executable, "-m", "absextract", *words], cwd=ROOT, check=True, stderr=subprocess.DEVNULL
            )
        return page.read_bytes()


def _as_page(name: str) -> str:
    """A file at the top of the repository as a page: its links lead from docs/."""
    text = (ROOT / name).read_text(encoding="utf-8")
    text = text.replace("](docs/", "](").replace("](CONTRIBUTING.md", "](contributing.md")
    return text.replace("](training/README.md)", "](figures.md)")
