"""A whole hearing as one archive: what is in it, that it holds, who may have it, and that nobody's name is in it."""

import csv
import io
import json
import re
import subprocess
import zipfile
import zlib
from collections.abc import Callable, Mapping
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.adapters.delivered_packs import PACKS
from tests.conftest import FindActor
from tests.domain.test_evidence import PDF
from tests.fakes import FakePress
from tests.services.mails import real_letters
from tests.services.planned import answered, booked, listed
from tests.services.registered import REAL_NAME, witness_entry
from tests.services.sittings import HASH, confirmed, filled, logged, ready_to_seal, whole_day
from tests.services.test_joining import entered, settled
from tests.services.ticking import tick
from tests.world import World
from vctestimony.domain.access import SYSTEM, Actor
from vctestimony.domain.archive.opened import Opened
from vctestimony.domain.archive.proof import Proof, prove
from vctestimony.domain.errors import Absent, NotAllowed, Refusal
from vctestimony.domain.hearing import State
from vctestimony.domain.people import Role
from vctestimony.domain.record.kinds import Kind
from vctestimony.services import archive_journal, archives, checklists, journal, seals, witnesses
from vctestimony.services.archive_journal import Compared
from vctestimony.services.evidence import Sent
from vctestimony.services.mail_settings import MailSettings
from vctestimony.services.ports import Ports
from vctestimony.services.unit import Units
from vctestimony.store.models import HearingRow, SealedRecordRow, StepRow

CANARIES = (REAL_NAME, "BX 0123456", "Rahima", "Parveen")


class MeddlesomePress(FakePress):
    """A press beside which something else happens while it prints."""

    meanwhile: Callable[[], object] = staticmethod(lambda: None)

    def paper(self, document: str, *rest: object, **words: object) -> bytes:
        """Let it happen once, then print."""
        meanwhile, self.meanwhile = self.meanwhile, lambda: None
        meanwhile()
        return super().paper(document, *rest, **words)  # type: ignore[arg-type]  # whatever came is given on


@pytest.fixture
def press() -> MeddlesomePress:
    return MeddlesomePress()


@pytest.fixture
def ports(ports: Ports, press: MeddlesomePress) -> Ports:
    return replace(ports, press=press, packs=lambda: PACKS, letters=real_letters())


@pytest.fixture
def hearing(units: Units, world: World, mumbai: Actor) -> str:
    """Confirmed, and without a checklist."""
    confirmed(units, world)
    return world.mumbai.hearing


@pytest.fixture
def prepared(units: Units, world: World, mumbai: Actor) -> str:
    """Booked with its invitations and a checklist of which a step is shown done; her name is in the vault."""
    with units.writing() as unit:
        answered(unit.session, world)
        entry = witness_entry("PW-7", "interpreter", "support_person")
        witnesses.revise(unit, world.mumbai.witness, entry, version=2, by=mumbai)
    listed(units, world, mumbai)
    booked(units, world.mumbai.hearing, mumbai)
    tick(units, world.mumbai.hearing, "C02", mumbai)
    with units.writing() as unit:
        checklists.add_evidence(unit, world.mumbai.hearing, "C02", Sent(PDF, "Letter of nomination"), by=mumbai)
        unit.session.get_one(HearingRow, world.mumbai.hearing_id).state = State.CONFIRMED
        unit.session.execute(sa.update(StepRow).values(blocks="none"))
    return world.mumbai.hearing


def exported(units: Units, hearing: str, by: Actor, **how: bool) -> dict[str, bytes]:
    """The files of an archive that is made now."""
    return unpacked(archives.export(units, hearing, language="en", by=by, **how).content)


def unpacked(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def proof_of(files: Mapping[str, bytes]) -> Proof:
    """What the archive proves; the tests' press draws no PDF, so that its attachments are those beside it."""
    digests = {name: (len(content), sha256(content).hexdigest()) for name, content in files.items()}
    content = next((files[name] for name in ("record/record.json", "draft/record-draft.json") if name in files), b"")
    return prove(Opened(digests, files.__getitem__, lambda _pdf: {"record.json": content}))


def test_a_sealed_hearing_is_given_away_whole_and_holds_with_standard_tools(
    units: Units, hearing: str, mumbai: Actor, tmp_path: Path
) -> None:
    ready_to_seal(units, hearing, mumbai)
    code = seals.seal(units, hearing, language="en", by=mumbai)
    made = archives.export(units, hearing, language="bn", by=mumbai)
    files = unpacked(made.content)
    assert made.file_name == f"hearing-{hearing}.zip"
    with units.reading() as unit:
        row = unit.session.query(SealedRecordRow).one()
        assert (files["record/record.pdf"], files["record/record.json"]) == (row.pdf, row.content.encode())
        *_, last = journal.history(unit, hearing)
    assert (last.action, json.loads(last.facts)["sha256"]) == ("archive.exported", sha256(made.content).hexdigest())
    manifest = json.loads(files["manifest.json"])
    assert (manifest["sealed"], manifest["exported_by"], manifest["witness"]) == (code, mumbai.name, "PW-7")
    assert manifest["journal"]["head"]["number"] == last.number - 1
    for name, content in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(content)
    check = ["sha256sum", "-c", "--strict", "--quiet", "SHA256SUMS"]
    assert subprocess.run(check, cwd=tmp_path, capture_output=True, check=True).stdout == b""
    proof = proof_of(files)
    assert proof.problems == ()
    with units.reading() as unit:
        first_hash = manifest["journal"]["first_hash"]
        other = {**proof.hashes, last.number - 1: "0" * 64}
        assert archive_journal.beside_own(unit, proof.hashes, first_hash=first_hash) == Compared(len(other), ())
        assert archive_journal.beside_own(unit, other, first_hash=first_hash) == Compared(
            len(other), (last.number - 1,)
        )
        assert archive_journal.beside_own(unit, other, first_hash="0" * 64) is None
    assert len(proof.hashes) == files["journal/journal.jsonl"].count(b"\n") > 20


def test_invitations_answers_log_checklist_and_transcript_stand_in_it_as_they_were(
    units: Units, prepared: str, mumbai: Actor
) -> None:
    whole_day(units, prepared, mumbai)
    files = exported(units, prepared, mumbai)
    sent = json.loads(files["invitations/sent.json"])
    assert len(list(csv.DictReader(io.StringIO(files["invitations/sent.csv"].decode())))) == len(sent) == 7
    for line in sent:
        assert b"METHOD:REQUEST" in files[line["calendar_file"]]
        assert line["kind"] == "invitation"
    assert {line["answer"] for line in json.loads(files["invitations/answers.json"])} == {"NEEDS-ACTION"}
    assert [line["kind"] for line in json.loads(files["log/log.json"])][:2] == ["opened", "ready_remote"]
    assert "আমি খুলনায় থাকতাম।" in files["deposition/transcript.txt"].decode()
    assert {"draft/record-draft.pdf", "draft/record-draft.json", "deposition/transcript.pdf"} <= set(files)
    assert {"checklist/checklist.pdf", "checklist/checklist.json"} <= set(files)
    packs = json.loads(files["checklist/checklist.json"])["packs"]
    assert all(pack["version"] and len(pack["sha256"]) == 64 for pack in packs)
    assert proof_of(files).problems == ()
    assert json.loads(files["manifest.json"])["sealed"] is None


def test_the_same_state_at_the_same_instant_gives_the_same_bytes(units: Units, hearing: str, mumbai: Actor) -> None:
    """What an export adds to the journal is all that the next one has more."""
    ready_to_seal(units, hearing, mumbai)
    seals.seal(units, hearing, language="en", by=mumbai)
    first, second = exported(units, hearing, mumbai), exported(units, hearing, mumbai)
    grown = {"journal/journal.jsonl", "journal/links.csv", "manifest.json", "SHA256SUMS"}
    assert {name for name in first | second if first.get(name) != second.get(name)} == grown
    assert second["journal/journal.jsonl"].startswith(first["journal/journal.jsonl"])


def test_nothing_of_the_vault_and_no_link_that_answers_is_in_any_file(
    units: Units, prepared: str, mumbai: Actor
) -> None:
    whole_day(units, prepared, mumbai)
    for content in exported(units, prepared, mumbai).values():
        for stream in (content, *_inflated(content)):
            text = stream.decode("utf-8", "replace")
            assert not [canary for canary in CANARIES if canary.casefold() in text.casefold()]
            assert "/answer/" not in text
            assert PDF not in stream


def test_a_calendar_file_that_tells_how_the_conference_is_joined_stays_here(
    units: Units, world: World, mumbai: Actor
) -> None:
    listed(units, world, mumbai)
    settled(units, mumbai, MailSettings(tell_joining=True, tell_passcode=True))
    booked(units, world.mumbai.hearing, mumbai)
    entered(units, world, mumbai)
    files = exported(units, world.mumbai.hearing, mumbai)
    sent = json.loads(files["invitations/sent.json"])
    assert len({line["number"] for line in sent}) == 14
    assert {bool(line["calendar_file"]) for line in sent if line["withheld"]} == {False}
    assert sum(bool(line["withheld"]) for line in sent) == 7
    told = b"".join(re.sub(rb"\r?\n ", b"", content) for content in files.values())
    assert b"meet.example" not in told
    assert b"471147" not in told
    assert proof_of(files).problems == ()


def _inflated(content: bytes) -> list[bytes]:
    """What the streams of a PDF say."""
    found = []
    for stream in re.findall(rb"stream\r?\n(.*?)endstream", content, re.DOTALL):
        try:
            found.append(zlib.decompress(stream))
        except zlib.error:
            continue
    return found


def test_files_that_show_steps_come_only_where_they_are_asked_for_and_are_written_down(
    units: Units, prepared: str, mumbai: Actor
) -> None:
    (listed_only,) = json.loads(exported(units, prepared, mumbai)["evidence/evidence.json"])
    assert (listed_only["sha256"], listed_only["file"]) == (sha256(PDF).hexdigest(), "")
    files = exported(units, prepared, mumbai, with_files=True)
    (row,) = json.loads(files["evidence/evidence.json"])
    assert files[row["file"]] == PDF
    assert files["journal/journal.jsonl"].count(b'"evidence.taken"') == 1
    assert proof_of(files).problems == ()
    with pytest.raises(NotAllowed):
        archives.export(units, prepared, language="en", by=SYSTEM, with_files=True)


def test_only_the_own_court_may_have_it(units: Units, hearing: str, actor: FindActor) -> None:
    others: tuple[tuple[Role, str, type[Refusal]], ...] = (
        (Role.COORDINATOR, "pune", Absent),
        (Role.LEGAL_STAFF, "mumbai", NotAllowed),
        (Role.MISSION_OFFICIAL, "", NotAllowed),
        (Role.INTERPRETER, "", NotAllowed),
        (Role.ADMINISTRATOR, "", Absent),
    )
    for role, at, refusal in others:
        with pytest.raises(refusal):
            archives.export(units, hearing, language="en", by=actor(role, at))


def test_what_changes_while_it_is_printed_is_not_given_away(
    units: Units, hearing: str, mumbai: Actor, press: MeddlesomePress
) -> None:
    whole_day(units, hearing, mumbai)
    press.meanwhile = lambda: filled(units, hearing, "costs", "Rs 500 to the coordinator", mumbai)
    with pytest.raises(archives.ChangedMeanwhile):
        archives.export(units, hearing, language="en", by=mumbai)
    with units.reading() as unit:
        assert "archive.exported" not in {entry.action for entry in journal.history(unit, hearing)}


def test_a_hearing_without_a_time_is_given_away_with_what_there_is(units: Units, world: World, mumbai: Actor) -> None:
    files = exported(units, world.pune.hearing, SYSTEM)
    assert {one["paper"] for one in json.loads(files["manifest.json"])["left_out"]} == {
        "record",
        "record-redacted",
        "transcript",
        "checklist",
    }
    assert proof_of(files).problems == ()
    with pytest.raises(Absent):
        archives.export(units, "H-00000000", language="en", by=SYSTEM)


def test_the_hash_of_a_recording_is_listed(units: Units, hearing: str, mumbai: Actor) -> None:
    whole_day(units, hearing, mumbai)
    said = {"file_id": "REC-1", "sha256": HASH, "duration": "01:10", "custodian": "Registry"}
    logged(units, hearing, Kind.RECORDING_STOPPED, mumbai, **said)
    (row,) = json.loads(exported(units, hearing, mumbai)["recordings/recordings.json"])
    assert {key: row[key] for key in said} == said
