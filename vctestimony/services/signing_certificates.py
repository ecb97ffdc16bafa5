"""The one place that binds a certificate to an account: whoever signs first says that it is theirs."""

from dataclasses import dataclass

from vctestimony.domain.access import Actor
from vctestimony.domain.errors import NotAllowed
from vctestimony.domain.signing import Certificate
from vctestimony.domain.signing_refusals import (
    CertificateOfAnother,
    CertificateUnconfirmed,
    NewCertificateUnexplained,
)
from vctestimony.services import journal
from vctestimony.services.unit import Unit
from vctestimony.store import signing as store
from vctestimony.store.models import SigningCertificateRow

SHORTEST = 8


@dataclass(frozen=True, slots=True)
class Confirmation:
    """The beginning of the fingerprint as the person typed it, and why it is another certificate than before."""

    fingerprint: str = ""
    reason: str = ""


def account_of(by: Actor) -> int:
    """The account of the one who signs; nobody signs without one."""
    if by.account_id is None:
        raise NotAllowed()
    return by.account_id


def fingerprint(sha256: str) -> str:
    """As people read it out.

    >>> fingerprint("ab12cd34" * 8)[:19]
    'AB12 CD34 AB12 CD34'
    """
    return " ".join(sha256[place : place + 4] for place in range(0, len(sha256), 4)).upper()


def check_own(unit: Unit, certificate: Certificate, *, confirmed: Confirmation, by: Actor, subject: str) -> None:
    """Let somebody sign with a certificate that they confirmed; the first time, and for another one, they do it now."""
    account_id = account_of(by)
    known = store.certificate_of(unit.session, account_id)
    if known is not None and known.sha256 == certificate.sha256:
        return
    other = store.confirmed_by_another(unit.session, certificate.sha256, account_id=account_id)
    if other is not None:
        raise CertificateOfAnother(field="fingerprint", name=other)
    typed = "".join(letter for letter in confirmed.fingerprint.lower() if letter.isalnum())
    if len(typed) < SHORTEST or not certificate.sha256.startswith(typed):
        shown = fingerprint(certificate.sha256)
        raise CertificateUnconfirmed(
            field="fingerprint", name=certificate.name, issuer=certificate.issuer, fingerprint=shown
        )
    if known is not None and not confirmed.reason:
        raise NewCertificateUnexplained(field="reason", name=known.name)
    unit.session.add(
        SigningCertificateRow(
            account_id=account_id,
            sha256=certificate.sha256,
            name=certificate.name,
            issuer=certificate.issuer,
            confirmed_at=unit.now,
            reason=confirmed.reason,
        )
    )
    unit.session.flush()
    facts = {"certificate": certificate.sha256, "name": certificate.name, "reason": confirmed.reason}
    journal.write(unit, "signing.certificate_confirmed", subject=subject, by=by, **facts)
