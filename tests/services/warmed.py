"""Loaded once into the server that processes of the races are forked from: what each would else load for itself."""

import psycopg
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.dialects.postgresql import psycopg as dialect
from sqlalchemy.orm import configure_mappers

from vctestimony.store import models

__all__ = ["dialect", "models", "postgresql", "psycopg", "sqlite"]

configure_mappers()
