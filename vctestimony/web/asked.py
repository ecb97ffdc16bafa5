"""The one place that refuses to put a list into an order, or to filter it, by a name that none of our lists has.

The order in which rows come tells of what one may not see, so no list takes an order from its address: each has one,
and filters by its own fields. What asks for another is no page of ours, and is refused rather than left unheard.
"""

from flask import Flask, abort, request

NO_LIST_TAKES = frozenset({"sort", "sort_by", "order_by", "filter"})
"""`order` is not among them: in addresses of ours it is the order of a court."""


def bind(app: Flask) -> None:
    """Before any view reads its address."""
    app.before_request(refuse_unknown_order)


def refuse_unknown_order() -> None:
    """400 for `?sort=…`, `?filter[…]=…` and their like."""
    if any(name.partition("[")[0].casefold() in NO_LIST_TAKES for name in request.args):
        abort(400)
