"""The one place that says in words what a signature was found to be; pages and commands say the same."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from vctestimony.domain.paper import BothClocks
from vctestimony.domain.people import DUTY_LABELS, Duty
from vctestimony.domain.signing import BY_FIELD, METHOD_LABELS, Covers, FoundSignature, Inspection, Verdict
from vctestimony.domain.wording import N_
from vctestimony.services.signing_certificates import fingerprint
from vctestimony.store.models import SignatureRow

_UNKNOWN_HERE = N_("Not accepted: its issuer is not among those that this court trusts.")
_HEADLINES: Mapping[Verdict, str] = {
    Verdict.TRUSTED: N_("Valid, and its issuer is one that this court trusts."),
    Verdict.UNKNOWN_ISSUER: N_("Valid, issuer not known to this court: it has no list of issuers that it trusts."),
    Verdict.OUT_OF_TIME: N_("Not accepted: its certificate was not valid at that time."),
    Verdict.NOT_FOR_SIGNING: N_("Not accepted: its certificate is an issuer’s, or not made for signing."),
    Verdict.CHANGED: N_("Invalid: the file was changed after this signature in a way that is not allowed."),
    Verdict.BROKEN: N_("Invalid: it does not fit the file. The file was changed, or the signature is forged."),
}
_COVERS: Mapping[Covers, str] = {
    Covers.WHOLE: N_("It covers the whole file."),
    Covers.ALLOWED: N_("The file went on since in an allowed way: other fields were signed, and nothing else."),
    Covers.FORBIDDEN: N_("What it covers is not what the file shows now."),
}
_SPOILT = frozenset({Verdict.BROKEN, Verdict.CHANGED})
NO_STAMP = N_("No time stamp: nobody else vouches for the time that it states.")
STAMP_TRUSTED = N_("A time stamp, whose issuer this court trusts, shows that it was made before then.")
STAMP_UNKNOWN = N_("There is a time stamp, but its issuer is not known to this court.")
NOT_SHOWN = N_("Whether a certificate was revoked is not looked up here, and is not shown by this report.")
NOT_OURS = N_("Not made through this service")


@dataclass(frozen=True, slots=True, kw_only=True)
class SignatureView:
    """One signature in words; labels and sentences are marked with N_. `tone` is ok, warn or bad.

    `account` is who signed here by this service's own register, and by which `duty`; `names_differ` from the name in
    the certificate.
    """

    field: str
    label: str
    duty: str
    tone: str
    headline: str
    covers: str
    certificate: str
    issuer: str
    fingerprint: str
    account: str
    method: str
    claimed: BothClocks | None
    kept: BothClocks | None
    stamped: BothClocks | None
    stamp: str
    names_differ: bool


def worded(
    found: Inspection, rows: Sequence[SignatureRow], *, clocks: Callable[[datetime], BothClocks]
) -> tuple[SignatureView, ...]:
    """Every signature of the file in the order of signing; `rows` are those that were made here."""
    own = {row.field: row for row in rows}
    return tuple(_view(one, _same(one, own.get(one.field)), found, clocks) for one in found.signatures)


def lines(view: SignatureView, *, clock: Callable[[BothClocks], str]) -> list[str]:
    """The same for a terminal, in English."""
    times = (("Time it states", view.claimed), ("Kept here", view.kept), ("Time stamp", view.stamped))
    return [
        f"{view.label} ({view.field}): {view.headline}",
        f"  Certificate: {view.certificate}, issued by {view.issuer}",
        f"  Fingerprint (SHA-256): {view.fingerprint}",
        f"  Account: {view.account or NOT_OURS}"
        + (" (another name than the certificate’s)" if view.names_differ else ""),
        *(f"  {name}: {clock(at)}" for name, at in times if at),
        f"  {view.stamp}",
        f"  {view.covers}",
    ]


def _same(found: FoundSignature, row: SignatureRow | None) -> SignatureRow | None:
    """The row, if it is of this very signature and not of another one in a field of that name."""
    certificate = found.certificate
    return row if row and certificate and row.certificate_sha256 == certificate.sha256 else None


def _view(
    one: FoundSignature, row: SignatureRow | None, found: Inspection, clocks: Callable[[datetime], BothClocks]
) -> SignatureView:
    certificate, stamp = one.certificate, one.stamp
    name = certificate.name if certificate else ""
    return SignatureView(
        field=one.field,
        label=BY_FIELD[one.field].label if one.field in BY_FIELD else one.field,
        duty=DUTY_LABELS[Duty(row.duty)] if row and row.duty else "",
        tone=_tone(one.verdict, found),
        headline=_headline(one.verdict, found),
        covers=_COVERS[Covers.FORBIDDEN if one.verdict in _SPOILT else one.covers],
        certificate=name,
        issuer=certificate.issuer if certificate else "",
        fingerprint=fingerprint(certificate.sha256) if certificate else "",
        account=row.signed_by if row else "",
        method=METHOD_LABELS[row.method] if row else "",
        claimed=clocks(one.claimed_at) if one.claimed_at else None,
        kept=clocks(row.signed_at) if row else None,
        stamped=clocks(stamp.at) if stamp else None,
        stamp=(STAMP_TRUSTED if stamp.trusted else STAMP_UNKNOWN) if stamp else NO_STAMP,
        names_differ=bool(row and name.casefold() != row.signed_by.casefold()),
    )


def _tone(verdict: Verdict, found: Inspection) -> str:
    """Green only for what this court trusts; an unknown issuer is bad where the court has said whom it trusts."""
    if verdict is Verdict.TRUSTED:
        return "ok"
    return "warn" if verdict is Verdict.UNKNOWN_ISSUER and not found.knows_issuers else "bad"


def _headline(verdict: Verdict, found: Inspection) -> str:
    if verdict is Verdict.UNKNOWN_ISSUER and found.knows_issuers:
        return _UNKNOWN_HERE
    return _HEADLINES[verdict]
