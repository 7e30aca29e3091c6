"""Filling the schema by a language model: prompt, request, cache, retry, limits, providers."""
