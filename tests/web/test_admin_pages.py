"""The administrator's pages: accounts, places, the local mailbox, the journal's wholeness; and who may not see them."""

from email.message import EmailMessage
from email.policy import SMTP

import pytest
import sqlalchemy as sa

from tests.conftest import Database
from tests.web.browsing import Browser
from tests.web.conftest import SIGN_IN, SignedIn
from tests.world import World, email_of
from vctestimony.domain.access import SYSTEM
from vctestimony.domain.people import Role
from vctestimony.services import journal
from vctestimony.services.ports import Ports
from vctestimony.services.unit import Units
from vctestimony.store.models import JournalRow
from vctestimony.web.mailbox import MOST_LISTED

NEW = "/admin/accounts/new"
PATHS = ("/admin", "/admin/accounts", NEW, "/admin/mailbox", "/admin/journal")
SCRIPT = "<script>alert(1)</script>"


@pytest.fixture
def administrator(signed_in: SignedIn) -> Browser:
    return signed_in(Role.ADMINISTRATOR)


def newcomer(world: World, **values: str) -> dict[str, str]:
    form = {"name": "Asha Rao", "email": "asha.rao@mumbai.example", "role": "coordinator", "language": "en"}
    return form | {"post": str(world.mumbai.post_id), "way": "paper"} | values


def stored_mail(ports: Ports) -> bytes:
    mail = EmailMessage(policy=SMTP)
    mail["Message-ID"] = "<one@court.example>"
    mail["To"] = "rina.das@dhaka.example"
    mail["From"] = "calendar@court.example"
    mail["Subject"] = "Hearing on 14 September শুনানি"
    mail["Date"] = "Tue, 01 Sep 2026 05:00:00 +0000"
    mail.set_content("Answer: http://127.0.0.1:8000/answer/abc.\nNot ours: http://127.0.0.1:8000.evil.example/x\n")
    mail.add_alternative(f"<p>{SCRIPT}</p>", subtype="html")
    mail.add_attachment(b"BEGIN:VCALENDAR", maintype="application", subtype="ics", filename="hearing.ics")
    raw = mail.as_bytes()
    ports.sender.send(raw, to="rina.das@dhaka.example")
    return raw


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_no_other_role_sees_any_of_it(signed_in: SignedIn, role: Role) -> None:
    browser = signed_in(role)
    assert {path: browser.ask(path).status_code for path in PATHS} == dict.fromkeys(PATHS, 403)


@pytest.mark.parametrize("path", PATHS)
def test_every_page_opens_for_the_administrator(administrator: Browser, path: str) -> None:
    administrator.get(path)


def test_an_account_is_opened_with_a_password_that_is_shown_once(
    administrator: Browser, browser: Browser, world: World
) -> None:
    form = administrator.get(NEW)
    shown = administrator.sent(form, newcomer(world), to=NEW)
    password = next(text for text in shown.text.split() if text.count("-") == 3)
    signing = {"email": "asha.rao@mumbai.example", "password": password}
    browser.send(browser.get(SIGN_IN), signing, to=SIGN_IN)
    assert browser.get("/account/password").heading == "Change your password"
    again = administrator.send(form, newcomer(world), to=NEW)
    assert again.headers["Location"] == "/admin/accounts"
    rows = administrator.get("/admin/accounts").rows()
    assert [row for row in rows if "Asha Rao" in row[0]] == [
        [
            "Asha Rao first password no second step",
            "asha.rao@mumbai.example",
            "Court coordinator",
            "Mumbai: mumbai-court",
        ]
    ]


def test_an_account_that_cannot_be_opened_keeps_what_was_typed(administrator: Browser, world: World) -> None:
    taken = newcomer(world, email=email_of(Role.COORDINATOR))
    page = administrator.sent(administrator.get(NEW), taken, to=NEW, status=409)
    assert "There is already an account with this e-mail address." in page.text
    assert page.fields(NEW)["name"] == ["Asha Rao"]
    assert page.fields(NEW)["post"] == [str(world.mumbai.post_id)]


def test_fields_the_form_does_not_have_change_nothing(administrator: Browser, world: World) -> None:
    smuggled = newcomer(world, must_change="", is_active="no", password_hash="x", id="1")
    administrator.sent(administrator.get(NEW), smuggled, to=NEW)
    assert any("Asha Rao first password" in row[0] for row in administrator.get("/admin/accounts").rows())


def test_a_disabled_account_says_so_and_can_be_let_in_again(administrator: Browser, world: World) -> None:
    path = f"/admin/accounts/{world.account_id(Role.SUPPORT)}"
    administrator.send(administrator.get(path), {}, to=f"{path}/disable")
    assert any("disabled" in row[0] for row in administrator.get("/admin/accounts").rows())
    shown = administrator.sent(administrator.get(path), {}, to=f"{path}/enable")
    assert shown.heading == "First password"


def test_the_last_administrator_is_told_why_not(administrator: Browser, world: World) -> None:
    path = f"/admin/accounts/{world.account_id(Role.ADMINISTRATOR)}"
    page = administrator.sent(administrator.get(path), {}, to=f"{path}/disable", status=409)
    assert "This is the only administrator." in page.text


def test_an_account_that_does_not_exist_is_not_there(administrator: Browser) -> None:
    administrator.get("/admin/accounts/999", status=404)


def test_the_mailbox_lists_and_opens_mail_without_running_any_of_it(administrator: Browser, app_ports: Ports) -> None:
    raw = stored_mail(app_ports)
    listed = administrator.get("/admin/mailbox")
    assert [row[:2] for row in listed.rows()] == [["Hearing on 14 September শুনানি", "rina.das@dhaka.example"]]
    (link,) = [link for link in listed.links() if link.endswith(".eml")]
    page = administrator.get(link)
    assert SCRIPT in page.soup.get_text()
    assert SCRIPT not in page.response.text
    assert "hearing.ics" in page.text
    assert [found for found in page.links() if found.startswith("http")] == ["http://127.0.0.1:8000/answer/abc"]
    saved = administrator.ask(f"{link}/raw")
    assert saved.data == raw
    assert saved.headers["Content-Type"] == "message/rfc822"
    assert saved.headers["Content-Disposition"].startswith("attachment;")


def test_a_full_mailbox_is_read_page_by_page(administrator: Browser, app_ports: Ports) -> None:
    for number in range(MOST_LISTED + 2):
        message = f"Message-ID: <{number}@test>\r\nSubject: Mail {number}\r\n\r\n".encode()
        app_ports.sender.send(message, to="rina.das@dhaka.example")
    first = administrator.get("/admin/mailbox")
    (older,) = [link for link in first.links() if "from=" in link]
    second = administrator.get(older)
    assert (len(first.rows()), len(second.rows())) == (MOST_LISTED, 2)
    assert not {row[0] for row in first.rows()} & {row[0] for row in second.rows()}
    assert not [link for link in second.links() if "from=" in link]
    assert len(administrator.get("/admin/mailbox?from=nothing").rows()) == MOST_LISTED


@pytest.mark.parametrize("name", ["0" * 32 + ".eml", "..%2f..%2fsecret.key", "secret.key", "%00.eml"])
def test_only_mails_are_in_the_mailbox(administrator: Browser, name: str) -> None:
    assert administrator.ask(f"/admin/mailbox/{name}").status_code == 404


def test_a_whole_journal_is_counted_and_not_shown(administrator: Browser, units: Units) -> None:
    with units.writing() as unit:
        journal.write(unit, "hearing.booked", subject="H-MUMBAI1", by=SYSTEM)
    page = administrator.get("/admin/journal")
    assert "1 entry, nothing changed." in page.text
    assert "H-MUMBAI1" not in page.response.text


def test_a_changed_journal_is_named_by_its_first_broken_entry(
    administrator: Browser, units: Units, database: Database
) -> None:
    with units.writing() as unit:
        journal.write(unit, "hearing.booked", subject="H-MUMBAI1", by=SYSTEM)
    with database.engine.begin() as connection:
        connection.execute(sa.text("DROP TRIGGER append_only_journal_update"))
        connection.execute(sa.update(JournalRow).where(JournalRow.id == 1).values(subject="H-PUNE1"))
    page = administrator.get("/admin/journal")
    assert "entry 1 was changed after it was written" in page.text


def test_the_sessions_of_one_person_end_by_themselves_and_the_list_says_how_accounts_stand(
    administrator: Browser, signed_in: SignedIn, world: World
) -> None:
    theirs, nobody = signed_in(Role.COORDINATOR), signed_in(Role.MISSION_OFFICIAL)
    path = f"/admin/accounts/{world.account_id(Role.COORDINATOR)}"
    assert (
        "signed out everywhere"
        in administrator.follow(administrator.send(administrator.get(path), {}, to=f"{path}/sessions")).text
    )
    assert theirs.ask("/account").status_code == 302
    assert nobody.ask("/account").status_code == 200
    administrator.send(administrator.get(NEW), newcomer(world) | {"way": "mail"}, to=NEW)
    (invited,) = [row for row in administrator.get("/admin/accounts").rows() if "Asha Rao" in row[0]]
    assert invited[0] == "Asha Rao invited no second step"
