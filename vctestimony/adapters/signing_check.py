"""The one place that looks at what signing rests on in this installation, and says in words what is wrong with it."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from asn1crypto import x509

from vctestimony.adapters.signing_keys import certificate_of

_LIBRARY = b"\x7fELF"


def signing_findings(roots: Sequence[bytes], *, folder: Path | None, module: Path | None, now: datetime) -> list[str]:
    """What is wrong with what signing rests on, a line each; what could not be read at all refused the start.

    `roots` are the certificates (DER) of the issuers that the court trusts, from the `folder` if one is set; `module`
    belongs to the token that the service reaches, if it reaches one.
    """
    found = [certificate_of(x509.Certificate.load(one)) for one in roots]
    wrong = [f"{folder} holds no certificate: every issuer will look unknown"] if folder and not found else []
    for one in found:
        if now > one.ends_at:
            wrong.append(f"the trusted issuer {one.name} ended on {one.ends_at:%d %B %Y}; add its new certificate")
        elif now < one.begins_at:
            wrong.append(f"the trusted issuer {one.name} is valid only from {one.begins_at:%d %B %Y}")
    if module is not None and (problem := _unusable(module)):
        wrong.append(f"the module {module} of the token {problem}")
    return [f"signing: {line}" for line in wrong]


def _unusable(module: Path) -> str:
    """Why a module cannot be loaded; it is not run here, for it is the token's maker's own program."""
    try:
        with module.open("rb") as file:
            return "" if file.read(len(_LIBRARY)) == _LIBRARY else "is no library that Linux can load"
    except OSError as error:
        return f"cannot be read ({error.strerror})"
