"""The one place for what happens inside a signing process: it answers one question about one PDF, and ends.

Foreign files are read only here, within limits of time and memory and without network, as `confined` says. A passphrase
or PIN lives in this process alone and ends with it. Only the process that asks a token is not locked: the module of the
token belongs to the office and may need the network or files of its own.
"""

import asyncio
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import asn1crypto
import tzlocal
from asn1crypto import x509

from vctestimony.adapters import pdf_fields, pdf_signatures, signing_keys
from vctestimony.adapters.confined import around, grant_processor_time, limit, lock_down
from vctestimony.adapters.signing_frames import Said, certificate_head
from vctestimony.domain.errors import Refusal
from vctestimony.domain.signing_refusals import NotAPdf, NotExaminable, TooLargeToSign

ADDRESS_MB = 1024
INSPECT, TOKEN = "inspect", "token"


@dataclass(frozen=True, slots=True)
class Answers:
    """Answers questions. The loop is made before the process is locked, for a loop opens a socket to itself."""

    loop: asyncio.AbstractEventLoop

    def answer(self, asked: Said) -> Said:
        """The answer, or the refusal as its name and facts; nothing that a file does gets past this."""
        questions: dict[str, Callable[[Said], Said]] = {
            "fields": self.with_fields,
            "prepare": self.prepare,
            "sign": self.sign,
            TOKEN: self.sign,
            "check": self.check,
            INSPECT: self.inspect,
        }
        try:
            return questions[asked.head["do"]](asked)
        except Refusal as refusal:
            return _refused(type(refusal).__name__, refusal.facts)
        except (MemoryError, RecursionError):
            return _refused(TooLargeToSign.__name__)
        except Exception:  # noqa: BLE001  # whatever a foreign file did; words of it could stand in the error’s own
            return _refused((NotExaminable if asked.head["do"] == INSPECT else NotAPdf).__name__)

    @staticmethod
    def with_fields(asked: Said) -> Said:
        """The file with every field that was asked for."""
        return Said({}, (pdf_fields.with_fields(asked.files[0], asked.head["fields"]),))

    def prepare(self, asked: Said) -> Said:
        """The file with a gap for a signature."""
        return self.loop.run_until_complete(pdf_fields.prepared(asked.files[0], asked.head["order"]))

    def sign(self, asked: Said) -> Said:
        """The same, and the signature that goes into the gap."""
        pdf, key, secret = asked.files
        at = datetime.fromisoformat(asked.head["order"]["at"])
        signer = (
            signing_keys.from_token(asked.head["token"], secret.decode(), at=at)
            if asked.head["do"] == TOKEN
            else signing_keys.from_file(key, secret, at=at)
        )
        gap = self.loop.run_until_complete(pdf_fields.prepared(pdf, asked.head["order"]))
        made = self.loop.run_until_complete(signing_keys.signed(signer, bytes.fromhex(gap.head["digest"])))
        certificate = signing_keys.certificate_of(signing_keys.own_certificate(signer))
        return Said({**gap.head, "certificate": certificate_head(certificate)}, (gap.files[0], made))

    @staticmethod
    def check(asked: Said) -> Said:
        """A signature that was made elsewhere, in the form in which it goes into the gap, and whose it is."""
        made = signing_keys.checked(
            asked.files[0], digest=bytes.fromhex(asked.head["digest"]), at=datetime.fromisoformat(asked.head["at"])
        )
        certificate = signing_keys.certificate_of(signing_keys.signer_of(made))
        return Said({"certificate": certificate_head(certificate)}, (made.dump(),))

    def inspect(self, asked: Said) -> Said:
        """Every signature of the file."""
        pdf, *roots = asked.files
        moments = {name: datetime.fromisoformat(at) for name, at in asked.head["moments"].items()}
        now = datetime.fromisoformat(asked.head["now"])
        certificates = [x509.Certificate.load(one) for one in roots]
        return self.loop.run_until_complete(pdf_signatures.inspected(pdf, certificates, now=now, moments=moments))


def _refused(name: str, facts: Mapping[str, Any] | None = None) -> Said:
    return Said({"refused": name, "facts": {key: str(value) for key, value in (facts or {}).items()}})


def main(cpu_s: str) -> None:
    """Entry of the process: one question on the standard input, one answer on the standard output."""
    with os.fdopen(0, "rb") as question, os.fdopen(1, "wb") as answer:
        asked = Said.from_bytes(question.read())
        answers = Answers(asyncio.new_event_loop())
        tzlocal.get_localzone()  # pyHanko asks for it, and what was found once is not read again
        grant_processor_time(int(cpu_s))
        if asked.head["do"] != TOKEN:
            lock_down(readable=around(asn1crypto))
            limit(address_mb=ADDRESS_MB)
        answer.write(answers.answer(asked).to_bytes())
