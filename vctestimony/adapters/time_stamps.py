"""The one place that asks a time-stamping authority (RFC 3161) and puts its stamp into a signature."""

import http.client
import secrets
from collections.abc import Callable
from hashlib import sha256
from urllib.parse import urlsplit

from asn1crypto import algos, cms, tsp

from vctestimony.adapters.outbound import THIS_MACHINE, Outbound
from vctestimony.domain.signing_refusals import StampUnreachable

TIMEOUT_S = 10
LARGEST = 64 * 1024
_QUERY, _REPLY = "application/timestamp-query", "application/timestamp-reply"

Ask = Callable[[bytes], bytes]
"""Sends a request to the authority and gives back what it answered."""


def asking(address: str, outbound: Outbound = THIS_MACHINE) -> Ask:
    """What asks the authority at that address; StampUnreachable within bounded time when it does not answer."""
    parts = urlsplit(address)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")

    def ask(request: bytes) -> bytes:
        connection = kind(parts.netloc, timeout=TIMEOUT_S)
        try:
            outbound.ask(connection.host, connection.port)
            connection.request("POST", path, request, {"Content-Type": _QUERY, "Accept": _REPLY})
            response = connection.getresponse()
            if response.status != http.client.OK:
                raise StampUnreachable()
            return response.read(LARGEST)
        except (OSError, http.client.HTTPException) as error:
            raise StampUnreachable() from error
        finally:
            connection.close()

    return ask


def stamped(made: bytes, ask: Ask) -> bytes:
    """The same signature (CMS) with a stamp over its value, an attribute that is not itself signed (PAdES B-T)."""
    content = cms.ContentInfo.load(made)
    (signer,) = content["content"]["signer_infos"]
    token = _token(signer["signature"].native, ask)
    others = [one for one in signer["unsigned_attrs"] or () if one["type"].native != "signature_time_stamp_token"]
    stamp = cms.CMSAttribute({"type": "signature_time_stamp_token", "values": [token]})
    signer["unsigned_attrs"] = cms.CMSAttributes([*others, stamp])
    result: bytes = content.dump(force=True)
    return result


def _token(value: bytes, ask: Ask) -> cms.ContentInfo:
    """The authority's token over these bytes; its answer must repeat our hash and our number."""
    imprint = {
        "hash_algorithm": algos.DigestAlgorithm({"algorithm": "sha256"}),
        "hashed_message": sha256(value).digest(),
    }
    nonce = secrets.randbits(63)
    request = tsp.TimeStampReq({"version": 1, "message_imprint": imprint, "nonce": nonce, "cert_req": True})
    try:
        response = tsp.TimeStampResp.load(ask(request.dump()))
        if response["status"]["status"].native not in {"granted", "granted_with_mods"}:
            raise StampUnreachable()
        token = response["time_stamp_token"]
        info = token["content"]["encap_content_info"]["content"].parsed
        same = info["message_imprint"]["hashed_message"].native == imprint["hashed_message"]
        if not same or info["nonce"].native != nonce:
            raise StampUnreachable()
    except (ValueError, KeyError, TypeError) as error:
        raise StampUnreachable() from error
    found: cms.ContentInfo = token
    return found
