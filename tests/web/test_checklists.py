"""Pages of a checklist: light in every language, ticked by one press, honest when two people press at once."""

from dataclasses import replace
from urllib.parse import urlsplit

import pytest

from tests.adapters.delivered_packs import PACKS
from tests.conftest import FindActor
from tests.services.planned import booked, listed
from tests.services.ticking import steps_of
from tests.web.browsing import HEAVIEST, Browser, Page
from tests.web.conftest import SignedIn
from tests.world import World
from vctestimony.domain.people import Role
from vctestimony.services.ports import Ports
from vctestimony.services.unit import Units
from vctestimony.store.models import DocumentRow, StepState

WAYS = ("", "?phase=D", "?open=1", "?all=1", "?duty=JUDGE", "?duty=CPC", "?duty=RPC")


@pytest.fixture
def ports(ports: Ports) -> Ports:
    return replace(ports, packs=lambda: PACKS)


@pytest.fixture
def requested(units: Units, world: World, actor: FindActor) -> str:
    """A hearing with a checklist and no time."""
    mumbai = actor(Role.COORDINATOR, "mumbai")
    listed(units, world, mumbai)
    return world.mumbai.hearing


@pytest.fixture
def path(units: Units, requested: str, actor: FindActor) -> str:
    """Where the checklist of a booked hearing is."""
    booked(units, requested, actor(Role.COORDINATOR, "mumbai"))
    return f"/hearings/{requested}/checklist"


@pytest.fixture
def clerk(signed_in: SignedIn) -> Browser:
    return signed_in(Role.COORDINATOR, "mumbai")


def ids(page: Page) -> list[str]:
    return [str(line["id"]).removeprefix("step-") for line in page.soup.select("li[id^=step-]")]


def press(page: Page, step: str) -> dict[str, str]:
    """What the step's button sends."""
    (button,) = page.soup.select(f"#step-{step} button[name=step]")
    return {"step": str(button["value"])}


@pytest.mark.parametrize("language", ["en", "hi", "bn"])
@pytest.mark.parametrize("way", WAYS)
def test_every_way_to_look_at_it_is_light_in_every_language(clerk: Browser, path: str, way: str, language: str) -> None:
    clerk.client.set_cookie("language", language, domain="127.0.0.1")
    page = clerk.get(path + way)
    assert ids(page)
    assert len(page.response.data) < HEAVIEST


def test_it_opens_at_the_first_phase_with_something_open(clerk: Browser, path: str) -> None:
    assert {step[0] for step in ids(clerk.get(path))} == {"A"}
    assert {step[0] for step in ids(clerk.get(f"{path}?phase=nonsense"))} == {"A"}


def test_each_phase_has_its_page_and_together_they_hold_every_step(clerk: Browser, path: str, units: Units) -> None:
    overview = clerk.get(f"{path}?all=1")
    phases = [ids(clerk.get(f"{path}?phase={letter}")) for letter in "AOSCTBDXP"]
    assert [step for phase in phases for step in phase] == ids(overview) == list(steps_of(units))


def test_what_comes_next_is_what_holds_the_next_move_and_then_what_is_due_first(
    clerk: Browser, path: str, units: Units
) -> None:
    shown = set(ids(clerk.get(f"{path}?open=1")))
    steps = steps_of(units)
    holding = {name for name, step in steps.items() if step.blocks == "confirm"}
    due = {name: step.due_at for name, step in steps.items() if step.due_at is not None and name not in holding}
    assert len(shown) == 30
    assert shown == holding | set(sorted(due, key=lambda name: due[name])[: 30 - len(holding)])


def test_of_a_duty_only_its_own_steps_are_shown(clerk: Browser, path: str, units: Units) -> None:
    steps = steps_of(units)
    shown = ids(clerk.get(f"{path}?duty=RPC"))
    assert shown == [name for name, step in steps.items() if {"RPC", "ALL"} & set(step.roles)]


def test_paper_is_of_whoever_has_the_duty_shown_and_may_be_filled_in_on_a_screen(clerk: Browser, path: str) -> None:
    whole, own = (
        {urlsplit(link).path.rpartition("/")[2] for link in clerk.get(path + way).links() if ".pdf" in link}
        for way in ("", "?duty=RPC")
    )
    assert (whole, own) == (
        {"checklist.pdf", "checklist-form.pdf"},
        {"checklist-role.pdf", "checklist-role-form.pdf"},
    )
    for link in clerk.get(f"{path}?duty=RPC").links():
        if "lang=en" in link and ".pdf" in link:
            assert clerk.ask(link).mimetype == "application/pdf"


def test_one_press_ticks_and_one_stays_where_one_was(clerk: Browser, path: str, units: Units) -> None:
    page = clerk.get(f"{path}?duty=CPC")
    answer = clerk.send(page, press(page, "C01"), to=f"{path}?duty=CPC")
    assert answer.headers["Location"] == f"{path}?duty=CPC#step-C01"
    assert steps_of(units)["C01"].state is StepState.DONE
    assert "Coordinator mumbai.example" in clerk.get(f"{path}?duty=CPC").text


@pytest.mark.parametrize("engine_name", ["sqlite", "postgresql"], indirect=True)
def test_of_two_who_press_at_once_the_second_is_told_who_was_first(
    clerk: Browser, signed_in: SignedIn, path: str, units: Units
) -> None:
    judge = signed_in(Role.PRESIDING_OFFICER, "mumbai")
    mine, theirs = clerk.get(f"{path}?phase=C"), judge.get(f"{path}?phase=C")
    judge.send(theirs, press(theirs, "C01"), to=f"{path}?phase=C")
    page = clerk.sent(mine, press(mine, "C01"), to=f"{path}?phase=C", status=409)
    assert "already settled by Presiding officer mumbai.example" in page.text
    assert steps_of(units)["C01"].acted_by == "Presiding officer mumbai.example"


def test_a_step_is_waived_and_taken_back_on_its_own_page_with_a_reason(clerk: Browser, path: str, units: Units) -> None:
    step = f"{path}/S13"
    refused = clerk.sent(clerk.get(step), {"what": "waive"}, to=f"{step}#waive", status=422)
    assert [str(one["href"]) for one in refused.soup.select("#summary a")] == ["#f-reason"]
    answer = clerk.send(refused, {"what": "waive", "reason": "the court's own software"}, to=f"{step}#waive")
    assert answer.headers["Location"] == f"{path}?phase=S#step-S13"
    assert steps_of(units)["S13"].state is StepState.WAIVED
    back = {"what": "take_back", "reason": "it is not, after all"}
    clerk.send(clerk.get(step), back, to=f"{step}#take-back")
    assert steps_of(units)["S13"].state is StepState.OPEN


def test_enter_in_a_field_of_a_step_does_what_the_button_beside_it_says(clerk: Browser, path: str) -> None:
    step = f"{path}/O01"
    told = {"what": "waive", "reason": "so ordered in court"}
    page = clerk.sent(clerk.get(step), told, to=f"{step}#waive", status=422)
    assert [str(one["href"]) for one in page.soup.select("#summary a")] == ["#f-ordered_by"]
    assert page.fields(f"{step}#waive")["reason"] == ["so ordered in court"]
    clerk.send(page, {"what": "waive", "ordered_by": "the judge, 3 August 2026"}, to=f"{step}#waive")
    settled = clerk.get(step)
    for form in [*page.soup.select("main form"), *settled.soup.select("main form")]:
        assert len(form.select("button")) == 1
    assert page.form(f"{step}#waive").select("[name=ordered_by]")


def test_the_mission_is_offered_its_own_steps_only(signed_in: SignedIn, path: str, units: Units) -> None:
    official = signed_in(Role.MISSION_OFFICIAL)
    page = official.get(f"{path}?phase=C")
    offered = {str(button["value"]).partition(".")[0] for button in page.soup.select("button[name=step]")}
    assert "C02" in offered
    assert "C01" not in offered
    before = steps_of(units)["O01"]
    sent = official.sent(page, {"step": f"O01.{before.version}"}, to=f"{path}?phase=C", status=403)
    assert "for somebody else to tick" in sent.text
    assert steps_of(units)["O01"].state is StepState.OPEN
    assert "for somebody else to settle" in official.get(f"{path}/O01").text


@pytest.mark.parametrize("value", ["", "C01", "C01.", "C01.x", "C01.²", "Z99.1", "C01.99999", "../../x.1"])
def test_a_made_up_press_changes_nothing(clerk: Browser, path: str, units: Units, value: str) -> None:
    page = clerk.get(f"{path}?phase=C")
    fields = {name: values[0] for name, values in page.fields(f"{path}?phase=C").items()}
    headers = {"Sec-Fetch-Site": "same-origin"}
    answer = clerk.ask(f"{path}?phase=C", "POST", data={**fields, "step": value}, headers=headers)
    assert answer.status_code in (404, 409, 422)
    assert {step.state for step in steps_of(units).values()} == {StepState.OPEN}


def test_a_step_that_is_not_there_is_not_found(clerk: Browser, path: str) -> None:
    clerk.get(f"{path}/Z99", status=404)


def test_another_court_finds_nothing(signed_in: SignedIn, path: str) -> None:
    stranger = signed_in(Role.COORDINATOR, "pune")
    for address in (path, f"{path}/C01", f"{path}.pdf"):
        assert stranger.ask(address).status_code == 404


def test_the_interpreter_reads_and_is_offered_nothing(signed_in: SignedIn, path: str) -> None:
    interpreter = signed_in(Role.INTERPRETER)
    assert interpreter.get(path).soup.select("main button[name=step]") == []
    assert interpreter.get(f"{path}/D06").soup.select("main form") == []


@pytest.mark.parametrize(
    ("asked", "language"),
    [("?lang=hi", "hi"), ("?lang=bn", "bn"), ("", "en"), ("?lang=../../x", "en"), ("?lang=fr", "en"), ("?lang=", "en")],
)
def test_the_paper_comes_in_the_language_asked_for_or_the_readers(
    clerk: Browser, path: str, units: Units, asked: str, language: str
) -> None:
    answer = clerk.ask(f"{path}.pdf{asked}")
    assert answer.status_code == 200
    assert answer.mimetype == "application/pdf"
    assert answer.data.startswith(f"%PDF-1.7 checklist {language} ".encode())
    assert answer.headers["Cache-Control"] == "no-store"
    with units.reading() as unit:
        row = unit.session.query(DocumentRow).one()
        assert row.language == language
        assert answer.headers["Content-Disposition"] == f'inline; filename="checklist-{row.number}-1.pdf"'


def test_before_there_is_a_time_paper_is_refused_with_what_to_do(clerk: Browser, requested: str) -> None:
    page = clerk.get(f"/hearings/{requested}/checklist.pdf", status=409)
    assert "Book a time first" in page.text
