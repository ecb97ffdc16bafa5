"""The one place that logs requests: one event for each answer, without an address, a name or anything that was typed.

The route stands there as it is written in the code (`/feeds/<token>.ics`), so that no secret of an address is in it.
`code` is the kind of the refusal, `account` the number of whoever was signed in, `reference` what a fault's page shows.
"""

import logging
import secrets
from time import perf_counter

from flask import Flask, Response, g, request

from vctestimony.web.context import signed_in

QUIET = frozenset({"static", "help.healthz", "help.readyz"})
_GRAVE = frozenset({400, 401, 403, 404, 405, 413, 415, 429})
log = logging.getLogger(__name__)


def bind(app: Flask) -> None:
    """Log every answer of `app`. Before anything else of ours is bound, so that the time is the whole time."""
    app.before_request(begin)
    app.after_request(answered)


def begin() -> None:
    """Look at the clock."""
    g.begun = perf_counter()


def reference() -> str:
    """The number by which this request can be found again."""
    if "reference" not in g:
        g.reference = secrets.token_hex(4)
    return str(g.reference)


def answered(response: Response) -> Response:
    """Write the line. Files and the checks of a monitor are told of only when they fail."""
    status = response.status_code
    if request.endpoint in QUIET and status < 400:
        return response
    level = logging.ERROR if status >= 500 else logging.WARNING if status in _GRAVE else logging.INFO
    log.log(level, "refused" if status >= 400 else "answered", extra=_told(status))
    return response


def _told(status: int) -> dict[str, object]:
    actor = signed_in()
    return {
        "reference": reference(),
        "method": request.method if request.method.isalpha() and len(request.method) < 10 else "other",
        "route": request.url_rule.rule if request.url_rule else "",
        "status": status,
        "code": str(g.get("refusal_code", "")),
        "ms": round((perf_counter() - g.get("begun", perf_counter())) * 1000),
        "account": actor.account_id if actor else None,
    }
