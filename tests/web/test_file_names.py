"""A file's name is somebody else's text: what is sent under any name is kept and given back under a name of ours."""

import re
from io import BytesIO

import pytest

from tests.web.conftest import SignedIn
from tests.web.test_headers_everywhere import FROM_US, missing
from tests.world import World
from vctestimony.domain.people import Role

NAMES = (
    "../../x.ics",
    "CON",
    'a"\r\nX-Evil: y',
    "x" * 300 + ".csv",
    "শপথ.pdf",
    "a\x00b.csv",
    "\u202egpj.exe",
    "",
    "..",
)
NEUTRAL = re.compile(r'(?:inline|attachment); filename="[A-Za-z0-9][A-Za-z0-9._-]{0,80}"')
GIVEN = (
    *("/posts/calendar-template.csv", "/posts/mumbai-court/calendar/entries.csv"),
    *("/posts/mumbai-court/calendar/closures.ics", "/posts/mumbai-court/papers/day.pdf?on=2026-09-14"),
)


@pytest.mark.abuse(50)
@pytest.mark.asvs("5.3.2", "5.4.1", "5.4.2")
@pytest.mark.parametrize("name", NAMES)
def test_a_file_of_any_name_is_taken_or_refused_and_its_name_is_nowhere(
    signed_in: SignedIn, world: World, name: str
) -> None:
    browser = signed_in(Role.COORDINATOR, "mumbai")
    token = str(browser.get("/hearings").soup.select("input[name=csrf_token]")[0]["value"])
    doors = ("/verify", "/posts/mumbai-court/calendar/import", f"/officials/{world.mumbai.judge_id}/busy/upload")
    for door in doors:
        sent = {"csrf_token": token, "file": (BytesIO(b"kind,first\r\nclosed,2026-01-01\r\n"), name)}
        answer = browser.ask(door, "POST", data=sent, headers=FROM_US)
        assert answer.status_code in {200, 303, 422}, door
        assert missing(answer) == []
        assert "X-Evil" not in answer.headers
        assert len(name) < 4 or name.encode() not in answer.data


@pytest.mark.abuse(50)
@pytest.mark.asvs("5.4.1", "5.4.2")
@pytest.mark.parametrize("address", GIVEN)
def test_what_is_given_away_has_a_neutral_name(signed_in: SignedIn, address: str) -> None:
    answer = signed_in(Role.COORDINATOR, "mumbai").ask(address)
    assert answer.status_code == 200
    assert NEUTRAL.fullmatch(answer.headers["Content-Disposition"])
