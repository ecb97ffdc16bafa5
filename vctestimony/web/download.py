"""The one place that answers with a file: a neutral ASCII name, never stored by the browser."""

from flask import Response

from vctestimony.services.printing import Printed


def pdf(printed: Printed) -> Response:
    """The document, shown in the browser, saved under its neutral name."""
    response = Response(printed.content, mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{printed.file_name}"'
    return response


def attachment(content: bytes, file_name: str) -> Response:
    """Whatever somebody sent, to be saved and never shown: the browser is not told what it is."""
    response = Response(content, mimetype="application/octet-stream")
    response.headers["Content-Disposition"] = f'attachment; filename="{file_name}"'
    return response


def attached(printed: Printed, *, mimetype: str) -> Response:
    """A file to be saved under its neutral name."""
    response = Response(printed.content, mimetype=mimetype)
    response.headers["Content-Disposition"] = f'attachment; filename="{printed.file_name}"'
    return response
