"""HTTP for people: one file per page family. `PAGES` is the list of them."""

from flask import Blueprint

PAGES: tuple[Blueprint, ...] = ()
