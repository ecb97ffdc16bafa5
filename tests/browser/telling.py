"""The steps of a hearing as a coordinator takes them in the browser, one function a step."""

import itertools
import re
from collections.abc import Mapping

from tests.browser.desk import Desk
from tests.browser.serving import Server, body_of

COORDINATOR = "coordinator@mumbai.court.example"
ADMINISTRATOR = "administrator@service.example"
CONSUL = "consular@dhaka.mission.example"
INTERPRETER = "interpreter@mumbai.court.example"
_NUMBERS = itertools.count(501)
CASE = {
    "cause_title": "State v. Doe",
    "sections": "BNS 143, 144",
    "stage": "Prosecution evidence",
    "instance": "sessions",
    "rule_pack": "bombay",
    "instituted_on": "14/1/2026",
    "regime": "bnss",
}
ORDER = {
    "made_on": "24 August 2026",
    "order_reference": "Exh. 48",
    "signing": "paper",
    "route": "A",
    "host_consent": "Note 12 of 26 August 2026",
}
IDENTITY = {
    "vault_name": "নাজমা পারভীন কেনারী",
    "vault_parentage": "Canaryfather Sheikh",
    "vault_address": "Canary Lane 7, Jashore",
    "vault_contact": "+880 1999 777123",
    "vault_identity_number": "BX0777123",
}
WITNESS = {
    "pseudonym": "PW-11",
    "languages": "Bengali",
    "nationality": "BD",
    "identity_document": "passport",
    "documents_to_show": "",
}
PEOPLE = {
    "seat_JUDGE": "मृणाल",
    "seat_CPC": "Vaishali",
    "seat_APP": "Farokh",
    "seat_DEF": "Sunanda",
    "seat_RPC": "Kavita",
    "seat_INT": "নাসরিন চৌধুরী",
}


def reference(desk: Desk) -> str:
    """The public reference in the address of the page."""
    found = re.search(r"/([CHW]-[0-9A-Z]{8})", desk.page.url)
    assert found, desk.page.url
    return found[1]


def register(desk: Desk, *, case: Mapping[str, str] = CASE, signing: str = "paper") -> str:
    """A case with its order and its witness; gives the case's reference. The number is one that nobody has yet."""
    desk.go("/cases/new")
    desk.fill(**{"number": f"Sessions Case {next(_NUMBERS)}/2026", **case})
    desk.answer_all("trafficking")
    desk.press("Save the case")
    found = reference(desk)
    desk.go(f"/cases/{found}/order")
    desk.fill(**ORDER | {"signing": signing})
    desk.answer_all("in_camera")
    desk.press("Save the order")
    desk.go(f"/cases/{found}/witness")
    desk.fill(**WITNESS, **IDENTITY)
    desk.answer_all("interpreter", "vulnerable")
    desk.press("Save the witness")
    return found


def plan(desk: Desk, case: str) -> str:
    """A hearing with its rooms, and nobody named; gives its reference. The page of its people is open."""
    desk.go(f"/hearings/new?case={case}")
    desk.choose("witness", "PW-11")
    desk.choose("order", "Exh. 48")
    desk.choose("court_room", "Courtroom 1")
    desk.choose("remote_room", "High Commission of India, Dhaka: Conference room")
    desk.choose("link", "link 3")
    desk.fill(pre_minutes="15", main_minutes="60", post_minutes="15")
    desk.press("Save and name the people")
    return reference(desk)


def name(desk: Desk, hearing: str, people: Mapping[str, str] = PEOPLE) -> None:
    """Name the people of the hearing."""
    desk.go(f"/hearings/{hearing}/people")
    for seat, who in people.items():
        desk.choose(seat, who)
    desk.press("Save the people")


def book_first(desk: Desk, hearing: str, *, days: tuple[str, str] = ("7/9/2026", "30/9/2026")) -> None:
    """Look for times in those days and book the first."""
    desk.go(f"/hearings/{hearing}/find")
    desk.fill(**{"from": days[0], "to": days[1]})
    desk.press("Search these days")
    with desk.page.expect_navigation():
        desk.page.locator("main table a.btn").first.click()
    assert "Mail that will leave" in desk.text()
    desk.press("Book and send the invitations")


def answer_link(server: Server, to: str, hearing: str, *, sequence: int = 0) -> str:
    """The path of the answer link in that person's invitation."""
    mail = server.mail(to, hearing=hearing, method="REQUEST", sequence=sequence)
    found = re.findall(r"/answer/[A-Za-z0-9._~-]+", body_of(mail))
    assert found, body_of(mail)
    path: str = found[0]
    return path


OTHERWISE = "Tick with a time, note or file, or waive"


def close_gate(desk: Desk, hearing: str, gate: str) -> int:
    """Tick every step that stands before the gate, from the hearing's checklist; gives how many there were."""
    settled = 0
    while True:
        if not desk.page.url.endswith(f"/hearings/{hearing}/checklist?open=1"):
            desk.go(f"/hearings/{hearing}/checklist?open=1")
        waiting = desk.page.locator("main li", has=desk.page.locator(f"strong:text-is('{gate}')"))
        if not waiting.count():
            return settled
        with desk.page.expect_navigation():
            waiting.first.get_by_role("link", name=OTHERWISE).click()
        desk.fill(note="Done, the steps before it are done elsewhere.")
        desk.press("Tick")
        settled += 1


def waive_first(desk: Desk, hearing: str, gate: str, *, reason: str) -> str:
    """Waive the first step that stands before the gate; gives its number."""
    desk.go(f"/hearings/{hearing}/checklist?open=1")
    waiting = desk.page.locator("main li", has=desk.page.locator(f"strong:text-is('{gate}')")).first
    step = (waiting.locator(".step-id").text_content() or "").strip()
    with desk.page.expect_navigation():
        waiting.get_by_role("link", name=OTHERWISE).click()
    desk.page.get_by_text("It need not be done").click()
    desk.fill(reason=reason, ordered_by="the presiding officer, in the order of 1 September")
    desk.press("Waive with this reason")
    return step
