"""What every command has at hand: units, settings, the application; and refusals as one line with exit code 1."""

import sys
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

import click
from flask import Flask, current_app

from vctestimony.adapters.outbound import Outbound
from vctestimony.config import Settings
from vctestimony.domain.errors import Refusal
from vctestimony.services.unit import Units
from vctestimony.web.context import EXTENSION

P = ParamSpec("P")
WORKER = "worker"


def units() -> Units:
    """Transactions on the service's database."""
    found: Units = current_app.extensions[EXTENSION].units
    return found


def application() -> Flask:
    """The application itself, for what outlives the command's context."""
    app: Flask = current_app.extensions[WORKER][2]
    return app


def settings() -> Settings:
    """The settings that the service was started with."""
    found: Settings = current_app.extensions[WORKER][0]
    return found


def outbound() -> Outbound:
    """Where the service may connect by its settings."""
    found: Outbound = current_app.extensions[WORKER][3]
    return found


def says_why(command: Callable[P, None]) -> Callable[P, None]:
    """Turn a refusal into one line on standard error and exit code 1."""

    @wraps(command)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            command(*args, **kwargs)
        except Refusal as refusal:
            click.echo(refusal.sentence(), err=True)
            sys.exit(1)

    return guarded
