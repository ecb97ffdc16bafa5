"""Loaded once into the server that processes of the tests are forked from: what each would else load for itself.

There is one such server a run or worker, and what it loads is settled when the first process is asked of it. So whoever
wants a process of its own asks `forkserver()`, whichever test comes first.
"""

import multiprocessing
from multiprocessing.context import ForkServerContext

import psycopg
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.dialects.postgresql import psycopg as dialect
from sqlalchemy.orm import configure_mappers

from vctestimony.adapters.languages import FOLDER, Languages
from vctestimony.store import models

__all__ = ["dialect", "models", "postgresql", "psycopg", "sqlite"]

WHAT_THEY_DO = (
    *("dying", "dying_acts", "dying_seals", "killed", "killed_reader", "log_senders", "racers", "reminding_workers"),
    "test_plan_worker",
)
"""The modules whose functions such processes run."""


def forkserver() -> ForkServerContext:
    """Where a process comes from that shares nothing with this one, and yet needs not load what everybody needs."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__, *(f"tests.services.{name}" for name in WHAT_THEY_DO)])
    return context


configure_mappers()
Languages(FOLDER)
