"""Debian's Chromium, without a window and without a network."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Dialog, Page, expect, sync_playwright

__all__ = ["CHROMIUM", "chromium", "opened", "visited"]

expect.set_options(timeout=30_000)  # other tests may have the machine

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")


@contextlib.contextmanager
def chromium() -> Iterator[Browser]:
    """A browser that can look up no host and reach this machine alone."""
    with sync_playwright() as playwright:
        alone = ["--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1", "--disable-background-networking"]
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=alone)
        yield browser
        browser.close()


@contextlib.contextmanager
def opened(browser: Browser, path: Path, view: str = "", **options: Any) -> Iterator[Page]:
    """A file in a page of its own. Whatever it says on the console, asks for or opens fails the test."""
    with visited(browser, f"{path.as_uri()}{view}", path.as_uri(), **options) as page:
        yield page


@contextlib.contextmanager
def visited(browser: Browser, address: str, home: str, **options: Any) -> Iterator[Page]:
    """A page of its own. Whatever it says on the console, asks for elsewhere or opens fails the test.

    Args:
        browser: the browser.
        address: of the page.
        home: how the addresses begin that it may ask for.
        options: of its context.
    """
    context = browser.new_context(**options)
    page = context.new_page()
    said: list[str] = []
    asked: list[str] = []

    def refuse(dialog: Dialog) -> None:
        said.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    page.on("console", lambda message: said.append(f"{message.type}: {message.text}"))
    page.on("pageerror", lambda error: said.append(f"error: {error}"))
    page.on("dialog", refuse)
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address)
    yield page
    elsewhere = [url for url in asked if not url.startswith((home, "data:,", "blob:"))]
    assert (said, elsewhere, len(context.pages)) == ([], [], 1)
    context.close()
