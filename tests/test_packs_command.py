"""`flask packs list` and `flask packs diff`: what there is and what differs, as a lawyer reads it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from tests.adapters.test_packs import HEAD, STEP, folder
from vctestimony.adapters.packs import load_packs
from vctestimony.composition import create_app
from vctestimony.config import Settings
from vctestimony.services import editions
from vctestimony.services.unit import Units
from vctestimony.store.db import db

Run = Callable[..., Result]
COURT = (
    HEAD.replace('"base"', '"kerala"').replace("selects.always = true", 'selects.high_court = "kerala"')
    + """\
[[change]]
id = "B01"
difference.en = "Earlier in Kerala."
difference.hi = "केरल में पहले।"
difference.bn = "কেরলে আগে।"
offset = "T-3h"
"""
)
RAISED = HEAD.replace(
    "[[pack.changelog]]",
    '[[pack.changelog]]\nversion = "1.3"\non = 2027-01-31\nwhat = "After the first hearings."\n[[pack.changelog]]',
).replace('version = "1.2"', 'version = "1.3"', 1)
SECOND = STEP.replace("B01", "B02").replace("Be ready.", "Look around.")
SHIFTED = STEP.replace("T-30m", "T-45m").replace('blocks = "start"\n', "").replace('["video_declined"]', '["child"]')


@pytest.fixture
def engine_name() -> str:
    return "sqlite"


@pytest.fixture
def before(tmp_path: Path) -> Path:
    return folder(new(tmp_path / "before"), base=HEAD + STEP + SECOND, kerala=COURT)


@pytest.fixture
def after(tmp_path: Path) -> Path:
    third = SECOND.replace("B02", "B03")
    return folder(new(tmp_path / "after"), base=RAISED + SHIFTED + third, kerala=COURT.replace("T-3h", "T-2h"))


@pytest.fixture
def run(database_url: str, tmp_path: Path, before: Path, units: Units) -> Run:
    """A command of a service whose files are those of `after`, or of another folder, and that used those of before."""
    with units.writing() as unit:
        editions.keep(unit, load_packs(before))

    def call(*words: str, sop: Path) -> Result:
        given = {"VCT_INSTANCE": str(tmp_path / "instance"), "VCT_DATABASE_URL": database_url, "VCT_SOP": str(sop)}
        app = create_app(Settings.from_env(given))
        try:
            return app.test_cli_runner().invoke(args=list(words))
        finally:
            with app.app_context():
                db.engine.dispose()

    return call


def new(place: Path) -> Path:
    place.mkdir()
    (place / "calendars").mkdir()
    return place


BASE_CHANGED = """\
base: from version 1.2 to version 1.3
  changelog 1.3, 2027-01-31: After the first hearings.
  The head:
    Version:
      before: 1.2
      after:  1.3
  Steps added:
    B03 Look around.
  Steps removed:
    B02 Look around.
  Steps changed:
    B01
      When:
        before: 30 minutes before the start of the hearing
        after:  45 minutes before the start of the hearing
      Applies:
        before: none of: The court has declined video evidence
        after:  none of: The witness is a child
      What waits for it:
        before: the start
        after:  nothing
"""
COURT_CHANGED = """\
kerala: version 1.2 in both, with different contents
  What it changes in other packs:
    B01 (changed)
      When:
        before: 3 hours before the start of the hearing
        after:  2 hours before the start of the hearing
"""


def test_what_differs_is_told_in_words_for_folders_files_and_kept_editions(run: Run, before: Path, after: Path) -> None:
    of_base = (str(before / "base.toml"), "base@1.2")
    for old, newer, told in (
        (str(before), str(after), BASE_CHANGED + COURT_CHANGED),
        *((old, newer, BASE_CHANGED) for old in of_base for newer in (str(after), str(after / "base.toml"), "base")),
        ("kerala@1.2", "kerala", COURT_CHANGED),
        ("base@1.2", str(before), "No difference.\n"),
    ):
        result = run("packs", "diff", old, newer, sop=after)
        assert (result.exit_code, result.output) == (0, told), (old, newer)


@pytest.mark.parametrize("name", ["base@9", "nowhere", "sources@", "base@"])
def test_what_is_not_there_is_refused(run: Run, after: Path, name: str) -> None:
    result = run("packs", "diff", name, "base", sop=after)
    assert result.exit_code == 1
    assert f"No edition {name} is kept" in result.output


def test_the_list_says_how_many_editions_are_kept(run: Run, after: Path) -> None:
    lines = run("packs", "list", sop=after).output.splitlines()
    assert [line.split() for line in lines[1:]] == [
        ["base", "1.3", "draft", "2026-11-23", "1"],
        ["kerala", "1.2", "draft", "2026-11-23", "1"],
    ]


def test_check_names_a_pack_that_changed_under_a_version_in_use(run: Run, after: Path) -> None:
    result = run("check", sop=after)
    assert result.exit_code == 1
    (named,) = [line for line in result.output.splitlines() if "has been in use with another content" in line]
    number = COURT.splitlines().index('version = "1.2"') + 1
    assert named.startswith(f"kerala.toml:{number}: version: Version 1.2 has been in use")
