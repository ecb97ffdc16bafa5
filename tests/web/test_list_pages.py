"""The page of a post's lists, and the lists as PDF."""

import pytest

from tests.web.conftest import SignedIn
from tests.world import World
from vctestimony.domain.people import Role

PAPERS = "/posts/mumbai-court/papers"


@pytest.mark.usefixtures("world")
def test_a_day_of_a_room_and_a_week_are_chosen_and_come_as_pdf(signed_in: SignedIn, world: World) -> None:
    clerk = signed_in(Role.COORDINATOR, "mumbai")
    assert clerk.get("/posts/mumbai-court").soup.select_one(f'a[href="{PAPERS}"]')
    page = clerk.get(PAPERS)
    assert [option["value"] for option in page.soup.select("#f-room option")] == ["", str(world.mumbai.room_id)]
    for path in (
        f"day.pdf?on=2026-09-14&lang=bn&room={world.mumbai.room_id}",
        "day.pdf?on=2026-09-14&lang=en&room=",
        "week.pdf?on=2026-09-14&lang=hi&room=",
    ):
        answer = clerk.ask(f"{PAPERS}/{path}")
        assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    assert clerk.ask(f"{PAPERS}/day.pdf?on=soon").status_code == 422


@pytest.mark.usefixtures("world")
def test_another_court_is_told_nothing_and_offered_nothing(signed_in: SignedIn) -> None:
    pune = signed_in(Role.COORDINATOR, "pune")
    for path in (PAPERS, f"{PAPERS}/day.pdf?on=2026-09-14", f"{PAPERS}/week.pdf?on=2026-09-14"):
        assert pune.ask(path).status_code == 403
    assert not pune.get("/posts/mumbai-court").soup.select(f'a[href="{PAPERS}"]')


@pytest.mark.usefixtures("world")
def test_a_month_is_asked_for_once_and_a_wrong_date_keeps_what_was_typed(signed_in: SignedIn) -> None:
    clerk, to = signed_in(Role.COORDINATOR, "mumbai"), f"{PAPERS}/month"
    page = clerk.get(PAPERS)
    again = clerk.sent(page, {"month": "soon"}, to=to, status=422)
    assert again.soup.select_one("#f-month[value=soon]")
    assert again.soup.select_one("#f-on[value]:not([value=''])")
    answer = clerk.send(page, {"month": "14/9/2026", "language": "bn"}, to=to)
    assert clerk.follow(answer).soup.select_one('form[action$="/cancel"]')
    assert signed_in(Role.COORDINATOR, "pune").ask(str(answer.headers["Location"])).status_code == 404
