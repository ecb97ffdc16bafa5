"""Everybody on a hearing has a mailbox of their own, and nobody the service's."""

import pytest

from vctestimony.domain.mailboxes import Holder, MailboxOfService, MailboxShared, check_apart

SERVICE = "hearings@testimony.example"
RINA = Holder("Rina Das", "office@mission.example", "seat_RPC")


@pytest.mark.parametrize("address", [RINA.address, "OFFICE@Mission.Example", "mailto:office@mission.example"])
def test_two_people_with_one_mailbox_are_refused_by_name(address: str) -> None:
    with pytest.raises(MailboxShared, match="Rina Das and Nasrin Alam have the same e-mail address") as refused:
        check_apart((RINA, Holder("Nasrin Alam", address, "seat_INT")), organizer=SERVICE)
    assert refused.value.field == "seat_INT"


@pytest.mark.parametrize("address", [SERVICE, "Hearings@TESTIMONY.example"])
def test_nobody_has_the_mailbox_of_the_service(address: str) -> None:
    with pytest.raises(MailboxOfService, match="Nasrin Alam"):
        check_apart((RINA, Holder("Nasrin Alam", address, "seat_INT")), organizer=SERVICE)


def test_mailboxes_of_their_own_are_fine() -> None:
    check_apart((RINA, Holder("Nasrin Alam", "office+int@mission.example", "seat_INT")), organizer=SERVICE)
    check_apart((), organizer=SERVICE)
