"""Signing as a use-case: who may, what is kept, who is told, and that nothing half is ever there."""

from dataclasses import replace
from hashlib import sha256

import pytest
import sqlalchemy as sa

from tests.conftest import Database, FindActor
from tests.fake_signatures import MARK, FakeSignatures, certificate_of, key_of
from tests.services.sittings import confirmed, ready_to_seal
from tests.world import World
from vctestimony.domain.access import Actor
from vctestimony.domain.errors import Absent, NotAllowed, Refusal
from vctestimony.domain.people import Role
from vctestimony.domain.signing import Method
from vctestimony.domain.signing_refusals import (
    CertificateOfAnother,
    CertificateUnconfirmed,
    IssuerNotTrusted,
    NewCertificateUnexplained,
    NotAnExtension,
    NothingPrepared,
    NotOneSignature,
    NotYourField,
    SignedAlready,
    SignedMeanwhile,
    WrongPassphrase,
)
from vctestimony.services import journal, printing, seals, signing, signing_acts
from vctestimony.services.ports import Ports
from vctestimony.services.signing_certificates import Confirmation
from vctestimony.services.unit import Units
from vctestimony.store import hearings
from vctestimony.store.models import SigningCopyRow, SigningDraftRow

PDF = b"%PDF-1.7 the deposition of PW-7\n%%EOF"


def confirmed_as(name: str, reason: str = "") -> Confirmation:
    return Confirmation(certificate_of(name).sha256[:8].upper(), reason)


@pytest.fixture
def hearing(world: World) -> str:
    return world.mumbai.hearing


@pytest.fixture
def code(units: Units, hearing: str, mumbai: Actor) -> str:
    return offered(units, hearing, mumbai)


def offered(units: Units, hearing: str, by: Actor, content: bytes = PDF, purpose: str = "transcript") -> str:
    with units.writing() as unit:
        row = hearings.by_reference(unit.session, hearing)
        assert row is not None
        return signing.offer(unit, row, purpose=purpose, content=content, language="en", by=by)


def signed(units: Units, hearing: str, code: str, field: str, by: Actor, name: str = "") -> None:
    name = name or by.name
    signing_acts.sign(units, hearing, code, field, key_of(name), confirmed=confirmed_as(name), by=by)


def latest(units: Units, code: str) -> bytes:
    with units.reading() as unit:
        return signing.copy(unit, code).latest


def actions(units: Units, hearing: str) -> list[str]:
    with units.reading() as unit:
        return [entry.action for entry in journal.history(unit, hearing) if entry.action.startswith("signing.")]


def test_signatures_are_added_one_after_the_other(
    units: Units, hearing: str, code: str, judge: Actor, official: Actor
) -> None:
    assert offered(units, hearing, judge) == code
    signed(units, hearing, code, "sig_judge", judge)
    first = latest(units, code)
    signed(units, hearing, code, "sig_mission", official)
    both = latest(units, code)
    assert (first.startswith(PDF), both.startswith(first), both.count(MARK)) == (True, True, 2)
    with units.reading() as unit:
        copy, report = signing.copy(unit, code), signing.report(unit, code)
        assert (signing.is_signed(unit, code, "sig_judge"), signing.is_signed(unit, code, "sig_witness")) == (
            True,
            False,
        )
        found = signing.known(unit, first).known
        assert found is not None
        assert (found.code, found.is_latest, found.is_extended) == (code, False, False)
        foreign = signing.known(unit, both + b"\n1 0 obj\n%%EOF").known
        assert foreign is not None
        assert (foreign.code, foreign.is_extended) == (code, True)
        assert signing.known(unit, b"%PDF-1.7 another").known is None
    states = {one.name: (one.duty, one.signed_by, one.method) for one in copy.fields if one.is_signed}
    assert states == {
        "sig_judge": ("JUDGE", judge.name, Method.FILE),
        "sig_mission": ("RPC", official.name, Method.FILE),
    }
    assert [(one.field, one.account, one.tone) for one in report] == [
        ("sig_judge", judge.name, "warn"),
        ("sig_mission", official.name, "warn"),
    ]
    done = ["signing.offered", *("signing.certificate_confirmed", "signing.signed") * 2]
    assert actions(units, hearing) == done


@pytest.mark.parametrize(
    ("role", "at", "field", "refusal"),
    [
        (Role.COORDINATOR, "mumbai", "sig_judge", NotYourField),
        (Role.MISSION_OFFICIAL, "", "sig_witness", NotYourField),
        (Role.INTERPRETER, "", "sig_mission", NotYourField),
        (Role.PRESIDING_OFFICER, "mumbai", "sig_nobody", Absent),
        (Role.LEGAL_STAFF, "mumbai", "sig_coordinator", NotAllowed),
        (Role.PRESIDING_OFFICER, "pune", "sig_judge", Absent),
    ],
)
def test_a_field_is_for_those_who_hold_its_duty(
    units: Units, hearing: str, code: str, actor: FindActor, role: Role, at: str, field: str, refusal: type[Refusal]
) -> None:
    with pytest.raises(refusal):
        signed(units, hearing, code, field, actor(role, at))
    assert latest(units, code) == PDF


def test_a_copy_is_found_under_its_own_hearing_only(units: Units, world: World, code: str, actor: FindActor) -> None:
    with pytest.raises(Absent):
        signed(units, world.pune.hearing, code, "sig_judge", actor(Role.PRESIDING_OFFICER, "pune"))


def test_a_certificate_is_confirmed_once_and_another_one_with_a_reason(
    units: Units, hearing: str, code: str, judge: Actor, official: Actor
) -> None:
    def attempt(key: str, confirmed: Confirmation, by: Actor = judge, field: str = "sig_judge", of: str = code) -> None:
        signing_acts.sign(units, hearing, of, field, key_of(key), confirmed=confirmed, by=by)

    with pytest.raises(CertificateUnconfirmed) as asked:
        attempt("Token A", Confirmation())
    assert certificate_of("Token A").sha256[:4].upper() in str(asked.value)
    assert latest(units, code) == PDF
    attempt("Token A", confirmed_as("Token A"))
    other = offered(units, hearing, judge, PDF + b"2")
    with pytest.raises(NewCertificateUnexplained):
        attempt("Token B", confirmed_as("Token B"), of=other)
    with pytest.raises(CertificateOfAnother):
        attempt("Token A", confirmed_as("Token A"), official, "sig_mission", other)
    attempt("Token B", confirmed_as("Token B", "the old one ended"), of=other)


def test_a_wrong_passphrase_signs_nothing_and_is_written_nowhere(
    units: Units, hearing: str, code: str, judge: Actor
) -> None:
    wrong = key_of(judge.name).__class__(b"x", "hunter2-never-kept")
    with pytest.raises(WrongPassphrase) as refused:
        signing_acts.sign(units, hearing, code, "sig_judge", wrong, confirmed=Confirmation(), by=judge)
    assert "hunter2" not in str(refused.value) + repr(wrong)
    assert (latest(units, code), actions(units, hearing)) == (PDF, ["signing.offered"])


def test_the_second_of_two_is_told_and_signs_the_newer_file(
    units: Units, hearing: str, code: str, judge: Actor, official: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake = type(units.ports.signatures)
    make = fake.sign

    def slowly(self: object, *arguments: object) -> object:
        monkeypatch.setattr(fake, "sign", make)
        signed(units, hearing, code, "sig_judge", judge)
        return make(self, *arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(fake, "sign", slowly)
    with pytest.raises(SignedMeanwhile):
        signed(units, hearing, code, "sig_mission", official)
    assert latest(units, code).count(MARK) == 1
    signed(units, hearing, code, "sig_mission", official)
    with pytest.raises(SignedAlready):
        signed(units, hearing, code, "sig_mission", official)
    assert latest(units, code).count(MARK) == 2


def test_a_file_signed_elsewhere_is_taken_only_as_one_more_signature(
    units: Units, hearing: str, code: str, judge: Actor, official: Actor
) -> None:
    signed(units, hearing, code, "sig_judge", judge)
    now = latest(units, code)

    def attempt(content: bytes) -> None:
        signing_acts.upload(
            units, hearing, code, "sig_mission", content, confirmed=confirmed_as(official.name), by=official
        )

    line = b'{"field": "sig_mission", "by": "%s", "at": "2026-09-01T05:00:00+00:00"}' % official.name.encode()
    with pytest.raises(NotAnExtension):
        attempt(PDF + MARK + line)
    with pytest.raises(NotOneSignature):
        attempt(now + b"\nnothing")
    with pytest.raises(NotOneSignature):
        attempt(now + MARK + line + MARK + line.replace(b"sig_mission", b"sig_witness"))
    assert latest(units, code) == now
    attempt(now + MARK + line)
    with units.reading() as unit:
        assert signing.copy(unit, code).fields[3].method == Method.UPLOAD


def test_bytes_signed_elsewhere_fill_the_gap_that_waits_for_them(
    units: Units, hearing: str, code: str, judge: Actor, official: Actor
) -> None:
    made = MARK + b'{"field": "sig_judge", "by": "%s", "at": "2026-09-01T05:00:00+00:00"}\n' % judge.name.encode()

    def finish() -> None:
        signing_acts.complete(units, hearing, code, "sig_judge", made, confirmed=confirmed_as(judge.name), by=judge)

    with pytest.raises(NothingPrepared):
        finish()
    signing_acts.prepare(units, hearing, code, "sig_judge", by=judge)
    signed(units, hearing, code, "sig_mission", official)
    with pytest.raises(NothingPrepared):  # the file went on meanwhile
        finish()
    signing_acts.prepare(units, hearing, code, "sig_judge", by=judge)
    with units.reading() as unit:
        waiting = signing_acts.awaited(unit, hearing, code, by=judge)
    assert waiting is not None
    assert waiting[1].digest == sha256(waiting[1].to_sign).hexdigest()
    finish()
    with units.reading() as unit:
        assert signing.copy(unit, code).fields[4].method == Method.DIGEST
        assert unit.session.scalars(sa.select(SigningDraftRow)).all() == []


def test_the_sealed_record_is_offered_and_later_prints_carry_its_signatures(
    units: Units, world: World, hearing: str, mumbai: Actor, judge: Actor
) -> None:
    confirmed(units, world)
    ready_to_seal(units, hearing, mumbai)
    seals.seal(units, hearing, language="en", by=mumbai)
    sealed = printing.print_for(units, hearing, "record", lang="en", by=mumbai).content
    with units.reading() as unit:
        [code] = unit.session.scalars(sa.select(SigningCopyRow.code)).all()
    assert latest(units, code) == sealed
    signed(units, hearing, code, "sig_judge", judge)
    again = printing.print_for(units, hearing, "record", lang="en", by=mumbai).content
    assert again.startswith(sealed)
    assert again.count(MARK) == 1


def test_where_the_court_has_said_whom_it_trusts_no_other_issuer_is_taken(
    units: Units, ports: Ports, hearing: str, code: str, judge: Actor
) -> None:
    strict = units.with_ports(replace(ports, signatures=FakeSignatures(knows_issuers=True)))
    with pytest.raises(IssuerNotTrusted):
        signed(strict, hearing, code, "sig_judge", judge)
    assert latest(units, code) == PDF


@pytest.mark.parametrize("table", ["signing_copy", "signature", "signing_certificate"])
def test_the_database_itself_refuses_to_change_what_was_signed(
    units: Units, hearing: str, code: str, judge: Actor, database: Database, table: str
) -> None:
    signed(units, hearing, code, "sig_judge", judge)
    for statement in (f"UPDATE {table} SET id = id", f"DELETE FROM {table}"):  # a name of ours
        with pytest.raises(sa.exc.DBAPIError, match="append_only"), database.engine.begin() as connection:
            connection.execute(sa.text(statement))
