"""The demonstration: complete, in the order of time, repeatable on both engines, and no witness's name in the open."""

import json
import shutil
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from tests.adapters import mail_readers
from tests.adapters.event_readers import at_hand, by_hand
from tests.demo_shown import coordinator, shown
from tests.fakes import FrozenClock, cheap_passwords
from tests.lasting import engine_at
from tests.services.registered import leave
from vctestimony import demo
from vctestimony.adapters.languages import FOLDER, Languages
from vctestimony.composition import create_app
from vctestimony.config import Settings
from vctestimony.demo import casework, notice
from vctestimony.demo.people import ADMINISTRATOR, SHARED_WORDS
from vctestimony.domain.hearing import State
from vctestimony.outside import build_ports
from vctestimony.services import casefiles, journal, listing, signing_in, vault
from vctestimony.services.unit import Units
from vctestimony.store.db import db
from vctestimony.store.models import (
    AccountRow,
    ChecklistRow,
    HearingRow,
    JournalRow,
    OutboxRow,
    OutboxState,
    SealedRecordRow,
    StepRow,
    StepState,
    WitnessRow,
)
from vctestimony.store.sqlite_driver import SQLITE
from vctestimony.web.context import EXTENSION

# A working day, a Friday night and a day in the middle of the courts' winter vacation.
MOMENTS = (
    datetime(2026, 9, 1, 6, 0, tzinfo=UTC),
    datetime(2026, 11, 27, 19, 30, tzinfo=UTC),
    datetime(2026, 12, 29, 6, 0, tzinfo=UTC),
)


@pytest.fixture
def instance(tmp_path: Path) -> Path:
    return tmp_path / "instance"


@pytest.fixture
def now() -> datetime:
    return MOMENTS[0]


@pytest.fixture
def app(database_url: str, instance: Path, now: datetime) -> Iterator[Flask]:
    with installed(database_url, instance, now) as made:
        yield made


@contextmanager
def installed(database_url: str, instance: Path, now: datetime) -> Iterator[Flask]:
    """An installation at that hour on an empty database."""
    settings = Settings.from_env({"VCT_INSTANCE": str(instance), "VCT_DATABASE_URL": database_url})
    real = build_ports(settings, languages=Languages(FOLDER), wake=lambda: None)
    made = create_app(settings, ports=replace(real, clock=FrozenClock(now), passwords=cheap_passwords()))
    engine = engine_at(database_url)
    with made.app_context():
        db.engines[None] = engine  # type: ignore[index]
        yield made
        db.session.remove()
    engine.dispose()


@pytest.fixture
def units(app: Flask) -> Units:
    return units_of(app)


def units_of(app: Flask) -> Units:
    units: Units = app.extensions[EXTENSION].units
    return units


@dataclass(frozen=True, slots=True)
class Told:
    """An installation with the whole demonstration."""

    units: Units
    instance: Path
    file: Path


@pytest.fixture(scope="module")
def told(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Told]:
    """The demonstration as it is built on a working day; the tests that only look at it share it."""
    folder = tmp_path_factory.mktemp("told")
    shutil.copyfile(sqlite_template, folder / "told.sqlite")
    with installed(f"sqlite:///{folder / 'told.sqlite'}", folder / "instance", MOMENTS[0]) as made:
        demo.build(units_of(made), folder / "instance", bare=False)
        yield Told(units_of(made), folder / "instance", folder / "told.sqlite")


def states(units: Units) -> Counter[str]:
    with units.reading() as unit:
        return Counter(str(hearing["state"]) for hearing in listing.hearings(unit))


def cleared(units: Units, instance: Path) -> None:
    demo.clear(instance, engine=db.engine)
    assert demo.is_empty(units)
    assert not demo.is_loaded(instance)


def test_it_holds_hearings_in_every_state_and_can_be_built_again(told: Told, tmp_path: Path) -> None:
    copy, file = tmp_path / "copy", tmp_path / "copy.sqlite"
    shutil.copytree(told.instance, copy)
    first = states(told.units)
    assert set(first) == {state.value for state in State}
    # The driver of the service itself: a second SQLite in one process drops the locks of the first.
    with closing(SQLITE.connect(told.file)) as source, closing(SQLITE.connect(file)) as target:
        source.backup(target)
    with installed(f"sqlite:///{file}", copy, MOMENTS[0]) as app:
        units = units_of(app)
        assert demo.is_loaded(copy)
        assert not demo.is_empty(units)
        cleared(units, copy)
        demo.build(units, copy, bare=False)
        assert states(units) == first


@pytest.mark.parametrize(
    ("engine_name", "moment"), [("postgresql", MOMENTS[1]), ("sqlite", MOMENTS[2])], ids=["postgresql", "sqlite"]
)
def test_no_day_of_the_year_spoils_it_nor_another_engine(database_url: str, instance: Path, moment: datetime) -> None:
    with installed(database_url, instance, moment) as app:
        units = units_of(app)
        assert demo.is_empty(units)
        demo.build(units, instance, bare=False)
        assert not demo.is_empty(units)
        assert set(states(units)) == {state.value for state in State}
        assert all(shown(units).values()), shown(units)
        cleared(units, instance)


def test_it_shows_everything_that_finding_a_time_can_do(told: Told) -> None:
    assert all(shown(told.units).values()), shown(told.units)


def test_a_hearing_is_confirmed_after_its_application_its_order_and_both_nominations(told: Told) -> None:
    later = (State.CONFIRMED, State.IN_SESSION, State.COMPLETED, State.ADJOURNED)
    query = sa.select(StepRow).join(ChecklistRow).join(HearingRow, HearingRow.id == ChecklistRow.hearing_id)
    with told.units.reading() as unit:
        steps = unit.session.scalars(query.where(HearingRow.state.in_(later))).all()
        before = [one for one in steps if one.step_id[0] in "AO" or one.step_id in {"C01", "C02"}]
        assert len(before) > 20
        assert {one.state for one in before} == {StepState.DONE}


def test_the_journal_is_whole_and_in_the_order_of_time(told: Told) -> None:
    with told.units.reading() as unit:
        count, broken = journal.verify(unit)
        written = unit.session.scalars(sa.select(JournalRow.at).order_by(JournalRow.id)).all()
    assert broken is None
    assert count == len(written) > 200
    assert list(written) == sorted(written)
    assert max(written) <= MOMENTS[0]


def test_every_mail_lies_in_the_mailbox_and_one_record_is_sealed(told: Told) -> None:
    with told.units.reading() as unit:
        states = unit.session.scalars(sa.select(OutboxRow.state)).all()
        seals = unit.session.scalars(sa.select(SealedRecordRow.pdf)).all()
    assert set(states) <= {OutboxState.SENT, OutboxState.SUPERSEDED}
    assert len(list((told.instance / "mailbox").glob("*.eml"))) == states.count(OutboxState.SENT) > 20
    assert [pdf[:5] for pdf in seals] == [b"%PDF-"]
    mails_read = mail_readers.by_python(sorted((told.instance / "mailbox").glob("*.eml")))
    events = [part.content for parts in mails_read for part in parts if part.type == "text/calendar"]
    assert len(events) > 20
    for name, read in at_hand().items():
        for event in events:
            assert read(event) == by_hand(event), name


def test_no_witness_is_named_anywhere_but_in_the_vault(told: Told) -> None:
    matters = [one for one in vars(casework).values() if isinstance(one, casework.Matter)]
    names = {value for matter in matters for value in matter.identity}
    with db.engine.connect() as connection:
        dumped = "\n".join(
            json.dumps([str(value) for value in row], ensure_ascii=False)
            for table in sa.inspect(db.engine).get_table_names()
            for row in connection.execute(sa.text(f'SELECT * FROM "{table}"'))
        )
    mails = "\n".join(path.read_text(encoding="utf-8") for path in (told.instance / "mailbox").glob("*.eml"))
    for name in names:
        assert name not in dumped
        assert name not in mails
    with told.units.reading() as unit:
        by = coordinator(unit, "mumbai")
        file = casefiles.open_file(unit, casefiles.own_cases(unit, by=by)[0].reference, by=by)
    leave(told.units, file.witnesses[0].reference, by)
    with told.units.writing() as unit:
        seen = vault.look(unit, file.witnesses[0].reference, reason="To see that it is there", by=by)
    assert dict(seen.fields)["Full name"] in names


def test_everybody_in_the_note_can_sign_in_with_the_words_it_tells(told: Told) -> None:
    note = demo.sign_ins(told.units, told.instance)
    with told.units.reading() as unit:
        emails = unit.session.scalars(sa.select(AccountRow.email)).all()
    assert SHARED_WORDS in note
    assert all(email in note for email in emails)
    for email in ("coordinator@kolkata.court.example", ADMINISTRATOR):
        assert signing_in.sign_in(told.units, email=email, password=SHARED_WORDS, address="127.0.0.1")
    assert (told.instance / notice.NOTE).stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("engine_name", ["sqlite"])
def test_a_bare_installation_has_one_administrator_and_is_no_demonstration(
    app: Flask, units: Units, instance: Path
) -> None:
    demo.build(units, instance, bare=True)
    with units.reading() as unit:
        assert unit.session.scalars(sa.select(AccountRow.email)).all() == [ADMINISTRATOR]
        assert unit.session.scalar(sa.select(WitnessRow.id)) is None
    assert not demo.is_loaded(instance)
    words = demo.sign_ins(units, instance).split()
    password = next(word.rstrip(";") for word in words if word.count("-") == 3)
    assert signing_in.sign_in(units, email=ADMINISTRATOR, password=password, address="127.0.0.1")
