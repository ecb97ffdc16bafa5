"""The seal: what it needs, what it fixes, who wins when two seal at once, and how a change is found."""

import json
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from threading import Barrier, Thread

import pytest
import sqlalchemy as sa

from tests.conftest import Database, FindActor
from tests.fakes import FakePress, FrozenClock
from tests.services.sittings import ENTERED, adjourned, confirmed, filled, logged, ready_to_seal, started, whole_day
from tests.world import World
from vctestimony.domain.access import Actor
from vctestimony.domain.documents.record import RecordSheet
from vctestimony.domain.errors import Absent, Conflict, NotAllowed, Refusal
from vctestimony.domain.paper import Sheet
from vctestimony.domain.people import Role
from vctestimony.domain.record.kinds import Kind
from vctestimony.domain.record.speech import Stage
from vctestimony.services import comparing, conduct, depositions, journal, records, seals, verification
from vctestimony.services.checklists import GateOpen
from vctestimony.services.ports import Ports
from vctestimony.services.unit import Units
from vctestimony.services.unsealed import AlreadySealed
from vctestimony.store.models import ChecklistRow, SealedRecordRow, StepRow


class SlowPress(FakePress):
    """A press beside which something else happens while it prints."""

    meanwhile: Callable[[], object] = staticmethod(lambda: None)

    def paper(self, document: str, sheet: Sheet, *, lang: str, attachments: object = None) -> bytes:
        """Let it happen, then print."""
        self.meanwhile()
        assert isinstance(sheet, RecordSheet)
        return b"%PDF-1.7 " + repr((lang, sheet.seal)).encode()


@pytest.fixture
def press() -> SlowPress:
    return SlowPress()


@pytest.fixture
def ports(ports: Ports, press: SlowPress) -> Ports:
    return replace(ports, press=press)


@pytest.fixture
def mumbai(actor: FindActor, units: Units, world: World) -> Actor:
    confirmed(units, world)
    return actor(Role.COORDINATOR, "mumbai")


@pytest.fixture
def hearing(world: World) -> str:
    return world.mumbai.hearing


def kept(units: Units) -> SealedRecordRow:
    with units.reading() as unit:
        row = unit.session.scalars(sa.select(SealedRecordRow)).one()
        unit.session.expunge(row)
        return row


def test_a_hearing_goes_from_start_to_seal(units: Units, hearing: str, mumbai: Actor, clock: FrozenClock) -> None:
    ready_to_seal(units, hearing, mumbai)
    code = seals.seal(units, hearing, language="en", by=mumbai)
    row = kept(units)
    assert row.code == code
    assert row.sealed_at == clock.at
    assert row.content_sha256 == sha256(row.content.encode()).hexdigest()
    assert row.pdf_sha256 == sha256(row.pdf).hexdigest()
    with units.reading() as unit:
        verdict = verification.verify(unit, code)
        *_, head = journal.history(unit, hearing)
    assert verdict.unchanged
    assert (head.action, head.hash) == ("record.sealed", row.journal_head)


def test_the_sealed_content_is_canonical_and_holds_the_whole_record(units: Units, hearing: str, mumbai: Actor) -> None:
    ready_to_seal(units, hearing, mumbai)
    seals.seal(units, hearing, language="en", by=mumbai)
    text = kept(units).content
    content = json.loads(text)
    assert text == json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert content["deposition"][0]["answer"] == "আমি খুলনায় থাকতাম।"
    assert content["log"][0]["kind"] == "opened"
    assert {s["key"]: s["entered"] for s in content["statements"]}["dispatch"] == ENTERED["dispatch"]
    assert content["hearing"]["witness"]["pseudonym"] == "PW-7"


def test_the_paper_of_the_seal_names_the_hash_and_the_page_where_it_is_compared(
    units: Units, hearing: str, mumbai: Actor
) -> None:
    ready_to_seal(units, hearing, mumbai)
    code = seals.seal(units, hearing, language="en", by=mumbai)
    row = kept(units)
    assert row.content_sha256.encode() in row.pdf
    assert f"http://127.0.0.1:8000/verify/{code}".encode() in row.pdf


def test_every_missing_statement_prevents_the_seal_and_is_named(units: Units, hearing: str, mumbai: Actor) -> None:
    ready_to_seal(units, hearing, mumbai)
    for key, value in ENTERED.items():
        filled(units, hearing, key, "", mumbai)
        with units.reading() as unit:
            wanted = records.one(unit, hearing, key, language="en", by=mumbai)
        with pytest.raises(seals.RecordIncomplete) as refused:
            seals.seal(units, hearing, language="en", by=mumbai)
        assert refused.value.facts["missing"] == f"{wanted.number} {wanted.label} ({wanted.supplied_by})"
        filled(units, hearing, key, value, mumbai)
    assert seals.seal(units, hearing, language="en", by=mumbai)


def test_a_hearing_that_is_still_going_on_cannot_be_sealed(units: Units, hearing: str, mumbai: Actor) -> None:
    started(units, hearing, mumbai, reason="early")
    with pytest.raises(seals.NotOver):
        seals.seal(units, hearing, language="en", by=mumbai)


def test_an_open_step_of_the_seal_gate_holds_the_seal(units: Units, world: World, hearing: str, mumbai: Actor) -> None:
    ready_to_seal(units, hearing, mumbai)
    with units.writing() as unit:
        step = StepRow(place=1, step_id="X05", phase="close", roles=["JUDGE"], blocks="seal")
        step.content = {"text": {"en": "Sign the transcript"}}
        unit.session.add(ChecklistRow(hearing_id=world.mumbai.hearing_id, composed_at=unit.now, steps=[step]))
    with pytest.raises(GateOpen) as refused:
        seals.seal(units, hearing, language="en", by=mumbai)
    assert refused.value.facts["steps"] == "X05 Sign the transcript"


def test_a_record_is_sealed_once(units: Units, hearing: str, mumbai: Actor) -> None:
    ready_to_seal(units, hearing, mumbai)
    seals.seal(units, hearing, language="en", by=mumbai)
    with pytest.raises(AlreadySealed):
        seals.seal(units, hearing, language="bn", by=mumbai)
    assert kept(units).language == "en"


def test_two_people_who_seal_at_once_make_one_seal(units: Units, hearing: str, mumbai: Actor, press: SlowPress) -> None:
    ready_to_seal(units, hearing, mumbai)
    together = Barrier(2, timeout=20)
    press.meanwhile = together.wait
    outcomes: list[str] = []

    def attempt() -> None:
        try:
            outcomes.append(seals.seal(units, hearing, language="en", by=mumbai))
        except Conflict as refused:
            outcomes.append(refused.code)

    threads = [Thread(target=attempt) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == [kept(units).code, "already_sealed"]


def test_what_changes_while_it_is_printed_is_not_sealed(
    units: Units, hearing: str, mumbai: Actor, press: SlowPress
) -> None:
    ready_to_seal(units, hearing, mumbai)
    press.meanwhile = lambda: filled(units, hearing, "costs", "Rs 500 to the coordinator", mumbai)
    with pytest.raises(seals.ChangedMeanwhile):
        seals.seal(units, hearing, language="en", by=mumbai)
    with units.reading() as unit:
        assert unit.session.scalars(sa.select(SealedRecordRow)).all() == []


def test_nothing_of_a_sealed_record_can_be_changed(units: Units, hearing: str, mumbai: Actor) -> None:
    ready_to_seal(units, hearing, mumbai)
    seals.seal(units, hearing, language="en", by=mumbai)
    with units.writing() as unit:
        for attempt in (
            lambda: conduct.log(unit, hearing, Kind.NOTE, answers={"text": "late"}, by=mumbai),
            lambda: conduct.correct(unit, hearing, 2, text="no", effect="withdrawn", by=mumbai),
            lambda: depositions.paste(unit, hearing, stage=Stage.CROSS, text="Q. a\nA. b", by=mumbai),
            lambda: depositions.revise(
                unit, hearing, 1, stage=Stage.CHIEF, question="x", answer="y", version=1, by=mumbai
            ),
            lambda: depositions.strike(unit, hearing, 1, version=1, by=mumbai),
            lambda: records.fill(unit, hearing, "costs", value="x", version=1, by=mumbai),
        ):
            with pytest.raises(AlreadySealed):
                attempt()


def altered(database: Database, statement: str) -> None:
    """What somebody with the database's own password could do."""
    with database.engine.begin() as connection:
        for name in ("append_only_sealed_record_update", "append_only_sealed_record"):
            on = " ON sealed_record" if database.engine.dialect.name == "postgresql" else ""
            connection.execute(sa.text(f"DROP TRIGGER IF EXISTS {name}{on}"))
        connection.execute(sa.text(statement))


@pytest.mark.threat("T13")
def test_the_database_itself_refuses_to_change_a_sealed_record(
    units: Units, hearing: str, mumbai: Actor, database: Database
) -> None:
    ready_to_seal(units, hearing, mumbai)
    seals.seal(units, hearing, language="en", by=mumbai)
    for statement in ("UPDATE sealed_record SET language = 'hi'", "DELETE FROM sealed_record"):
        with pytest.raises(sa.exc.DBAPIError, match="append_only"), database.engine.begin() as connection:
            connection.execute(sa.text(statement))


@pytest.mark.parametrize(
    ("statement", "holds"),
    [
        ("UPDATE sealed_record SET content = replace(content, 'Leading', 'Another')", (False, True, True)),
        ("UPDATE sealed_record SET pdf = '%PDF-1.7 another'", (True, False, True)),
        (f"UPDATE sealed_record SET pdf_sha256 = '{'0' * 64}'", (True, False, False)),
        (f"UPDATE sealed_record SET content_sha256 = '{'0' * 64}'", (False, True, False)),
    ],
)
@pytest.mark.threat("T13")
def test_a_record_altered_in_the_database_is_found(
    units: Units, hearing: str, mumbai: Actor, database: Database, statement: str, holds: tuple[bool, bool, bool]
) -> None:
    ready_to_seal(units, hearing, mumbai)
    code = seals.seal(units, hearing, language="en", by=mumbai)
    altered(database, statement)
    with units.reading() as unit:
        verdict = verification.verify(unit, code)
    assert (verdict.content_holds, verdict.pdf_holds, verdict.journal_agrees) == holds
    assert not verdict.unchanged


def test_a_file_is_recognised_only_byte_by_byte(units: Units, hearing: str, mumbai: Actor) -> None:
    ready_to_seal(units, hearing, mumbai)
    code = seals.seal(units, hearing, language="en", by=mumbai)
    pdf = kept(units).pdf
    with units.reading() as unit:
        found, other = comparing.compare(unit, pdf), comparing.compare(unit, pdf + b"\n")
    assert found.verdict is not None
    assert found.verdict.code == code
    assert found.verdict.unchanged
    assert other.verdict is None
    assert other.sha256 == sha256(pdf + b"\n").hexdigest()


@pytest.mark.parametrize("code", ["", "R-", "R-ZZZZZZZZ", "../..", "शपथ"])
def test_an_unknown_code_is_said_to_be_unknown(units: Units, code: str) -> None:
    with units.reading() as unit, pytest.raises(verification.UnknownCode):
        verification.verify(unit, code)


@pytest.mark.parametrize(
    ("role", "at", "refusal"),
    [
        (Role.COORDINATOR, "pune", Absent),
        (Role.MISSION_OFFICIAL, "", NotAllowed),
        (Role.LEGAL_STAFF, "mumbai", NotAllowed),
        (Role.ADMINISTRATOR, "", Absent),
    ],
)
def test_only_the_court_of_the_hearing_seals(
    units: Units, hearing: str, mumbai: Actor, actor: FindActor, role: Role, at: str, refusal: type[Refusal]
) -> None:
    whole_day(units, hearing, mumbai)
    with pytest.raises(refusal):
        seals.seal(units, hearing, language="en", by=actor(role, at))


def test_an_adjourned_hearing_needs_its_next_date_before_the_seal(units: Units, hearing: str, mumbai: Actor) -> None:
    started(units, hearing, mumbai, reason="early")
    logged(units, hearing, Kind.LINK_LOST, mumbai)
    adjourned(units, hearing, mumbai)
    with units.reading() as unit:
        lacking = {s.key for s in records.page(unit, hearing, language="en", by=mumbai).missing}
    assert {"adjournment", "oath", "coercion"} <= lacking
    filled(units, hearing, "adjournment", "Part-heard; 28 September 2026", mumbai)
    with units.reading() as unit:
        assert "adjournment" not in {s.key for s in records.page(unit, hearing, language="en", by=mumbai).missing}
