"""The one place for what sealing promises and refuses, and for how master keys are written down."""

import base64
import re
from collections.abc import Mapping

from vctestimony.domain.errors import Conflict, Gone, Refusal
from vctestimony.domain.wording import N_

KEY_BYTES = 32
_KEY_ID = re.compile(r"[A-Za-z0-9-]{1,32}")


class VaultShut(Refusal):
    """The key is missing, or the sealed bytes are not the ones that were written in this place."""

    text = N_(
        "The identity is sealed and cannot be opened here: its key is missing or the entry was tampered with. "
        "Nothing was changed; tell the administrator."
    )


class Tampered(VaultShut):
    """The key is there, and the sealed bytes were changed or come from another place."""


class SealedForGood(VaultShut):
    """The witness's own key was destroyed by order: nobody can open what it sealed, here or in any backup."""

    text = N_(
        "This identity is sealed for good: its key was destroyed by order, here and for every backup. "
        "The hearings, the record and the pseudonym remain."
    )


class FileSealedForGood(Gone):
    """The file was sealed with the witness's own key."""

    text = N_(
        "This is sealed for good: it was sealed with the witness’s own key, which was destroyed by order, here and for "
        "every backup. Its hash and what was done with it remain."
    )


class NothingMoreOfHer(Conflict):
    """What would be sealed with a destroyed key would be forgotten at once."""

    text = N_(
        "The key of this witness was destroyed by order, so no file that shows who she is can be kept here any more. "
        "Nothing was saved. Keep it on paper."
    )


class KeysUnusable(ValueError):
    """The text is no list of master keys."""


def keys_in(text: str) -> dict[str, bytes]:
    """Master keys by id, oldest first, as the key file or the setting writes them: ID:BASE64, one a word.

    >>> list(keys_in("a1:" + "A" * 43 + "="))
    ['a1']
    """
    keys: dict[str, bytes] = {}
    for entry in text.split():
        key_id, _, encoded = entry.partition(":")
        try:
            key = base64.b64decode(encoded, validate=True)
        except ValueError:
            key = b""
        if not _KEY_ID.fullmatch(key_id) or len(key) != KEY_BYTES or key_id in keys:
            raise KeysUnusable()
        keys[key_id] = key
    if not keys:
        raise KeysUnusable()
    return keys


def written(keys: Mapping[str, bytes]) -> str:
    """The keys as `keys_in` reads them.

    >>> keys_in(written({"a1": bytes(32)})) == {"a1": bytes(32)}
    True
    """
    return "".join(f"{key_id}:{base64.b64encode(key).decode()}\n" for key_id, key in keys.items())
