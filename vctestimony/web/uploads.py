"""The one place that takes a file out of a form that is to be read or kept; it is vetted before anybody gets it."""

from contextlib import closing

from flask import request

from vctestimony.services import vetting
from vctestimony.web.context import current_actor, service


def uploaded(name: str, *, most: int = -1) -> bytes:
    """The file that came under this name, at most so many bytes of it; empty where none came."""
    file = request.files.get(name)
    if file is None:
        return b""
    with closing(file):
        content: bytes = file.read(most)
    vetting.vet(service().units, content, field=name, by=current_actor())
    return content
