"""The one place for what the database itself refuses: overlapping claims, and changes to the journal or a seal.

Plain DDL by engine, run by the first migration. No code path, import or second process can get round it.
"""

OVERLAP = "occupancy_no_overlap"
APPEND_ONLY = "append_only"

_SQLITE_OVERLAP = f"""
CREATE TRIGGER {OVERLAP}_{{event_name}} BEFORE {{event}} ON occupancy WHEN NEW.blocking
BEGIN
  SELECT RAISE(ABORT, '{OVERLAP}') WHERE EXISTS (
    SELECT 1 FROM occupancy WHERE resource_id = NEW.resource_id AND end_min > NEW.start_min
      AND start_min < NEW.end_min AND blocking AND id IS NOT NEW.id);
END
"""

_SQLITE_FROZEN = f"""
CREATE TRIGGER {APPEND_ONLY}_{{table}}_{{event_name}} BEFORE {{event}} ON {{table}}
BEGIN SELECT RAISE(ABORT, '{APPEND_ONLY}'); END
"""

_POSTGRES = (
    "CREATE EXTENSION IF NOT EXISTS btree_gist",
    f"""ALTER TABLE occupancy ADD CONSTRAINT {OVERLAP} EXCLUDE USING gist
        (resource_id WITH =, int4range(start_min, end_min) WITH &&) WHERE (blocking) DEFERRABLE INITIALLY IMMEDIATE""",
    f"""CREATE FUNCTION {APPEND_ONLY}() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION '{APPEND_ONLY}'; END $$""",
)
_FROZEN = ("journal", "sealed_record")


def install(dialect: str) -> tuple[str, ...]:
    """The statements that put the guards in place, in order."""
    if dialect == "sqlite":
        events = (("insert", "INSERT"), ("update", "UPDATE"))
        overlap = tuple(_SQLITE_OVERLAP.format(event_name=n, event=e) for n, e in events)
        frozen = tuple(
            _SQLITE_FROZEN.format(table=t, event_name=n, event=e)
            for t in _FROZEN
            for n, e in (("update", "UPDATE"), ("delete", "DELETE"))
        )
        return overlap + frozen
    return _POSTGRES + tuple(
        f"CREATE TRIGGER {APPEND_ONLY}_{t} BEFORE UPDATE OR DELETE OR TRUNCATE ON {t} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {APPEND_ONLY}()"
        for t in _FROZEN
    )


def remove(dialect: str) -> tuple[str, ...]:
    """The statements that take the guards away again before the tables go."""
    if dialect == "sqlite":
        names = [f"{OVERLAP}_insert", f"{OVERLAP}_update"]
        names += [f"{APPEND_ONLY}_{t}_{e}" for t in _FROZEN for e in ("update", "delete")]
        return tuple(f"DROP TRIGGER {name}" for name in names)
    triggers = tuple(f"DROP TRIGGER {APPEND_ONLY}_{t} ON {t}" for t in _FROZEN)
    return (*triggers, f"DROP FUNCTION {APPEND_ONLY}()", f"ALTER TABLE occupancy DROP CONSTRAINT {OVERLAP}")
