"""The one place that decides whether an address that came with a request may be led to."""

import re

_OURS = re.compile(r"(?!\.)[a-z0-9_.@-]+|[A-Z]{1,2}-[0-9A-Z]{8}|[A-Z][0-9]{2}")


def local_path(path: str) -> str:
    """The path if it stays on this host, else the first page.

    >>> local_path("/hearings?state=booked"), local_path("//evil.example"), local_path("https://evil.example")
    ('/hearings?state=booked', '/', '/')

    An address of ours is made of small letters, references and ids of steps. What somebody typed into one, a name or
    the number of a document, is not carried along.

    >>> local_path("/hearings/H-7K3F9QW2/day"), local_path("/hearings/Some Body"), local_path("/hearings/BX0777123")
    ('/hearings/H-7K3F9QW2/day', '/', '/')
    >>> local_path("/hearings/H-7K3F9QW2/checklist/A17?lang=bn")
    '/hearings/H-7K3F9QW2/checklist/A17?lang=bn'

    Nor is one that names a folder above, or an empty one: what stands between us and the browser may shorten it.

    >>> local_path("/hearings/"), local_path("/.//evil.example"), local_path("/hearings/../..//evil.example")
    ('/hearings/', '/', '/')
    """
    stays = path.startswith("/") and not path.startswith("//")
    is_plain = "\\" not in path and path.isascii() and path.isprintable() and " " not in path
    parts = path.partition("?")[0].removeprefix("/").removesuffix("/").split("/")
    return path if stays and is_plain and (parts == [""] or all(_OURS.fullmatch(part) for part in parts)) else "/"
