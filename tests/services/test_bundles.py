"""Many documents at once: asked for, made by a worker, taken up by another, cancelled, failing in part, forgotten."""

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

import pytest
import sqlalchemy as sa

from tests.adapters.delivered_packs import PACKS
from tests.conftest import FindActor
from tests.fakes import FakePress, FrozenClock, PlainWords
from tests.services.planned import booked, listed
from tests.world import World
from vctestimony.domain.access import Actor
from vctestimony.domain.documents import KINDS, About
from vctestimony.domain.errors import Absent, NotAllowed
from vctestimony.domain.paper import PaperFailed, Sheet
from vctestimony.domain.people import Role
from vctestimony.services import bundles, journal
from vctestimony.services.bundle_making import make_one
from vctestimony.services.bundle_views import BundlePage, own, page
from vctestimony.services.chores import Chores
from vctestimony.services.papers.register import MAKERS
from vctestimony.services.ports import Ports
from vctestimony.services.unit import NotRead, Units
from vctestimony.store.models import AccountRow, BundleForm, BundleRow, DocumentRow, HearingRow, StepRow


class Killed(BaseException):
    """The process ends in the middle of a print, as by a signal: nothing of it runs any more."""


@dataclass(slots=True)
class FickleFakePress(FakePress):
    """Fails for some documents; is killed at its `dies_at`-th print."""

    fails: frozenset[str] = frozenset()
    dies_at: int = 0
    drawn: list[str] = field(default_factory=list)

    def paper(self, document: str, sheet: Sheet, *, lang: str, attachments: Mapping[str, bytes] | None = None) -> bytes:
        """The document, unless something goes wrong."""
        if document in self.fails:
            raise PaperFailed(document=f"{document}.html", cause="field “sheet.due”")
        if len(self.drawn) + 1 == self.dies_at:
            raise Killed
        self.drawn.append(document)
        return super(FickleFakePress, self).paper(document, sheet, lang=lang, attachments=attachments)


@pytest.fixture
def ports(ports: Ports) -> Ports:
    return replace(ports, packs=lambda: PACKS, press=FickleFakePress())


@pytest.fixture
def press(ports: Ports) -> FickleFakePress:
    assert isinstance(ports.press, FickleFakePress)
    return ports.press


@pytest.fixture
def hearing(units: Units, world: World, mumbai: Actor) -> str:
    """A booked hearing with its checklist."""
    listed(units, world, mumbai)
    booked(units, world.mumbai.hearing, mumbai)
    return world.mumbai.hearing


def asked(units: Units, hearing: str, by: Actor) -> str:
    with units.writing() as unit:
        return bundles.ask_for_hearing(unit, hearing, language="en", by=by)


def seen(units: Units, reference: str, by: Actor) -> BundlePage:
    with units.reading() as unit:
        return page(unit, reference, by=by)


def fetched(units: Units, reference: str, form: BundleForm, by: Actor) -> bytes:
    with units.writing() as unit:
        return bundles.fetch(unit, reference, form, by=by).content


def names_in(content: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        return archive.namelist()


def test_everything_is_printed_once_numbered_journalled_and_comes_as_the_same_bytes_again(
    units: Units, hearing: str, mumbai: Actor, press: FickleFakePress
) -> None:
    reference = asked(units, hearing, mumbai)
    assert asked(units, hearing, mumbai) == reference
    assert make_one(units, owner="one")
    assert not make_one(units, owner="one")
    shown = seen(units, reference, mumbai)
    wanted = {code for code in MAKERS if KINDS[code].about in {About.HEARING, About.PERSON}}
    assert shown.summary.is_done
    assert not shown.failed
    assert {KINDS[code].title for code in wanted} == {one.title for one in shown.printed} | {
        one.title for one in shown.left_out
    }
    with units.reading() as unit:
        rows = unit.session.query(DocumentRow).all()
        assert {one.number for one in shown.printed} == {row.number for row in rows if row.kind != "contents"}
        told = [entry.action for entry in journal.history(unit, hearing)]
    assert told.count("document.printed") == len(press.drawn) == len(rows)
    whole = fetched(units, reference, BundleForm.ZIP, mumbai)
    assert len(names_in(whole)) == len(shown.printed) + 2
    again = asked(units, hearing, mumbai)
    assert again != reference
    make_one(units, owner="one")
    for form in BundleForm:
        assert fetched(units, again, form, mumbai) == fetched(units, reference, form, mumbai)


def test_a_worker_that_dies_leaves_what_it_printed_and_another_goes_on_from_there(
    units: Units, hearing: str, mumbai: Actor, press: FickleFakePress, clock: FrozenClock
) -> None:
    reference = asked(units, hearing, mumbai)
    press.dies_at = 3
    with pytest.raises(Killed):
        make_one(units, owner="dead")
    press.dies_at = 0
    assert len(seen(units, reference, mumbai).printed) == 2
    assert not make_one(units, owner="too early")
    clock.advance(seconds=61)
    assert make_one(units, owner="other")
    shown = seen(units, reference, mumbai)
    assert shown.summary.is_done
    assert len(press.drawn) == len(shown.printed) + 1, "a document was drawn twice"


def test_a_slow_worker_that_lost_its_turn_keeps_its_document_and_no_second_one(
    units: Units, hearing: str, mumbai: Actor, press: FickleFakePress, ports: Ports, clock: FrozenClock
) -> None:
    reference = asked(units, hearing, mumbai)

    @dataclass(slots=True)
    class Slow(FickleFakePress):
        """While the first document is drawn, the lease runs out and another worker makes everything."""

        def paper(self, document: str, sheet: Sheet, *, lang: str, attachments: object = None) -> bytes:
            """The other one is through before this is drawn."""
            clock.advance(seconds=61)
            assert make_one(units, owner="quick")
            self.drawn.append(document)
            return b"%PDF slow"

    slow = Slow()
    make_one(units.with_ports(replace(ports, press=slow)), owner="slow")
    assert len(slow.drawn) == 1
    assert seen(units, reference, mumbai).summary.is_done
    assert b"%PDF slow" not in fetched(units, reference, BundleForm.ZIP, mumbai)


def test_cancelled_within_one_document_and_then_nothing_is_kept(
    units: Units, hearing: str, mumbai: Actor, press: FickleFakePress, ports: Ports
) -> None:
    reference = asked(units, hearing, mumbai)

    @dataclass(slots=True)
    class Cancelling(FickleFakePress):
        """Somebody cancels while the first document is drawn."""

        def paper(self, document: str, sheet: Sheet, *, lang: str, attachments: object = None) -> bytes:
            """One document, never a second."""
            assert not self.drawn
            self.drawn.append(document)
            with units.writing() as unit:
                bundles.cancel(unit, reference, by=mumbai)
            return b"%PDF"

    make_one(units.with_ports(replace(ports, press=Cancelling())), owner="one")
    shown = seen(units, reference, mumbai)
    assert not shown.summary.is_open
    assert not shown.printed
    assert not shown.downloads
    with units.writing() as unit, pytest.raises(bundles.NotInHand):
        bundles.cancel(unit, reference, by=mumbai)


def test_a_document_that_fails_is_named_with_its_reason_and_the_others_are_kept(
    units: Units, hearing: str, mumbai: Actor, press: FickleFakePress
) -> None:
    press.fails = frozenset({"checklist"})
    reference = asked(units, hearing, mumbai)
    make_one(units, owner="one")
    shown = seen(units, reference, mumbai)
    assert shown.summary.is_done
    assert [one.title for one in shown.failed] == ["SOP checklist"]
    assert "sheet.due" in shown.failed[0].why
    whole = fetched(units, reference, BundleForm.ZIP, mumbai)
    assert not [name for name in names_in(whole) if "-checklist-D-" in name]
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        assert "SOP checklist: The document" in archive.read("contents.txt").decode()


def test_without_a_time_what_needs_one_is_left_out_with_the_reason(units: Units, world: World, mumbai: Actor) -> None:
    reference = asked(units, world.mumbai.hearing, mumbai)
    make_one(units, owner="one")
    shown = seen(units, reference, mumbai)
    assert "Book a time first" in {one.title: one.why for one in shown.left_out}["SOP checklist"]


def test_only_the_asker_has_it_only_while_allowed_and_only_for_seven_days(
    units: Units, hearing: str, mumbai: Actor, actor: FindActor, clock: FrozenClock
) -> None:
    reference = asked(units, hearing, mumbai)
    make_one(units, owner="one")
    for other in (actor(Role.PRESIDING_OFFICER, "mumbai"), actor(Role.COORDINATOR, "pune")):
        with pytest.raises(Absent):
            seen(units, reference, other)
    with pytest.raises(Absent):
        fetched(units, reference, BundleForm.ZIP, replace(mumbai, post_id=None, official_id=None))
    with units.reading() as unit:
        assert [one.reference for one in own(unit, by=mumbai)] == [reference]
        [summary] = own(unit, by=mumbai)
        assert summary.done == summary.total > 20
        assert own(unit, by=replace(mumbai, post_id=None, official_id=None)) == ()
    clock.advance(days=7)
    with pytest.raises(Absent):
        seen(units, reference, mumbai)
    Chores()(units)
    with units.reading() as unit:
        assert own(unit, by=mumbai) == ()
        assert unit.session.query(DocumentRow).count() > 0


@dataclass(slots=True)
class LostOnce(PlainWords):
    """The database goes away while the first document is put together."""

    lost: bool = False

    def gettext(self, lang: str, text: str) -> str:
        """The text, from the second time on."""
        if not self.lost:
            self.lost = True
            raise sa.exc.OperationalError("SELECT", {}, Exception("away"))
        return text


def test_a_bundle_outlives_a_database_that_was_away(units: Units, hearing: str, mumbai: Actor) -> None:
    reference = asked(units, hearing, mumbai)
    with pytest.raises(NotRead):
        make_one(units.with_ports(replace(units.ports, words=LostOnce())), owner="one")
    assert seen(units, reference, mumbai).summary.is_open
    with units.writing() as unit:
        unit.session.query(BundleRow).update({"leased_until": unit.now})
    assert make_one(units, owner="two")
    assert seen(units, reference, mumbai).summary.is_done


def test_a_document_that_cannot_be_put_together_fails_alone(units: Units, hearing: str, mumbai: Actor) -> None:
    reference = asked(units, hearing, mumbai)
    with units.writing() as unit:
        unit.session.query(StepRow).filter_by(step_id="A01").update({"content": {}})
    assert make_one(units, owner="one")
    shown = seen(units, reference, mumbai)
    assert shown.summary.is_done
    assert "SOP checklist" in {one.title for one in shown.failed}
    assert shown.printed


def test_the_bundle_ends_when_the_asker_may_print_no_more(units: Units, hearing: str, mumbai: Actor) -> None:
    reference = asked(units, hearing, mumbai)
    with units.writing() as unit:
        unit.session.get_one(AccountRow, mumbai.account_id).is_active = False
    make_one(units, owner="one")
    shown = seen(units, reference, mumbai)
    assert (shown.summary.is_open, shown.printed, shown.downloads) == (False, (), ())


def test_a_month_of_day_sheets_holds_the_days_with_hearings(
    units: Units, world: World, hearing: str, mumbai: Actor, actor: FindActor
) -> None:
    with units.reading() as unit:
        code = unit.session.get_one(HearingRow, world.mumbai.hearing_id).court.code
    with units.writing() as unit:
        reference = bundles.ask_for_month(unit, code, date(2026, 9, 20), language="en", by=mumbai)
    pune = actor(Role.COORDINATOR, "pune")
    with units.writing() as unit, pytest.raises(NotAllowed):
        bundles.ask_for_month(unit, code, date(2026, 9, 20), language="en", by=pune)
    make_one(units, owner="one")
    shown = seen(units, reference, mumbai)
    assert [one.whom for one in shown.printed] == ["2026-09-14"]
    assert [(one.whom, one.why) for one in shown.left_out] == [("", "No hearing on 29 days of the month.")]
    with zipfile.ZipFile(io.BytesIO(fetched(units, reference, BundleForm.ZIP, mumbai))) as archive:
        listed = archive.read("contents.txt").decode()
    assert "September 2026" in listed
    assert "2026-09-15" not in listed
