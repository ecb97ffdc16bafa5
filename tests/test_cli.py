"""The commands as an operator calls them: what they print, and exit 0 done, 1 refused, 2 wrong call."""

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from tests.conftest import Database
from tests.fakes import FrozenClock
from tests.store.test_journal_chain import forge
from tests.world import World
from vctestimony import demo
from vctestimony.composition import create_app
from vctestimony.config import PROJECT, Settings
from vctestimony.domain.access import SYSTEM
from vctestimony.domain.busy import HostUnknown
from vctestimony.domain.sop import BrokenPack
from vctestimony.services import busy_times, busy_views, journal, vault
from vctestimony.services.unit import Units
from vctestimony.store.db import db
from vctestimony.store.models import AccountRow, PostRow, VaultRow, WitnessRow

Run = Callable[..., Result]
CASES = PROJECT / "tests" / "acceptance" / "slots"


@pytest.fixture
def engine_name() -> str:
    return "sqlite"


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    return Settings.from_env({"VCT_INSTANCE": str(tmp_path / "instance"), "VCT_DATABASE_URL": database_url})


@pytest.fixture
def app(settings: Settings) -> Iterator[Flask]:
    made = create_app(settings)
    yield made
    with made.app_context():
        db.engine.dispose()


@pytest.fixture
def run(app: Flask) -> Run:
    def call(*words: str) -> Result:
        return app.test_cli_runner().invoke(args=list(words))

    return call


def test_init_brings_the_schema_and_a_second_time_changes_nothing(run: Run) -> None:
    first, second = run("init"), run("init")
    assert (first.exit_code, second.exit_code) == (0, 0)
    assert first.output == second.output


def test_the_database_file_is_for_its_owner_only(run: Run, database_url: str) -> None:
    path = Path(database_url.removeprefix("sqlite:///"))
    path.chmod(0o644)
    assert run("init").exit_code == 0
    assert path.stat().st_mode & 0o777 == 0o600


def test_check_says_that_everything_is_in_order(run: Run) -> None:
    result = run("check")
    assert result.exit_code == 0, result.output
    assert "catalogue: 210 of 210 rows in packs" in result.output
    assert "in order" in result.output


def test_check_prints_every_row_of_the_catalogue_with_its_packs_and_tests(run: Run) -> None:
    result = run("check", "--catalogue")
    rows = [line.split("\t") for line in result.output.splitlines() if "\t" in line]
    assert (result.exit_code, len({row[0] for row in rows if row[2].startswith("tests/")})) == (0, 210)
    assert ["A26", "nepal, united-kingdom"] in [row[:2] for row in rows]


def test_a_row_of_the_catalogue_that_no_pack_has_fails_the_check(tmp_path: Path, database_url: str) -> None:
    shutil.copytree(PROJECT / "sop", tmp_path / "sop")
    listed = tmp_path / "sop" / "coverage" / "catalogue.toml"
    listed.write_text(listed.read_text(encoding="utf-8").replace('"P20",', '"P20", "P99",'), encoding="utf-8")
    own = {"VCT_INSTANCE": str(tmp_path / "i"), "VCT_DATABASE_URL": database_url, "VCT_SOP": str(tmp_path / "sop")}
    result = create_app(Settings.from_env(own)).test_cli_runner().invoke(args=["check"])
    assert result.exit_code == 1
    assert "catalogue: 210 of 211 rows in packs" in result.output
    assert "catalogue: no pack has the row P99" in result.output


@pytest.mark.parametrize(
    ("language", "words"), [("en", "Witness in Nepal (nepal 1.0)"), ("bn", "নেপালে সাক্ষী (nepal 1.0)")]
)
def test_what_waits_for_a_lawyer_is_printed_pack_by_pack(run: Run, language: str, words: str) -> None:
    result = run("packs", "waiting", "--lang", language)
    assert result.exit_code == 0
    assert words in result.output
    assert "S21 [U]" in result.output


def test_a_neutral_slot_problem_gets_its_answer_as_json(run: Run, tmp_path: Path) -> None:
    problem = tmp_path / "problem.json"
    hours = {day: [["10:00", "12:00"]] for day in ("mon", "tue", "wed", "thu", "fri")}
    problem.write_text(
        json.dumps(
            {
                "search": {"from": "2026-09-14", "to": "2026-09-14", "zone": "Asia/Kolkata", "step_minutes": 30},
                "pattern": [{"part": "main", "minutes": 90, "needs": ["judge"]}],
                "resources": {"judge": {"zone": "Asia/Kolkata", "hours": hours}},
            }
        ),
        encoding="utf-8",
    )
    result = run("slots", "solve", str(problem))
    assert result.exit_code == 0, result.output
    starts = [slot["start_at"] for slot in json.loads(result.output)["slots"]]
    assert starts == ["2026-09-14T04:30:00Z", "2026-09-14T05:00:00Z"]


def test_a_malformed_slot_problem_is_a_wrong_call_and_names_the_key(run: Run, tmp_path: Path) -> None:
    problem = tmp_path / "problem.json"
    problem.write_text('{"search": {"from": "soon"}}', encoding="utf-8")
    result = run("slots", "solve", str(problem))
    assert result.exit_code == 2
    assert result.output == "The problem cannot be read: pattern is missing.\n"


def test_hearings_are_listed_without_naming_anybody(run: Run, world: World) -> None:
    result = run("hearings", "list", "--json")
    listed = json.loads(result.output)
    assert {row["reference"] for row in listed} == {world.mumbai.hearing, world.pune.hearing}
    assert {row["state"] for row in listed} == {"requested"}
    assert "PW-7" not in result.output


def test_documents_of_an_unknown_hearing_are_refused(run: Run, world: World) -> None:
    result = run("documents", "list", "H-00000000", "--json")
    assert result.exit_code == 1


def test_a_day_sheet_is_printed_and_what_does_not_fit_is_refused(
    run: Run, units: Units, world: World, tmp_path: Path
) -> None:
    with units.writing() as unit:
        unit.session.get_one(PostRow, world.mumbai.post_id).calendar_id = "in-mumbai-sessions"
    out = str(tmp_path / "day.pdf")
    day = ("documents", "day", "mumbai-court", "2026-09-14", "--lang", "bn", "--out", out)
    assert run(*day).exit_code == 0
    assert Path(out).read_bytes().startswith(b"%PDF-")
    assert run(*day, "--week").exit_code == 0
    assert run(*day, "--room", "Courtroom 9").exit_code == 1
    assert run(*day, "--room", "Courtroom 1", "--week").exit_code == 2
    assert run("documents", "day", "nowhere", "2026-09-14", "--out", out).exit_code == 1


def test_the_journal_is_verified_and_its_break_is_named(run: Run, units: Units, app: Flask) -> None:
    with units.writing() as unit:
        journal.write(unit, "thing.done", subject="H-1", by=SYSTEM)
    whole = run("journal", "verify")
    assert whole.output.startswith("1 entries, all in place and unchanged.\nThe last is 1:")
    head = whole.output.splitlines()[1].removeprefix("The last is ").rstrip(".")
    assert "1 anchors outside the database hold." in run("journal", "verify", "--anchor", head).output
    other = run("journal", "verify", "--anchor", f"2:{head[2:]}")
    assert (other.exit_code, "entry 2 is not there. The journal was written anew." in other.output) == (1, True)
    assert run("journal", "verify", "--anchor", "2:x").exit_code == 1
    with app.app_context(), db.engine.begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER append_only_journal_update")
        connection.exec_driver_sql("UPDATE journal SET subject = 'H-2'")
    broken = run("journal", "verify")
    assert broken.exit_code == 1
    assert "entry 1 was changed after it was written" in broken.output


def test_an_account_is_opened_with_a_first_password_shown_once(run: Run) -> None:
    result = run("user", "add", "admin@court.example", "A. Administrator", "--role", "administrator")
    assert result.exit_code == 0, result.output
    assert result.output.startswith("First password of admin@court.example: ")


def test_an_account_at_an_unknown_post_is_refused(run: Run) -> None:
    result = run("user", "add", "c@court.example", "C. Coordinator", "--role", "coordinator", "--post", "atlantis")
    assert result.exit_code == 1
    assert "atlantis" in result.output


def test_calendars_that_are_due_are_read(run: Run, app: Flask, world: World) -> None:
    assert run("busy", "refresh").output == "0 calendars read.\n"
    units = app.extensions["vctestimony"].units
    with app.app_context(), units.writing() as unit:
        busy_times.subscribe(unit, world.mumbai.judge_id, "https://no-such-host.invalid/a.ics", by=SYSTEM)
    assert run("busy", "refresh").output == "1 calendars read.\n"
    with app.app_context(), units.reading() as unit:
        (line,) = busy_views.summary(unit, world.mumbai.judge_id, by=SYSTEM).calendars
    assert isinstance(line.failure, HostUnknown)


def test_a_role_that_does_not_exist_is_a_wrong_call(run: Run) -> None:
    assert run("user", "add", "c@court.example", "C", "--role", "king").exit_code == 2


def test_check_says_when_the_vault_has_another_key(run: Run, app: Flask, world: World) -> None:
    sealing = app.extensions["vctestimony"].units
    with app.app_context(), sealing.writing() as unit:
        witness = unit.session.get_one(WitnessRow, world.mumbai.witness_id)
        vault.put(unit, witness, {"name": "Rahima Begum"}, by=SYSTEM)
    assert run("check").exit_code == 0
    with app.app_context(), sealing.writing() as unit:
        unit.session.query(VaultRow).one().key_id = "of-another-installation"
    result = run("check")
    assert result.exit_code == 1
    assert "vault: no key at hand opens" in result.output


def test_the_first_password_is_told_only_until_it_is_changed(run: Run, app: Flask, settings: Settings) -> None:
    assert "This installation is empty" in run("demo", "--empty").output
    units = app.extensions["vctestimony"].units
    with app.app_context():
        assert "This installation is empty" in demo.sign_ins(units, settings.instance_dir)
        with units.writing() as unit:
            unit.session.query(AccountRow).one().must_change = False
        assert demo.sign_ins(units, settings.instance_dir) == ""


def test_a_broken_pack_stops_the_start_and_names_file_and_line(tmp_path: Path, database_url: str) -> None:
    shutil.copytree(PROJECT / "sop", tmp_path / "sop")
    pack = tmp_path / "sop" / "kerala.toml"
    pack.write_text(pack.read_text(encoding="utf-8") + "\n[[step]]\nid = \n", encoding="utf-8")
    line = len(pack.read_text(encoding="utf-8").splitlines())
    environ = {
        "VCT_INSTANCE": str(tmp_path / "instance"),
        "VCT_DATABASE_URL": database_url,
        "VCT_SOP": str(tmp_path / "sop"),
    }
    with pytest.raises(BrokenPack, match=rf"kerala\.toml:{line}"):
        create_app(Settings.from_env(environ))


def test_a_clock_that_was_set_back_is_a_note_of_the_journal_and_a_changed_entry_ends_with_one(
    run: Run, units: Units, clock: FrozenClock, database: Database
) -> None:
    for _ in range(2):
        with units.writing() as unit:
            journal.write(unit, "thing.done", subject="H-1", by=SYSTEM)
        clock.advance(hours=-1)
    noted = run("journal", "verify")
    assert noted.exit_code == 0
    assert "Note: entry 2 bears an earlier time (2026-09-01T04:00:00+00:00) than the entry before it" in noted.output
    assert "2 entries, all in place and unchanged.\n" in noted.output
    forge(database.engine, "UPDATE journal SET actor = 'x' WHERE id = 2")
    broken = run("journal", "verify")
    assert (broken.exit_code, "entry 2 was changed after it was written" in broken.output) == (1, True)
