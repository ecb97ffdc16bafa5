"""The one place that decides whether an address that came with a request may be led to."""


def local_path(path: str) -> str:
    """The path if it stays on this host, else the first page.

    >>> local_path("/hearings?state=booked"), local_path("//evil.example"), local_path("https://evil.example")
    ('/hearings?state=booked', '/', '/')

    No address of ours has a blank: what somebody typed into one, a name perhaps, is not carried along.

    >>> local_path("/hearings/Some Body")
    '/'
    """
    stays = path.startswith("/") and not path.startswith("//")
    return path if stays and "\\" not in path and path.isascii() and path.isprintable() and " " not in path else "/"
