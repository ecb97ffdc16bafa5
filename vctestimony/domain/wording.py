"""The one place that marks text for translation inside the domain. No language is chosen here."""

LANGUAGES = ("en", "hi", "bn")
"""The languages that everything is said in; the first is the one that texts are written in."""


def N_(text: str) -> str:
    """Mark `text` for the translation catalogue and return it unchanged.

    >>> N_("Court Point")
    'Court Point'
    """
    return text
