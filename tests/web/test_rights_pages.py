"""The pages that say in words who may do what."""

from tests.web.conftest import SignedIn
from vctestimony.domain.people import Role


def test_everybody_reads_what_they_may_do_and_why_not(signed_in: SignedIn) -> None:
    browser = signed_in(Role.INTERPRETER)
    rows = dict(row for row in browser.get("/account/rights").rows())
    seen = rows["See that a hearing exists, when and where it is, and who has answered"]
    assert seen.startswith("Yes")
    assert "on which you are named" in seen
    assert rows["Confirm a booked hearing"] == "No Not in your role."
    assert "/account/rights" in browser.get("/account").links()


def test_legal_staff_whom_nobody_can_name_reads_so(signed_in: SignedIn) -> None:
    rows = dict(row for row in signed_in(Role.LEGAL_STAFF, "pune").get("/account/rights").rows())
    assert rows["See the address and the passcode of the conference"].endswith("who could be named on a hearing.")


def test_the_whole_matrix_is_for_administrators(signed_in: SignedIn) -> None:
    browser = signed_in(Role.ADMINISTRATOR, "dhaka")
    rows = dict(row for row in browser.get("/admin/rights").rows())
    assert "Presiding officer: of your own court" in rows["Seal the record, and add to a sealed one"]
    assert "/admin/rights" in browser.get("/admin").links()
    assert signed_in(Role.COORDINATOR, "pune").ask("/admin/rights").status_code == 403
