"""The redacted copy: made from the data of the seal, without anything that would identify the witness, anywhere."""

from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.adapters.paper_reading import FewLanguages
from tests.conftest import Database, FindActor
from tests.services.redacted import everything_in, folded
from tests.services.registered import witness_entry
from tests.services.sittings import HASH, confirmed, filled, logged, ready_to_seal
from tests.world import World
from vctestimony.adapters.languages import FOLDER, Languages
from vctestimony.adapters.pdf import PaperPress
from vctestimony.domain.access import Actor
from vctestimony.domain.documents import KINDS
from vctestimony.domain.documents.record import RedactedSheet
from vctestimony.domain.errors import Absent, NotAllowed
from vctestimony.domain.people import PostKind, Role
from vctestimony.domain.record.cycle_rules import WhyNeeded
from vctestimony.domain.record.kinds import Kind
from vctestimony.domain.record.masking import Left
from vctestimony.domain.record.redaction import texts_of
from vctestimony.services import journal, left_words, printing, redacting, seals, witnesses
from vctestimony.services.papers.making import Asked, NotForThisHearing
from vctestimony.services.papers.register import MAKERS
from vctestimony.services.pseudonymity import RealName
from vctestimony.services.unit import Units
from vctestimony.store import hearings
from vctestimony.store.models import LeftOutRow, PostRow

REDACTED = "record-redacted"
IDENTITY = {
    "name": "Rahima Khatun",
    "parentage": "Abdul Karim",
    "address": "House 12, Sonadanga, Khulna",
    "contact": "+880 1712 345678",
    "identity_number": "BX 0123456",
}
SAID = {
    Kind.NOTE: {"text": "Rahima said that Abdul Karim waits outside; his number is 01712 345678."},
    Kind.RECORDING_STOPPED: {
        "file_id": "rk-sonadanga-0912.mp4",
        "sha256": HASH,
        "duration": "01:10:00",
        "custodian": "Registry, encrypted",
    },
}
OTHER_SCRIPTS = "রহিমাকে", "सोनाडांगा"
TOLD_APART = ("4711", "rk-sonadanga-0912", "Salma Khatun", "Shelter of Hope", "17 Lake Road")


@pytest.fixture
def mumbai(actor: FindActor, units: Units, world: World) -> Actor:
    confirmed(units, world)
    by = actor(Role.COORDINATOR, "mumbai")
    with units.writing() as unit:
        entry = witness_entry("PW-7", "interpreter", "support_person", identity=IDENTITY)
        witnesses.revise(unit, world.mumbai.witness, entry, version=2, by=by)
        place = unit.session.get_one(PostRow, world.dhaka.post_id)
        place.kind, place.name, place.address = PostKind.SHELTER_HOME, "Shelter of Hope", "17 Lake Road, Dhaka"
    return by


@pytest.fixture
def hearing(world: World) -> str:
    return world.mumbai.hearing


def sealed(units: Units, hearing: str, by: Actor) -> str:
    """A whole day on which she and others are named in every way, sealed."""
    ready_to_seal(units, hearing, by)
    for kind in (Kind.NOTE, Kind.RECORDING_STOPPED):
        logged(units, hearing, kind, by, **SAID[kind])
    filled(units, hearing, "grievance", f"{OTHER_SCRIPTS[0]} ({OTHER_SCRIPTS[1]}) said that the sound was bad.", by)
    return seals.seal(units, hearing, language="en", by=by)


def copy_of(units: Units, hearing: str, language: str = "en") -> RedactedSheet:
    with units.reading() as unit:
        row = hearings.by_reference(unit.session, hearing)
        assert row is not None
        made = MAKERS[REDACTED](unit, row, Asked(KINDS[REDACTED], language))
    assert isinstance(made.sheet, RedactedSheet)
    assert not made.attachments
    return made.sheet


def test_nothing_that_identifies_her_is_in_it(units: Units, hearing: str, mumbai: Actor) -> None:
    code = sealed(units, hearing, mumbai)
    copy = copy_of(units, hearing)
    whole = folded("\n".join(texts_of(copy)))
    for value in (*IDENTITY.values(), *OTHER_SCRIPTS, *TOLD_APART, "Rahima", "Karim", "Khulna", "1712345678"):
        assert folded(value) not in whole, value
    assert copy.source.code == code
    assert HASH in whole
    assert folded("[left out: name of a file]") in whole
    assert {"address", "contact", "name", "name of family", "number"} <= {one.label for one in copy.left}


def test_who_sat_beside_her_is_left_out_wherever_she_is_named(units: Units, hearing: str, mumbai: Actor) -> None:
    ready_to_seal(units, hearing, mumbai)
    beside = {"who": "Jahanara Begum, aunt of the witness", "point": "remote", "purpose": "to sit with the witness"}
    logged(units, hearing, Kind.PERSON_ENTERED, mumbai, **beside)
    logged(units, hearing, Kind.NOTE, mumbai, text="JAHANARA gave her water; জাহানারা was calm.")
    filled(units, hearing, "grievance", "Begum Jahan-ara did not hear the question.", mumbai)
    seals.seal(units, hearing, language="en", by=mumbai)
    texts = "\n".join(texts_of(copy_of(units, hearing)))
    for name in ("jahanara", "begum", "জাহানারা"):
        assert folded(name) not in folded(texts), name
    for kept in ("gave her water", "was calm", "did not hear the question", "PW-7", "Meera Mumbaikar"):
        assert kept in texts, kept


def test_what_is_not_hers_stays(units: Units, hearing: str, mumbai: Actor) -> None:
    sealed(units, hearing, mumbai)
    copy = copy_of(units, hearing)
    texts = "\n".join(texts_of(copy))
    for value in ("PW-7", "Meera Mumbaikar", "Where did you live?", "Leading question", "Nobody forces me."):
        assert value in texts
    assert copy.heading.case_number
    assert len(copy.log) > 15


def test_the_city_of_the_other_clock_stays_though_she_lives_there_and_is_written_in_other_letters(
    units: Units, hearing: str, mumbai: Actor, world: World
) -> None:
    units = units.with_ports(replace(units.ports, words=Languages(FOLDER)))
    at_home = IDENTITY | {"address": "বাড়ি ১২, সোনাডাঙা, ঢাকা"}
    with units.writing() as unit:
        entry = witness_entry("PW-7", "interpreter", "support_person", identity=at_home)
        witnesses.revise(unit, world.mumbai.witness, entry, version=3, by=mumbai)
    ready_to_seal(units, hearing, mumbai)
    logged(units, hearing, Kind.NOTE, mumbai, text="The link to ঢাকা (ढाका) is good; she comes from সোনাডাঙা.")
    seals.seal(units, hearing, language="en", by=mumbai)
    texts = "\n".join(texts_of(copy_of(units, hearing)))
    assert [line for line in texts.splitlines() if "The link to" in line] == [
        "Note. What happened: The link to ঢাকা (ढाका) is good; she comes from [left out: address]"
    ]


def test_the_court_leaves_out_more_and_takes_it_back(units: Units, hearing: str, mumbai: Actor) -> None:
    sealed(units, hearing, mumbai)
    with units.writing() as unit:
        left_words.leave_out(unit, hearing, "Leading question", what=Left.OTHER, by=mumbai)
    before = copy_of(units, hearing)
    assert "Leading question" not in "\n".join(texts_of(before))
    with units.writing() as unit:
        kept = unit.session.scalars(sa.select(LeftOutRow)).one()
        told = [entry.facts for entry in journal.history(unit, hearing)]
        assert b"Leading" not in kept.sealed
        assert not [facts for facts in told if "Leading" in facts and "redaction" in facts]
        number = kept.public_id
        assert before.besides.numbers == (number,)
        left_words.take_back(unit, hearing, kept.public_id, reason="read in open court", by=mumbai)
    after = copy_of(units, hearing)
    assert "Leading question" in "\n".join(texts_of(after))
    assert after.besides.numbers == ()
    data = redacting.as_data(before)["words_besides"]
    assert data == {"count": 1, "sha256": sha256(number.encode()).hexdigest(), "numbers": [number]}


@pytest.mark.threat("T1")
def test_a_word_that_was_taken_back_is_kept_and_only_its_author_or_the_presiding_officer_takes_it_back(
    units: Units, hearing: str, mumbai: Actor, actor: FindActor, database: Database
) -> None:
    other, judge = replace(mumbai, account_id=987, name="Somebody else"), actor(Role.PRESIDING_OFFICER, "mumbai")
    with units.writing() as unit:
        for word in ("Sonadanga", "Leading question"):
            left_words.leave_out(unit, hearing, word, what=Left.OTHER, by=mumbai)
        first, second = (row.public_id for row in unit.session.scalars(sa.select(LeftOutRow).order_by(LeftOutRow.id)))
    with units.writing() as unit:
        with pytest.raises(left_words.NotYoursToTakeBack):
            left_words.take_back(unit, hearing, first, reason="not needed any more", by=other)
        with pytest.raises(WhyNeeded):
            left_words.take_back(unit, hearing, first, reason=" no ", by=mumbai)
        for telling in ("Sonadanga was said in open court", "সোনাডাঙ্গা is no secret", "it was a LEADING  question"):
            with pytest.raises(left_words.ReasonTellsWord):
                left_words.take_back(unit, hearing, first, reason=telling, by=mumbai)
        with pytest.raises(RealName):
            left_words.take_back(unit, hearing, first, reason="Rahima was named in open court", by=mumbai)
        left_words.take_back(unit, hearing, first, reason="not needed any more", by=judge)
        left_words.take_back(unit, hearing, second, reason="the judge said it", by=mumbai)
        with pytest.raises(left_words.TakenBackAlready, match=judge.name):
            left_words.take_back(unit, hearing, first, reason="not needed any more", by=mumbai)
    with units.reading() as unit:
        row = hearings.by_reference(unit.session, hearing)
        assert row is not None
        told = [(one.taken_back_by, one.reason, one.is_yours) for one in left_words.words(unit, row, by=mumbai)]
        assert told == [(judge.name, "not needed any more", True), (mumbai.name, "the judge said it", True)]
        assert not left_words.hidden(unit, row)
    with pytest.raises(sa.exc.DBAPIError, match="append_only"), database.engine.begin() as connection:
        connection.execute(sa.text("DELETE FROM left_out"))


@pytest.mark.parametrize(
    ("role", "at", "refusal"),
    [(Role.COORDINATOR, "pune", Absent), (Role.MISSION_OFFICIAL, "", NotAllowed), (Role.SUPPORT, "", NotAllowed)],
)
def test_only_the_court_says_what_is_left_out(
    units: Units, hearing: str, mumbai: Actor, actor: FindActor, role: Role, at: str, refusal: type[Exception]
) -> None:
    by = actor(role, at)
    with units.writing() as unit, pytest.raises(refusal):
        left_words.leave_out(unit, hearing, "Sonadanga", what=Left.ADDRESS, by=by)


def test_there_is_no_copy_before_the_seal_nor_in_another_language(units: Units, hearing: str, mumbai: Actor) -> None:
    with pytest.raises(NotForThisHearing, match="not sealed"):
        copy_of(units, hearing)
    sealed(units, hearing, mumbai)
    with pytest.raises(NotForThisHearing, match="another language"):
        copy_of(units, hearing, "bn")


@pytest.mark.parametrize(
    ("facts", "there", "not_there"),
    [
        ({"trafficking": True}, "recommended", "BNS 2023, s. 72"),
        ({"trafficking": True, "sexual": True}, "BNS 2023, s. 72", "recommended"),
        ({"pocso": True}, "POCSO Act 2012, s. 23, 33(7)", "BNS"),
    ],
)
def test_bare_trafficking_is_not_under_bns_72(
    units: Units, hearing: str, mumbai: Actor, facts: dict[str, bool], there: str, not_there: str
) -> None:
    with units.writing() as unit:
        row = hearings.by_reference(unit.session, hearing)
        assert row is not None
        row.case.facts = row.case.facts | facts
    sealed(units, hearing, mumbai)
    copy = copy_of(units, hearing)
    assert there in copy.authority
    assert not_there not in copy.authority


@pytest.fixture
def press(tmp_path: Path) -> Iterator[PaperPress]:
    templates = Path(__file__).parents[2] / "templates" / "pdf"
    made = PaperPress(templates=templates, languages=FewLanguages(), fonts=None, instance=tmp_path)
    yield made
    made.close()


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_no_tool_finds_her_in_the_file(
    units: Units, hearing: str, mumbai: Actor, press: PaperPress, engine_name: str
) -> None:
    real = units.with_ports(replace(units.ports, press=press))
    sealed(real, hearing, mumbai)
    whole = printing.print_for(real, hearing, printing.RECORD, lang="en", by=mumbai).content
    copy = printing.print_for(real, hearing, REDACTED, lang="en", by=mumbai)
    assert "rahima" not in copy.file_name.casefold()
    for place, text in everything_in(copy.content).items():
        plain = folded(text)
        for value in (*IDENTITY.values(), *OTHER_SCRIPTS, "Rahima", "Karim", "Sonadanga", *TOLD_APART[1:]):
            assert folded(value) not in plain, (place, value)
    control = everything_in(whole)
    assert folded("Karim") in folded(control["poppler"])
    assert folded(OTHER_SCRIPTS[0]) in folded(control["pdfium"])
    for place, text in control.items():
        for value in (IDENTITY["identity_number"], IDENTITY["address"], IDENTITY["name"]):
            assert value.casefold() not in text.casefold(), (place, value)
