"""What shows who the witness is lies under her own key and goes with it: scans, files of steps, mails."""

from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.conftest import Database
from tests.fake_press import FakePress
from tests.reliability.looking import with_one_key
from tests.services.cycling import hearing_in, pdf
from tests.services.registered import REAL_NAME, witness_entry
from tests.world import World
from vctestimony.domain.access import Actor
from vctestimony.domain.documents.destruction import DestructionSheet, Held
from vctestimony.domain.inbound_words import Verdict
from vctestimony.domain.sealing import FileSealedForGood, NothingMoreOfHer, Tampered
from vctestimony.domain.signing import Purpose
from vctestimony.services import (
    cycle_files,
    destroying,
    evidence,
    inbox,
    journal,
    signing,
    signing_views,
    vault_rotation,
    witnesses,
)
from vctestimony.services.papers import destruction
from vctestimony.services.ports import Ports
from vctestimony.services.unit import Unit, Units
from vctestimony.store import inbox as mails
from vctestimony.store.models import CycleFileRow, EvidenceRow, InboundRow, SigningCopyRow, WitnessKeyRow

ORDER, REASON = "Exh. 90 of 1 September", "she has asked for it"
SCAN, OLD_SCAN, DEPOSITION = pdf(2), pdf(3), pdf(4)
MAIL = f"Subject: {REAL_NAME}\r\n\r\nShe is Rahima.".encode()


@pytest.fixture
def ports(ports: Ports, tmp_path: Path) -> Ports:
    return with_one_key(ports, tmp_path)


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept of one hearing, each thing by its name: `old` ones as an older version sealed them."""

    hearing: str
    witness: str
    scan: str
    copy: str
    deposition: str

    def opened(self, unit: Unit, by: Actor) -> list[object]:
        """Everything of it that shows who she is, opened the way the pages do; a refusal in its place."""
        ways: tuple[Callable[[], object], ...] = (
            lambda: cycle_files.take(unit, self.hearing, self.scan, by=by).content,
            lambda: cycle_files.take(unit, self.hearing, "F-OLD", by=by).content,
            lambda: signing.copy(unit, self.copy).latest,
            lambda: signing.copy(unit, "S-OLD").latest,
            lambda: evidence.take(unit, self.hearing, "E-OLD", by=by).content,
            lambda: read_mail(unit, "M-OLD"),
        )
        found: list[object] = []
        for way in ways:
            try:
                found.append(way())
            except FileSealedForGood as refusal:
                found.append(type(refusal))
        return found


ALL = [SCAN, OLD_SCAN, SCAN, OLD_SCAN, OLD_SCAN, MAIL]


def read_mail(unit: Unit, reference: str) -> bytes:
    row = mails.by_reference(unit.session, reference)
    assert row is not None
    return inbox.reopened(unit, row).content


@pytest.fixture
def kept(units: Units, world: World, mumbai: Actor) -> Kept:
    with units.writing() as unit:
        witnesses.revise(unit, world.mumbai.witness, witness_entry("PW-7"), version=1, by=mumbai)
    with units.writing() as unit:
        hearing = hearing_in(unit, world.mumbai.hearing)
        scan = cycle_files.looked_through(units.ports, SCAN)
        row = cycle_files.keep(unit, hearing, scan, by=mumbai, to_be_signed=True)
        copy, deposition = (
            signing.offer(unit, hearing, purpose=purpose, content=content, language="en", by=mumbai)
            for purpose, content in ((Purpose.SCAN, SCAN), (Purpose.TRANSCRIPT, DEPOSITION))
        )
        unit.session.add_all(of_an_older_version(unit, hearing.id, mumbai))
        return Kept(hearing.reference, world.mumbai.witness, row.public_id, copy, deposition)


def of_an_older_version(
    unit: Unit, hearing_id: int, by: Actor
) -> tuple[CycleFileRow, SigningCopyRow, EvidenceRow, InboundRow]:
    """Rows as they were written when the master key sealed them."""

    def sealed(content: bytes, place: str) -> bytes:
        return unit.ports.vault.seal(b64encode(content).decode(), bound_to=place)[1]

    digest, size, now = sha256(OLD_SCAN).hexdigest(), len(OLD_SCAN), unit.now
    scan = CycleFileRow(public_id="F-OLD", kind="pdf", pages=3, added_by=by.name, added_at=now, sha256=digest)
    scan.content = sealed(OLD_SCAN, cycle_files.sealed_place("F-OLD"))
    copy = SigningCopyRow(code="S-OLD", purpose=Purpose.SCAN, language="en", original_sha256=digest)
    copy.original, copy.offered_at, copy.offered_by = sealed(OLD_SCAN, signing.sealed_place("S-OLD")), now, by.name
    file = EvidenceRow(public_id="E-OLD", step_id="C02", kind="pdf", sha256=digest, description="A paper")
    file.content, file.added_by, file.added_at = sealed(OLD_SCAN, evidence.sealed_place("E-OLD")), by.name, now
    mail = incoming(unit, "M-OLD")
    mail.key_id, mail.sealed = unit.ports.vault.seal(MAIL.decode("latin-1"), bound_to=inbox.sealed_place("M-OLD"))
    for row in (scan, copy, file):
        row.key_id, row.size, row.hearing_id = "first", size, hearing_id
    mail.hearing_id = hearing_id
    return scan, copy, file, mail


def incoming(unit: Unit, reference: str) -> InboundRow:
    return InboundRow(
        reference=reference,
        digest=sha256(reference.encode()).hexdigest(),
        received_at=unit.now,
        message_id="<1@dhaka.example>",
        from_address="rina@dhaka.example",
        verdict=Verdict.REVIEW,
        about="",
        part_stat="",
        size=len(MAIL),
        is_open=True,
    )


def keys(unit: Unit, *names: str) -> set[str]:
    """How the ids begin of the keys that seal what has these names."""
    columns = (
        (CycleFileRow.public_id, CycleFileRow.key_id),
        (SigningCopyRow.code, SigningCopyRow.key_id),
        (EvidenceRow.public_id, EvidenceRow.key_id),
        (InboundRow.reference, InboundRow.key_id),
    )
    return {
        key_id[:2] for name, key in columns for key_id in unit.session.scalars(sa.select(key).where(name.in_(names)))
    }


def destroyed(units: Units, witness: str, judge: Actor) -> str:
    with units.writing() as unit:
        destroying.order(unit, witness, order_reference=ORDER, reason=REASON, by=judge)
        [line] = destroying.waiting(unit, by=judge)
    destroying.carry_out(units, line.key, by=judge)
    return line.key


def certified(units: Units, witness: str, by: Actor) -> Held:
    press = units.ports.press
    assert isinstance(press, FakePress)
    destruction.print_for_court(units, witness, language="en", by=by)
    sheet = press.printed[-1]
    assert isinstance(sheet, DestructionSheet)
    return sheet.held


@pytest.mark.asvs("11.2.2")
def test_what_an_older_version_sealed_opens_is_moved_to_her_key_and_opens_again(
    units: Units, kept: Kept, mumbai: Actor, ports: Ports, database: Database
) -> None:
    with units.writing() as unit:
        assert keys(unit, kept.scan, kept.copy) == {"w-"}
        assert keys(unit, "F-OLD", "S-OLD", "E-OLD", "M-OLD", kept.deposition) == {"fi"}
        assert kept.opened(unit, mumbai) == ALL
    changes = ("cycle_file SET sha256 = ''", "signing_copy SET code = 'S-NEW'")
    refused(database, *(f"{change} WHERE key_id = 'first'" for change in changes))
    newest = ports.master_keys.add()
    assert vault_rotation.rewrap(units) == 6  # four of hers, the deposition that is signed, and her wrapped key
    assert vault_rotation.rewrap(units) == 0
    with units.writing() as unit:
        assert keys(unit, "F-OLD", "S-OLD", "E-OLD", "M-OLD") == {"w-"}
        assert keys(unit, kept.deposition) == {newest[:2]}
        assert kept.opened(unit, mumbai) == ALL
        assert signing.copy(unit, kept.deposition).latest == DEPOSITION
    vault_rotation.retire(units, "first")
    refused(database, *(f"cycle_file SET {change}" for change in ("key_id = 'first'", "sha256 = ''", "id = id")))


def refused(database: Database, *changes: str) -> None:
    """The database itself lets none of these be made."""
    for change in changes:
        with pytest.raises(sa.exc.DBAPIError, match="append_only"), database.engine.begin() as connection:
            connection.execute(sa.text(f"UPDATE {change}"))  # words of ours


@pytest.mark.threat("T27")
def test_after_her_key_is_destroyed_none_of_it_opens_anywhere_and_the_certificate_says_what_went(
    units: Units, kept: Kept, mumbai: Actor, judge: Actor, ports: Ports
) -> None:
    with units.reading() as unit:
        row = unit.session.scalars(sa.select(WitnessKeyRow)).one()
        backup, place = (row.key_id, bytes(row.wrapped)), f"witness_key|{kept.witness}|wrapped"
    key = destroyed(units, kept.witness, judge)
    with pytest.raises(Tampered):  # with what a backup and the master keys hold, and any part but hers
        ports.vault.data_key(backup[1], key_id=backup[0], part=bytes(32), bound_to=place, named=key)
    with units.writing() as unit:
        assert kept.opened(unit, mumbai) == [FileSealedForGood] * len(ALL)
        assert signing.copy(unit, kept.deposition).latest == DEPOSITION
        page = signing_views.page(unit, kept.hearing, kept.copy, by=judge)
        assert (page.gone, page.trouble, page.yours) == (True, FileSealedForGood.text, ())
        assert page.original_sha256 == sha256(SCAN).hexdigest()
        assert journal.verify(unit)[1] is None
    told = certified(units, kept.witness, mumbai)
    assert [one.number for one in told.files] == ["E-OLD"]
    assert {one.number for one in told.scans} == {kept.scan, "F-OLD", kept.copy, "S-OLD"}
    assert {one.sha256 for one in told.scans} == {sha256(one).hexdigest() for one in (SCAN, OLD_SCAN)}
    assert (told.mails, told.left) == (1, 0)


@pytest.mark.threat("T27")
@pytest.mark.parametrize("engine_name", ["sqlite"])
def test_afterwards_no_file_of_hers_is_kept_and_a_mail_is_kept_with_the_key_of_the_service(
    units: Units, kept: Kept, mumbai: Actor, judge: Actor, ports: Ports
) -> None:
    destroyed(units, kept.witness, judge)
    with units.writing() as unit, pytest.raises(NothingMoreOfHer):
        scan = cycle_files.looked_through(ports, pdf(5))
        cycle_files.keep(unit, hearing_in(unit, kept.hearing), scan, by=mumbai, to_be_signed=False)
    with units.writing() as unit:
        late = incoming(unit, "M-LATE")
        late.hearing_id = hearing_in(unit, kept.hearing).id
        place = inbox.sealed_place("M-LATE")
        late.key_id, late.sealed = unit.ports.vault.seal(MAIL.decode("latin-1"), bound_to=place)
        unit.session.add(late)
    newest = ports.master_keys.add()
    vault_rotation.rewrap(units)
    with units.reading() as unit:
        assert keys(unit, "M-LATE") == {newest[:2]}
        assert read_mail(unit, "M-LATE") == MAIL
    assert certified(units, kept.witness, mumbai).left == 1


@pytest.mark.threat("T5")
@pytest.mark.parametrize("engine_name", ["sqlite"])
def test_a_file_without_its_key_says_so_and_not_that_it_is_gone(
    units: Units, kept: Kept, mumbai: Actor, ports: Ports, tmp_path: Path
) -> None:
    (part,) = (tmp_path / "witness-keys").iterdir()
    part.rename(tmp_path / part.name)
    with units.writing() as unit, pytest.raises(evidence.EvidenceShut):
        cycle_files.take(unit, kept.hearing, kept.scan, by=mumbai)
    with units.reading() as unit, pytest.raises(signing.CopyShut):
        signing.copy(unit, kept.copy)
