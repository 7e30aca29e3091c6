"""Extraction on Ray: one's own Ray Data pipelines, and `absextract extract --engine ray`. Needs `absextract[ray]`."""

from .row_dataset import extract_dataset

__all__ = ["extract_dataset"]
