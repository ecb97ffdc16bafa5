"""The one place for what stands around every page: name, navigation, clocks, who is signed in."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import Flask

from vctestimony.domain.instants import Reading


@dataclass(frozen=True, slots=True)
class NavItem:
    """One door in the dark bar. `label` is marked with N_; `current` when the page lies behind it."""

    label: str
    href: str
    current: bool = False


@dataclass(frozen=True, slots=True)
class Chrome:
    """The frame of a page. Without a person it has no navigation."""

    nav: tuple[NavItem, ...] = ()
    clocks: tuple[Reading, ...] = ()
    account: str = ""
    account_href: str = ""
    sign_out_href: str = ""
    glossary_href: str = ""
    contact: str = ""
    demonstration: bool = False
    exit_href: str = ""
    """Where "Exit this page" leads: on pages that a survivor, or who supports her, has open. Their title is neutral."""


def bind(app: Flask, source: Callable[[], Chrome]) -> None:
    """Let base.html ask `source` for the frame, at most once a page."""
    app.jinja_env.globals["chrome"] = source
