"""What tokens cost, from the offline table of genai-prices (the extra `absextract[cost]`)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ...errors import ProviderSetupError

__all__ = ["Price", "known_cost", "price_of"]

Price = Callable[[int, int], float]
"""Dollars for so many tokens of the prompt and of the answer."""

_ANY = 1_000_000


def price_of(model: str) -> Price:
    """The price of `provider/model`.

    Raises:
        ProviderSetupError: the table is not installed, or does not know the model: no price is not no cost.
    """
    try:
        import genai_prices
    except ImportError:
        raise ProviderSetupError("--max-cost needs the table of prices: pip install 'absextract[cost]'") from None
    provider, _, name = model.partition("/")

    def price(prompt: int, answer: int) -> float:
        usage: Any = genai_prices.Usage(input_tokens=prompt, output_tokens=answer)
        return float(genai_prices.calc_price(usage, model_ref=name, provider_id=provider).total_price)

    try:
        per_million = price(_ANY, _ANY)
    except LookupError:
        raise ProviderSetupError(f"--max-cost: the price of {model} is not known; use --max-total-tokens") from None
    if per_million <= 0:
        raise ProviderSetupError(f"--max-cost: {model} has no price; use --max-total-tokens")
    return price


def known_cost(model: str, prompt: int, answer: int) -> float | None:
    """Dollars for so many tokens, None where the price is not known."""
    try:
        return price_of(model)(prompt, answer)
    except ProviderSetupError:
        return None
