"""Commands about rule packs: which there are, and what differs between two of them, in plain words."""

from collections.abc import Iterator
from pathlib import Path

import click
from flask.cli import AppGroup

from vctestimony.adapters.pack_places import Company, packs_at
from vctestimony.cli.at_hand import says_why, units
from vctestimony.domain import sop
from vctestimony.services import editions
from vctestimony.services.unit import Unit

packs = AppGroup("packs", help="Rule packs: which there are, and what differs.")
GROUPS = (packs,)
NO_DIFFERENCE = "No difference."


@packs.command("list")
def list_packs() -> None:
    """Every pack: id, version, status, in effect from, editions kept."""
    with units().reading() as unit:
        kept, current = editions.count(unit), unit.ports.packs()
    kept.pop(sop.SOURCES_ID, None)
    lines = [("pack", "version", "status", "in effect from", "editions kept")]
    lines += [
        (pack.id, pack.version, pack.status.value, pack.effective_on.isoformat(), str(kept.pop(pack.id, 0)))
        for pack in current
    ]
    lines += [(name, "-", "no file any more", "-", str(count)) for name, count in kept.items()]
    widths = [max(len(line[column]) for line in lines) for column in range(len(lines[0]))]
    for line in lines:
        click.echo("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip())


@packs.command("diff")
@click.argument("before")
@click.argument("after")
@says_why
def diff(before: str, after: str) -> None:
    """What differs from BEFORE to AFTER: each a file, a folder, id@version of a kept edition, or id for the newest."""
    with units().reading() as unit:
        old, new = _company(unit, before), _company(unit, after)
        for line in list(_told(*_alike(old, new))) or [NO_DIFFERENCE]:
            click.echo(line)


def _company(unit: Unit, name: str) -> Company:
    newest = unit.ports.packs()
    if "@" in name and not Path(name).exists():
        pack, among = editions.named(unit, name)
        return Company(meant=(pack,), all=among)
    current = tuple(pack for pack in newest if pack.id == name)
    if current and not Path(name).is_file():
        return Company(meant=current, all=newest)
    if not Path(name).exists():
        raise sop.NoSuchEdition(edition=name)
    return packs_at(Path(name), sources=newest[0].cited_from.content if newest else "")


def _alike(old: Company, new: Company) -> tuple[Company, Company]:
    """One pack beside a folder is compared with the pack of its id there."""
    if len(old.meant) == 1 < len(new.meant):
        return old, _only(new, old.meant[0].id)
    if len(new.meant) == 1 < len(old.meant):
        return _only(old, new.meant[0].id), new
    return old, new


def _only(company: Company, pack_id: str) -> Company:
    meant = tuple(pack for pack in company.meant if pack.id == pack_id)
    if not meant:
        raise sop.NoSuchEdition(edition=pack_id)
    return Company(meant=meant, all=company.all)


def _told(old: Company, new: Company) -> Iterator[str]:
    before, after = {pack.id: pack for pack in old.meant}, {pack.id: pack for pack in new.meant}
    if len(before) == len(after) == 1:
        yield from _compared(old.meant[0], new.meant[0], old, new)
        return
    for name in sorted(before.keys() | after.keys()):
        if name not in before:
            yield f"{name}: a pack that is new, {sop.head_words(after[name].head)}, {len(after[name].steps)} steps"
        elif name not in after:
            yield f"{name}: a pack that is gone"
        else:
            yield from _compared(before[name], after[name], old, new)


def _compared(before: sop.Pack, after: sop.Pack, old: Company, new: Company) -> Iterator[str]:
    found = sop.compare_packs(before, after, steps_before=_steps(old), steps_after=_steps(new))
    if found.are_same and not found.log:
        return
    if before.version == after.version:
        yield f"{after.id}: version {after.version} in both, with different contents"
    else:
        yield f"{after.id}: from version {before.version} to version {after.version}"
    for entry in found.log:
        yield f"  changelog {entry.version}, {entry.made_on}: {entry.what}"
    yield from _listed("The head", [line for field in found.head for line in _field(field)])
    yield from _listed("Steps added", [f"{step.id} {step.text.en}" for step in found.steps.added])
    yield from _listed("Steps removed", [f"{step.id} {step.text.en}" for step in found.steps.removed])
    changed = [line for step in found.steps.changed for line in _changed(step.after.id, step.fields)]
    yield from _listed("Steps changed", changed)
    courts = [line for one in found.changes for line in _changed(f"{one.id} ({one.kind})", one.fields)]
    yield from _listed("What it changes in other packs", courts)


def _steps(company: Company) -> dict[str, sop.Step]:
    return {step.id: step for pack in company.all for step in pack.steps}


def _listed(title: str, lines: list[str]) -> Iterator[str]:
    if lines:
        yield f"  {title}:"
        yield from (f"    {line}" for line in lines)


def _changed(name: str, fields: tuple[sop.FieldChange, ...]) -> Iterator[str]:
    yield name
    yield from (f"  {line}" for field in fields for line in _field(field))


def _field(field: sop.FieldChange) -> Iterator[str]:
    yield f"{field.field}:"
    yield f"  before: {field.before}"
    yield f"  after:  {field.after}"
