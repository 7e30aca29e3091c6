"""Extraction on Ray: one's own Ray Data pipelines, and `absextract extract --engine ray`. Needs `absextract[ray]`."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .row_dataset import extract_dataset

__all__ = ["extract_dataset"]

if not TYPE_CHECKING:

    def __getattr__(name: str) -> Any:
        """Loads it when a program asks for it: without Ray the rest of this package does without."""
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from .row_dataset import extract_dataset

        return extract_dataset

    def __dir__() -> list[str]:
        return [*__all__]
