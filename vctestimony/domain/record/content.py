"""The one place for the text of a record that is hashed: the same facts always give the same bytes."""

import json
from collections.abc import Mapping
from hashlib import sha256

FORMAT = "vctestimony-record/2"


def canonical(content: Mapping[str, object]) -> str:
    """JSON with sorted keys and no blanks, letters as themselves; refuses what JSON does not know.

    >>> canonical({"b": [1, True], "a": "শপথ"})
    '{"a":"শপথ","b":[1,true]}'
    """
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def digest(content: bytes) -> str:
    """SHA-256 in hexadecimal.

    >>> digest(b"")[:16]
    'e3b0c44298fc1c14'
    """
    return sha256(content).hexdigest()
