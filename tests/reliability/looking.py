"""A process that reads and writes identities without a pause, for tests that change the keys meanwhile.

`python -m tests.reliability.looking DATABASE FOLDER WITNESS` runs until the folder holds a file `stop`, and prints how
often it looked and wrote. Whatever refuses it ends it.
"""

import sys
from dataclasses import replace
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.orm import scoped_session, sessionmaker

from tests.fakes import FrozenClock, MemorySender, fake_ports
from vctestimony.adapters.vault import FieldVault
from vctestimony.adapters.vault_keys import KeyFile
from vctestimony.adapters.witness_parts import WitnessParts
from vctestimony.domain.access import SYSTEM
from vctestimony.domain.sealing import keys_in, written
from vctestimony.services import vault
from vctestimony.services.ports import Ports
from vctestimony.services.unit import Units
from vctestimony.store.db import engine_options, prepare
from vctestimony.store.models import WitnessRow

KEYS, PARTS, STOP, READY = "vault.key", "witness-keys", "stop", "ready"


def sealed_in(ports: Ports, folder: Path) -> Ports:
    """These ports with the real vault, whose keys lie in the folder."""
    file = KeyFile(folder / KEYS)
    keys = keys_in((folder / KEYS).read_text())
    return replace(
        ports,
        vault=FieldVault(keys, renewed=file.renewed),
        master_keys=file,
        parts=WitnessParts(folder / PARTS),
    )


def with_one_key(ports: Ports, folder: Path) -> Ports:
    """The same with a first key."""
    (folder / KEYS).write_text(written({"first": bytes(range(32))}))
    return sealed_in(ports, folder)


def main(database: str, folder: Path, witness: str) -> None:
    """Look and write until told to stop."""
    engine = sa.create_engine(database, **engine_options(database))
    prepare(engine)
    ports = sealed_in(fake_ports(clock=FrozenClock(), sender=MemorySender()), folder)
    units = Units(scoped_session(sessionmaker(engine)), ports)
    count = 0
    while count == 0 or not (folder / STOP).exists():
        with units.writing() as unit:
            row = unit.session.scalars(sa.select(WitnessRow).where(WitnessRow.reference == witness)).one()
            vault.put(unit, row, {"contact": f"+880 {count}"}, by=SYSTEM)
        with units.reading() as unit:
            row = unit.session.scalars(sa.select(WitnessRow).where(WitnessRow.reference == witness)).one()
            assert vault.sealed_values(unit, row)["contact"] == f"+880 {count}"
        count += 1
        (folder / READY).touch()
    sys.stdout.write(f"{count}\n")


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), sys.argv[3])
