"""The one place that packs styles, scripts and pictures for slow lines (RFC 9110, 8.4.1.3 gzip).

Pages are never packed: from the length of a packed page that repeats what somebody sent, its secrets can be guessed.
"""

import gzip
from functools import lru_cache

from flask import Flask, Response, request

_PACKED = frozenset({"text/css", "text/javascript", "application/javascript", "image/svg+xml"})


def bind(app: Flask) -> None:
    """Pack the files of `app` that are the same for everybody, for browsers that can unpack them."""
    app.after_request(packed)


def packed(response: Response) -> Response:
    """The same file, packed. Its mark is weak from then on: packed or not, it is the same file (RFC 9110, 8.8.1)."""
    if request.endpoint != "static" or response.mimetype not in _PACKED:
        return response
    response.vary.add("Accept-Encoding")
    if response.status_code != 200 or not request.accept_encodings["gzip"]:
        return response
    etag, _ = response.get_etag()
    response.direct_passthrough = False
    response.set_data(_gzip(response.get_data()))
    response.headers["Content-Encoding"] = "gzip"
    response.headers.pop("Accept-Ranges", None)
    if etag is not None:
        response.set_etag(etag, weak=True)
    return response


@lru_cache(maxsize=64)
def _gzip(content: bytes) -> bytes:
    return gzip.compress(content, mtime=0)
