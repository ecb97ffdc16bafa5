"""The one place that words the mail to the owner of an account."""

from dataclasses import dataclass

from vctestimony.adapters.clock_texts import Translate
from vctestimony.adapters.ical import one_line
from vctestimony.domain.account_letters import BUTTONS, PARAGRAPHS, SUBJECTS, AccountLetter


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountTexts:
    """All that the templates may print."""

    language: str
    name: str
    summary: str
    paragraphs: tuple[str, ...]
    button: str
    organizer: str
    url: str
    code: str


def account_texts_of(letter: AccountLetter, translate: Translate) -> AccountTexts:
    """The letter in words; `translate` gives the reader's language."""
    return AccountTexts(
        language=letter.to.language,
        name=one_line(letter.to.name),
        summary=translate(SUBJECTS[letter.kind]),
        paragraphs=tuple(translate(text) for text in PARAGRAPHS[letter.kind]),
        button=translate(BUTTONS[letter.kind]),
        organizer=translate(one_line(letter.organizer.name)),
        url=letter.url,
        code=letter.code,
    )
