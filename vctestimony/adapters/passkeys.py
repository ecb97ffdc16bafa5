"""The one place that makes and judges passkeys (WebAuthn level 2), bound to the public address of the service."""

import json
from ipaddress import ip_address
from urllib.parse import urlsplit

from webauthn import (
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from vctestimony.domain.one_time_codes import ISSUER
from vctestimony.domain.passkeys import KnownKey, PasskeyRefused, Question

_LONGEST = 20_000
_WRONG = (WebAuthnException, ValueError, KeyError, TypeError)


class WebAuthnPasskeys:
    """Passkeys for one origin. At sign-in the person is present, and the password was the other factor; as a proof it
    stands alone, so the key must have made sure by a PIN or a finger whose hand it is."""

    def __init__(self, public_url: str) -> None:
        parts = urlsplit(public_url)
        self._host = parts.hostname or ""
        self._origin = f"{parts.scheme}://{parts.netloc}"

    @property
    def is_possible(self) -> bool:
        """Browsers refuse numbers, and plain connections except to their own machine."""
        try:
            ip_address(self._host)
        except ValueError:
            return self._origin.startswith("https://") or self._host == "localhost"
        return False

    def ask_to_make(self, *, handle: bytes, name: str, known: tuple[str, ...]) -> Question:
        """No attestation is asked for: which make of key somebody has is nobody's business."""
        options = generate_registration_options(
            rp_id=self._host,
            rp_name=ISSUER,
            user_id=handle,
            user_name=name,
            exclude_credentials=_descriptors(known),
            authenticator_selection=AuthenticatorSelectionCriteria(
                resident_key=ResidentKeyRequirement.DISCOURAGED,
                user_verification=UserVerificationRequirement.PREFERRED,
            ),
        )
        return Question(options_to_json(options), bytes_to_base64url(options.challenge))

    def made(self, answer: str, *, challenge: str) -> KnownKey:
        """The new passkey."""
        try:
            found = verify_registration_response(
                credential=_read(answer),
                expected_challenge=base64url_to_bytes(challenge),
                expected_rp_id=self._host,
                expected_origin=self._origin,
            )
        except _WRONG as error:
            raise PasskeyRefused() from error
        return KnownKey(
            credential=bytes_to_base64url(found.credential_id),
            public_key=found.credential_public_key,
            sign_count=found.sign_count,
        )

    def ask_to_show(self, known: tuple[str, ...], *, alone: bool) -> Question:
        """The question for one of these."""
        options = generate_authentication_options(
            rp_id=self._host,
            allow_credentials=_descriptors(known),
            user_verification=UserVerificationRequirement.REQUIRED if alone else UserVerificationRequirement.PREFERRED,
        )
        return Question(options_to_json(options), bytes_to_base64url(options.challenge))

    def named(self, answer: str) -> str:
        """The credential's name in the answer, in the spelling in which it is kept."""
        try:
            return bytes_to_base64url(base64url_to_bytes(str(_read(answer)["id"])))
        except _WRONG as error:
            raise PasskeyRefused() from error

    def shown(self, answer: str, *, challenge: str, key: KnownKey, alone: bool) -> int:
        """A count that goes back tells of a copied key, and is refused by the library."""
        try:
            found = verify_authentication_response(
                credential=_read(answer),
                expected_challenge=base64url_to_bytes(challenge),
                expected_rp_id=self._host,
                expected_origin=self._origin,
                credential_public_key=key.public_key,
                credential_current_sign_count=key.sign_count,
                require_user_verification=alone,
            )
        except _WRONG as error:
            raise PasskeyRefused() from error
        return found.new_sign_count


def _read(answer: str) -> dict[str, object]:
    if len(answer) > _LONGEST:
        raise ValueError("too long")
    found = json.loads(answer)
    if not isinstance(found, dict):
        raise TypeError(answer)
    return found


def _descriptors(known: tuple[str, ...]) -> list[PublicKeyCredentialDescriptor]:
    return [PublicKeyCredentialDescriptor(id=base64url_to_bytes(credential)) for credential in known]
