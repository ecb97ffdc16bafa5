"""A step that waits for an electronic signature, and certificates with which nobody may sign: with the real signing."""

from dataclasses import replace
from io import BytesIO

import pytest
from bs4 import BeautifulSoup
from cryptography.hazmat.primitives import hashes

from tests.certificates import PASSPHRASE, Authority, Holder
from tests.conftest import FindActor
from tests.fakes import FakePress, FrozenClock, MemorySender, fake_ports
from tests.services import cycling
from tests.services.cycling import pdf, signed_on, stands
from tests.web.browsing import Browser, Page
from tests.web.conftest import SignedIn
from tests.world import World
from vctestimony.adapters.pdf_signing import PdfSignatures
from vctestimony.domain.paper import Sheet
from vctestimony.domain.people import Role
from vctestimony.domain.record.cycle import Path, Rung
from vctestimony.domain.signing import Order
from vctestimony.services import journal, signing
from vctestimony.services.ports import Ports
from vctestimony.services.unit import Units

LATE = "ended on 12 August 2026"


class BlankPress(FakePress):
    """Prints a real PDF, though an empty one."""

    def paper(self, document: str, sheet: Sheet, *, lang: str, attachments: object = None) -> bytes:
        """One page, whatever is to stand on it."""
        return pdf()


@pytest.fixture(scope="module")
def authority() -> Authority:
    return Authority("The court's issuer")


@pytest.fixture
def ports(clock: FrozenClock, sender: MemorySender, authority: Authority) -> Ports:
    own = PdfSignatures(roots=(authority.own.der,))
    return replace(fake_ports(clock=clock, sender=sender), press=BlankPress(), signatures=own)


@pytest.fixture
def hearing(world: World, units: Units, clock: FrozenClock, actor: FindActor) -> str:
    court = actor(Role.COORDINATOR, "mumbai")
    reference = cycling.taken_down(units, world, clock, court)
    signed_on(units, reference, Path.DIGITAL)
    cycling.walk(units, reference, court, court, until=Rung.OFFERED)
    return reference


def sent(browser: Browser, address: str, way: str, name: str, content: bytes, **answers: str) -> Page:
    """Send that form of the field with a file; the page that says what is wrong, or the one that shows the file."""
    data: dict[str, object] = {**browser.get(address).fields(f"{address}/{way}"), **answers}
    data[name] = (BytesIO(content), name)
    answer = browser.ask(f"{address}/{way}", "POST", data=data, headers={"Sec-Fetch-Site": "same-origin"})
    assert answer.status_code in (303, 422), answer.text
    return Page(answer, BeautifulSoup(answer.data, "lxml"))


def test_who_signs_with_a_certificate_that_has_ended_or_is_of_another_issuer_is_told_and_the_transcript_stays(
    signed_in: SignedIn, units: Units, hearing: str, authority: Authority, clock: FrozenClock
) -> None:
    judge, code = signed_in(Role.PRESIDING_OFFICER, "mumbai"), stands(units, hearing).done[Rung.OFFERED].facts["code"]
    address, step = f"/hearings/{hearing}/signing/{code}/sig_judge", f"/hearings/{hearing}/cycle/judge_e_signed"

    def with_key(holder: Holder) -> Page:
        typed = {"passphrase": PASSPHRASE, "fingerprint": sha(holder)[:8]}
        return sent(judge, address, "file", "key", holder.key_file.content, **typed)

    assert address in judge.get(f"/hearings/{hearing}/cycle").links()
    ended, foreign = authority.issue("Meera", days=10), Authority("A stranger").issue("Meera")
    assert LATE in with_key(ended).text
    assert "The issuer A stranger is not among those that this court trusts" in with_key(foreign).text
    with units.reading() as unit:
        ready = signing.copy(unit, code).latest
    then = Order(field="sig_judge", certifies=True, at=clock.at.replace(month=8, day=5), reason="x", place="Mumbai")
    elsewhere = PdfSignatures().sign(ready, then, ended.key_file).content
    assert LATE in sent(judge, address, "upload", "file", elsewhere, fingerprint=sha(ended)[:8]).text

    refused = judge.sent(judge.get(f"/hearings/{hearing}/cycle"), {}, to=step, status=409)
    assert "Not signed" in refused.text or "not signed" in refused.text
    with units.reading() as unit:
        assert (signing.copy(unit, code).latest, journal.verify(unit)[1]) == (ready, None)
        assert not [one for one in journal.history(unit, hearing) if one.action == "signing.signed"]
    assert stands(units, hearing).next is Rung.JUDGE_E_SIGNED

    assert with_key(authority.issue("Meera")).response.status_code == 303
    judge.send(judge.get(f"/hearings/{hearing}/cycle"), {}, to=step)
    assert stands(units, hearing).next is Rung.SENT


def sha(holder: Holder) -> str:
    """The fingerprint of the certificate."""
    return holder.certificate.fingerprint(hashes.SHA256()).hex()
