"""The one place for how words are compared when somebody looks for them: however they are typed, in every script."""

import unicodedata


def folded(text: str) -> str:
    """The text without regard to case, and to how its letters are put together.

    >>> folded("SC 12/2026 Ärzte") == folded("sc 12/2026 a\\u0308rzte")
    True
    """
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold())


def words_of(text: str) -> tuple[str, ...]:
    """The words somebody typed, as they are compared."""
    return tuple(folded(text).split())
