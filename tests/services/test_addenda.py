"""What follows a seal: each addendum is sealed in turn and bound to what came before; a file is told for what it is."""

import json
import zlib
from dataclasses import replace
from hashlib import sha256
from threading import Barrier, Thread

import pytest
import sqlalchemy as sa

from tests.conftest import Database, FindActor
from tests.fakes import FakePress, FrozenClock
from tests.services.addenda_entered import ANSWERS, added
from tests.services.registered import REAL_NAME, witness_entry
from tests.services.sittings import confirmed, ready_to_seal
from tests.world import World
from vctestimony.domain.access import Actor
from vctestimony.domain.entered import Missing
from vctestimony.domain.errors import Absent, Invalid, NotAllowed, Refusal
from vctestimony.domain.paper import Sheet
from vctestimony.domain.people import Role
from vctestimony.domain.record.addenda import ADDENDA, AddendumKind
from vctestimony.domain.record.claims import claimed
from vctestimony.domain.signing import Purpose
from vctestimony.services import addenda, comparing, journal, seals, verification, witnesses
from vctestimony.services.comparing import What
from vctestimony.services.ports import Ports
from vctestimony.services.pseudonymity import RealName
from vctestimony.services.unit import Unit, Units
from vctestimony.store.models import AddendumRow, SealedRecordRow, SigningCopyRow


class PdfPress(FakePress):
    """Prints what looks like a PDF, its files packed inside."""

    meanwhile = staticmethod(lambda: None)

    def paper(self, document: str, sheet: Sheet, *, lang: str, attachments: object = None) -> bytes:
        """The sheet as text, and each file as a packed stream."""
        type(self).meanwhile()
        assert isinstance(attachments, dict)
        files = b"".join(b"stream\n" + zlib.compress(file) + b"\nendstream\n" for file in attachments.values())
        return b"%PDF-1.7\n" + repr(sheet).encode() + files + b"%%EOF\n"


@pytest.fixture
def ports(ports: Ports) -> Ports:
    return replace(ports, press=PdfPress())


@pytest.fixture
def mumbai(actor: FindActor, units: Units, world: World) -> Actor:
    confirmed(units, world)
    return actor(Role.COORDINATOR, "mumbai")


@pytest.fixture
def record(units: Units, world: World, mumbai: Actor) -> str:
    """A sealed record; its code."""
    ready_to_seal(units, world.mumbai.hearing, mumbai)
    return seals.seal(units, world.mumbai.hearing, language="en", by=mumbai)


def rows(units: Units) -> list[AddendumRow]:
    with units.reading() as unit:
        found = unit.session.scalars(
            sa.select(AddendumRow).options(sa.orm.undefer(AddendumRow.pdf)).order_by(AddendumRow.number)
        ).all()
        unit.session.expunge_all()
        return list(found)


def verdict_of(units: Units, code: str) -> verification.Verdict:
    with units.reading() as unit:
        return verification.verify(unit, code)


def what_is(units: Units, content: bytes) -> tuple[What, str]:
    with units.reading() as unit:
        found = comparing.compare(unit, content, codes=claimed(content))
    return found.what, found.verdict.code if found.verdict else ""


def test_every_kind_is_sealed_and_bound_to_what_came_before(
    units: Units, world: World, mumbai: Actor, record: str
) -> None:
    codes = [added(units, world.mumbai.hearing, kind, mumbai) for kind in AddendumKind]
    before = verdict_of(units, record)
    chain = [(record, before.sha256, before.pdf_sha256)]
    for number, (row, code) in enumerate(zip(rows(units), codes, strict=True), start=1):
        content = json.loads(row.content)
        assert (row.number, row.code, content["stated"].keys()) == (
            number,
            code,
            ANSWERS[AddendumKind(row.kind)].keys(),
        )
        named = [content["record"], *filter(None, [content["before"]])]
        assert [tuple(link[key] for key in ("code", "content_sha256", "pdf_sha256")) for link in named] == (
            [chain[0], *chain[-1:]] if number > 1 else chain
        )
        chain.append((row.code, row.content_sha256, row.pdf_sha256))
        verdict = verdict_of(units, code)
        assert verdict.unchanged
        assert (verdict.number, verdict.of_record) == (number, record)
        assert row.content_sha256.encode() in row.pdf
        with units.reading() as unit:
            offered = unit.session.scalars(sa.select(SigningCopyRow).filter_by(original_sha256=row.pdf_sha256)).one()
            assert offered.purpose is Purpose.ADDENDUM
    assert [one.code for one in before.addenda] == codes
    with units.reading() as unit:
        assert [e.hash for e in journal.history(unit, world.mumbai.hearing) if e.action == "record.added"] == [
            row.journal_head for row in rows(units)
        ]


def test_before_the_seal_nothing_is_added(units: Units, world: World, mumbai: Actor) -> None:
    with pytest.raises(addenda.NotSealedYet):
        added(units, world.mumbai.hearing, AddendumKind.COSTS, mumbai)


@pytest.mark.parametrize(
    ("kind", "changes", "refusal", "field"),
    [
        (AddendumKind.RECEIPT, {"carrier": " "}, Missing, "carrier"),
        (AddendumKind.RECEIPT, {"received_on": "27/8/2026"}, addenda.ReceivedFirst, "received_on"),
        (AddendumKind.RECEIPT, {"received_on": "2/9/2026"}, addenda.StillToCome, "received_on"),
        (AddendumKind.RECEIPT, {"received_on": "32/8/2026"}, Invalid, None),
        (AddendumKind.DECISION, {}, addenda.NoSuchComplaint, "about"),
        (AddendumKind.COMPLAINT, {"complainant": REAL_NAME}, RealName, "complainant"),
    ],
)
def test_what_cannot_be_right_is_refused(
    units: Units,
    world: World,
    mumbai: Actor,
    record: str,
    kind: AddendumKind,
    changes: dict[str, str],
    refusal: type[Refusal],
    field: str | None,
) -> None:
    with units.writing() as unit:
        entry = witness_entry("PW-7", "interpreter", "support_person")
        witnesses.revise(unit, world.mumbai.witness, entry, version=2, by=mumbai)
    with pytest.raises(refusal) as refused:
        added(units, world.mumbai.hearing, kind, mumbai, **changes)
    assert field in {None, refused.value.field}
    assert rows(units) == []


def test_the_same_form_sent_twice_makes_one(units: Units, world: World, mumbai: Actor, record: str) -> None:
    both = {added(units, world.mumbai.hearing, AddendumKind.COSTS, mumbai, key="a key of the form") for _ in range(2)}
    assert [row.code for row in rows(units)] == list(both)


def test_two_that_come_at_once_do_not_take_the_same_place(
    units: Units, world: World, mumbai: Actor, record: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(PdfPress, "meanwhile", Barrier(2, timeout=20).wait)
    outcomes: list[str] = []

    def attempt(kind: AddendumKind) -> None:
        try:
            outcomes.append(added(units, world.mumbai.hearing, kind, mumbai))
        except Refusal as refused:
            outcomes.append(refused.code)

    threads = [Thread(target=attempt, args=(kind,)) for kind in (AddendumKind.COSTS, AddendumKind.RECEIPT)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == [rows(units)[0].code, "changed_meanwhile"]


def test_with_its_clock_set_back_nothing_is_added(
    units: Units, world: World, mumbai: Actor, record: str, clock: FrozenClock
) -> None:
    clock.advance(minutes=-1)
    with pytest.raises(seals.ClockSetBack):
        added(units, world.mumbai.hearing, AddendumKind.COSTS, mumbai)


def test_nor_with_its_clock_set_back_while_it_was_printed(
    units: Units, world: World, mumbai: Actor, record: str, clock: FrozenClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock.advance(seconds=2)
    monkeypatch.setattr(PdfPress, "meanwhile", staticmethod(lambda: clock.advance(seconds=-1)))
    with pytest.raises(seals.ClockSetBack):
        added(units, world.mumbai.hearing, AddendumKind.COSTS, mumbai)
    assert not rows(units)


@pytest.mark.parametrize(
    ("role", "at", "refusal"),
    [
        (Role.COORDINATOR, "pune", Absent),
        (Role.MISSION_OFFICIAL, "", NotAllowed),
        (Role.LEGAL_STAFF, "mumbai", NotAllowed),
    ],
)
def test_only_the_court_adds(
    units: Units, world: World, record: str, actor: FindActor, role: Role, at: str, refusal: type[Refusal]
) -> None:
    with pytest.raises(refusal):
        added(units, world.mumbai.hearing, AddendumKind.COSTS, actor(role, at))


def test_the_database_itself_refuses_to_change_an_addendum(
    units: Units, world: World, mumbai: Actor, record: str, database: Database
) -> None:
    added(units, world.mumbai.hearing, AddendumKind.COSTS, mumbai)
    for statement in ("UPDATE addendum SET language = 'hi'", "DELETE FROM addendum"):
        with pytest.raises(sa.exc.DBAPIError, match="append_only"), database.engine.begin() as connection:
            connection.execute(sa.text(statement))


def test_an_addendum_altered_by_a_foreign_hand_is_found(
    units: Units, world: World, mumbai: Actor, record: str, database: Database
) -> None:
    first, second = (
        added(units, world.mumbai.hearing, kind, mumbai) for kind in (AddendumKind.COSTS, AddendumKind.RECEIPT)
    )
    with database.engine.begin() as connection:
        on = " ON addendum" if database.engine.dialect.name == "postgresql" else ""
        for name in ("append_only_addendum_update", "append_only_addendum"):
            connection.execute(sa.text(f"DROP TRIGGER IF EXISTS {name}{on}"))
        connection.execute(sa.text("UPDATE addendum SET content = replace(content, '2,000', '9,000') WHERE number = 1"))
        connection.execute(
            sa.text("UPDATE addendum SET content_sha256 = :sha WHERE number = 1"), {"sha": sha256(b"x").hexdigest()}
        )
    assert not verdict_of(units, first).content_holds
    assert not verdict_of(units, first).journal_agrees
    assert not verdict_of(units, second).chain_holds
    assert verdict_of(units, record).unchanged


def test_a_file_is_told_for_what_it_is(units: Units, world: World, mumbai: Actor, record: str) -> None:
    code = added(units, world.mumbai.hearing, AddendumKind.RECEIPT, mumbai)
    addendum = bytes(rows(units)[0].pdf)
    with units.writing() as unit:
        pdf, data = sealed_files(unit)
        assert addenda.fetch(unit, world.mumbai.hearing, code, by=mumbai).content == addendum
    assert what_is(units, pdf) == (What.SEALED, record)
    assert what_is(units, data) == (What.DATA, record)
    assert what_is(units, addendum) == (What.SEALED, code)
    assert what_is(units, pdf + b"1 0 obj\nendobj\n%%EOF\n") == (What.EXTENDED, record)
    assert what_is(units, addendum + b"more\n%%EOF\n%%EOF") == (What.EXTENDED, code)
    for place in (12, len(pdf) // 2, len(pdf) - 3):
        altered = pdf[:place] + bytes([pdf[place] ^ 1]) + pdf[place + 1 :]
        assert what_is(units, altered) == (What.ALTERED, record), place
    assert what_is(units, addendum.replace(b"speed", b"Speed")) == (What.ALTERED, code)
    assert what_is(units, pdf + b"more\n%%EOF\n" * 15) == (What.EXTENDED, record)
    for stranger in (b"", b"x", b"%%EOF" * 300, b"stream\nxx", b'{"code":"R-ZZZZZZZZ","edition":1}'):
        assert what_is(units, stranger) == (What.UNKNOWN, "")


def sealed_files(unit: Unit) -> tuple[bytes, bytes]:
    """The sealed PDF and its data."""
    row = unit.session.scalars(sa.select(SealedRecordRow)).one()
    return bytes(row.pdf), row.content.encode()


def test_every_kind_has_words_and_an_authority() -> None:
    assert set(ADDENDA) == set(AddendumKind) == set(ANSWERS)
    for kind, addendum in ADDENDA.items():
        assert {asked.name for asked in addendum.asks} == set(ANSWERS[kind])
        assert addendum.days <= {asked.name for asked in addendum.asks}
        assert addendum.rests_on.cites
