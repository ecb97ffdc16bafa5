"""The one place that picks the SQLite build: the bundled current one where its wheel exists, else Python's own."""

import importlib
import importlib.util
from types import ModuleType


def _driver() -> ModuleType:
    bundled = importlib.util.find_spec("pysqlite3")
    return importlib.import_module("pysqlite3.dbapi2" if bundled else "sqlite3")


SQLITE: ModuleType = _driver()
