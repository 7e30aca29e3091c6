"""The offline extractor: fills a `PaperExtraction` by cue words and the shape of names, without a model."""

from .fill import fill_paper

__all__ = ["fill_paper"]
