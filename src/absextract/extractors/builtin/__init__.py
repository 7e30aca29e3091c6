"""The offline extractor: fills a `PaperExtraction` by patterns and learned weights, without a language model."""

from .fill import fill_paper

__all__ = ["fill_paper"]
