"""The one place for what every answer carries in its header, and for refusing writes that other sites start."""

from flask import Flask, Response, abort, g, request

POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "script-src 'self'",
        "img-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
WORKER_POLICY = f"{POLICY}; worker-src 'self'; connect-src 'self'"
"""For the pages that must open with no network: a service worker of ours keeps them, and they send what was kept."""
_WITH_WORKER = frozenset({"field", "day", "live"})
ASKING = f"{POLICY}; connect-src 'self'"
"""Of the pages that keep what is typed while it is typed."""
_WITH_KEEPING = frozenset({"depositions"})
HOLDING = f"{POLICY}; frame-src 'self'"
"""Of a page that shows another page of ours in a frame."""
HELD = "default-src 'none'; style-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'self'"
"""Of the page in the frame: text and its style, nothing else."""
PERMISSIONS = ", ".join(
    f"{feature}=()"
    for feature in ("camera", "microphone", "geolocation", "payment", "usb", "display-capture", "browsing-topics")
)
ALWAYS = {
    "Content-Security-Policy": POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": PERMISSIONS,
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex, nofollow",
}
TRANSPORT = "max-age=31536000; includeSubDomains"
# Sent with the answer to a log-out: the browser forgets pages, cookies and kept text.
FORGET_EVERYTHING = '"cache", "cookies", "storage"'
_READING = frozenset({"GET", "HEAD", "OPTIONS"})
_OURS = frozenset({"", "same-origin", "none"})


def bind(app: Flask) -> None:
    """Put the headers on every answer of `app`, refusals and failures included."""
    app.before_request(refuse_other_sites)
    app.after_request(with_headers)


def refuse_other_sites() -> None:
    """Refuse a write that a page of another site started (Fetch Metadata: `Sec-Fetch-Site`; else `Origin`).

    Programs and old browsers send no such header and are judged by token alone; so is the origin `null`, which
    browsers send for pages that, like ours, give no referrer.
    """
    if request.method in _READING:
        return
    origin = request.headers.get("Origin", "null")
    if request.headers.get("Sec-Fetch-Site", "") not in _OURS or (
        origin != "null" and origin.partition("://")[2] != request.host
    ):
        abort(403)


def holding_our_frame() -> None:
    """Let the answer to this request show another page of ours in a frame."""
    g.framing = {"Content-Security-Policy": HOLDING}


def held_by_our_frame() -> None:
    """Let the answer to this request be shown in a frame of ours, with nothing but text and style in it."""
    g.framing = {"Content-Security-Policy": HELD, "X-Frame-Options": "SAMEORIGIN"}


def with_headers(response: Response) -> Response:
    """The same answer with our headers. Pages are never stored; a view may set another Cache-Control itself."""
    framing: dict[str, str] = g.pop("framing", {})
    for name, value in {**ALWAYS, **framing}.items():
        response.headers[name] = value
    if request.blueprint in _WITH_WORKER:
        response.headers["Content-Security-Policy"] = WORKER_POLICY
    if request.blueprint in _WITH_KEEPING:
        response.headers["Content-Security-Policy"] = ASKING
    if request.is_secure:
        response.headers["Strict-Transport-Security"] = TRANSPORT
    if "Cache-Control" not in response.headers:
        response.headers["Cache-Control"] = "no-store"
    kind = response.mimetype or ""
    if kind.startswith("text/") and "charset" not in response.headers["Content-Type"]:
        response.headers["Content-Type"] = f"{kind}; charset=utf-8"
    return response
