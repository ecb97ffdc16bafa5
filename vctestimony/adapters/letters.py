"""The one place that turns a letter into the bytes of a mail, its calendar object and its preview (RFC 6047).

The layout is the one that Google, Outlook, Apple and Thunderbird agree on: plain text, page and calendar object as
alternatives, and the same calendar bytes once more as an attachment. A letter about options has no calendar object:
nothing is fixed that a calendar could hold.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Protocol

from babel.support import NullTranslations
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from vctestimony.adapters import ical, mime
from vctestimony.adapters.account_texts import account_texts_of
from vctestimony.adapters.checklist_texts import checklist_texts_of
from vctestimony.adapters.clock_texts import Translate
from vctestimony.adapters.letter_texts import LetterTexts, texts_of
from vctestimony.adapters.option_texts import OptionTexts, option_texts_of
from vctestimony.adapters.proposal_texts import proposal_texts_of
from vctestimony.adapters.reminder_texts import reminder_texts_of
from vctestimony.domain.account_letters import AccountLetter
from vctestimony.domain.checklist_letters import CHECKLIST_LINK, ChecklistLetter
from vctestimony.domain.letters import Letter
from vctestimony.domain.option_letters import OptionLetter
from vctestimony.domain.proposal_letters import PROPOSAL_DECLINED, ProposalLetter
from vctestimony.domain.reminders.letters import ReminderLetter

TEMPLATES = Path(__file__).resolve().parents[2] / "templates" / "email"


class Catalogues(Protocol):
    """Where the translations come from."""

    def translations(self, language: str) -> NullTranslations:
        """The catalogue of a language."""


class Worded(Protocol):
    """Facts in words, for a template to arrange."""

    @property
    def language(self) -> str:
        """In which language they are."""


@dataclass(frozen=True, slots=True)
class Preview:
    """What a mail will show, for the person who is about to send it."""

    subject: str
    plain: str
    page: str
    calendar: bytes


@dataclass(frozen=True, slots=True)
class Voice:
    """One language: its templates and its words."""

    environment: Environment
    translate: Translate


class LetterComposer:
    """Composes letters with the templates of one folder, in the language of each reader."""

    def __init__(self, languages: Catalogues, *, templates: Path = TEMPLATES) -> None:
        self._languages = languages
        self._templates = templates
        self._voices: dict[str, Voice] = {}

    def compose(self, letter: Letter, *, message_id: str, references: tuple[str, ...] = ()) -> bytes:
        """The whole message; the same letter and ids give the same bytes.

        `message_id` and `references` have their angle brackets; an update refers to the first mail of the hearing.
        """
        shown = self.preview(letter)
        outer, inner = (mime.boundary(message_id, level) for level in ("mixed", "alternative"))
        method = ical.method_of(letter).value
        alternatives = mime.multipart(
            "alternative",
            inner,
            [
                mime.text_part("plain", shown.plain),
                mime.text_part("html", shown.page),
                mime.binary_part(f"text/calendar; charset=utf-8; method={method}", shown.calendar),
            ],
        )
        attached = mime.binary_part('application/ics; name="invite.ics"', shown.calendar, filename="invite.ics")
        head = self._head(
            letter, shown.subject, written_at=letter.dtstamp_at, message_id=message_id, references=references
        )
        return head + mime.multipart("mixed", outer, [alternatives, attached])

    def compose_options(self, letter: OptionLetter, *, message_id: str, references: tuple[str, ...] = ()) -> bytes:
        """The whole message about options: plain text and page, nothing for a calendar."""
        texts = self._option_texts(letter)
        subject, plain = self._option_words(letter, texts)
        parts = [
            mime.text_part("plain", plain),
            mime.text_part("html", self._rendered(f"{letter.kind.value}/body.html", texts)),
        ]
        head = self._head(letter, subject, written_at=letter.written_at, message_id=message_id, references=references)
        return head + mime.multipart("alternative", mime.boundary(message_id, "alternative"), parts)

    def compose_reminder(self, letter: ReminderLetter, *, message_id: str, references: tuple[str, ...] = ()) -> bytes:
        """The whole reminding mail: plain text and page, nothing for a calendar."""
        texts = reminder_texts_of(letter, self._voice(letter.to.language).translate)
        subject, plain, page = (
            self._rendered(f"{letter.kind.value}/{part}", texts) for part in ("subject.txt", "body.txt", "body.html")
        )
        head = self._head(
            letter,
            ical.one_line(subject),
            written_at=letter.written_at,
            message_id=message_id,
            references=references,
        )
        parts = [mime.text_part("plain", plain), mime.text_part("html", page)]
        return head + mime.multipart("alternative", mime.boundary(message_id, "alternative"), parts)

    def compose_declined(self, letter: ProposalLetter, *, message_id: str, references: tuple[str, ...] = ()) -> bytes:
        """The whole message that declines a proposal; who proposed by a calendar program gets an object for it."""
        texts = proposal_texts_of(letter, self._voice(letter.to.language).translate)
        subject, plain, page = (
            self._rendered(f"{PROPOSAL_DECLINED}/{name}", texts) for name in ("subject.txt", "body.txt", "body.html")
        )
        head = self._head(
            letter, ical.one_line(subject), written_at=letter.written_at, message_id=message_id, references=references
        )
        parts = [mime.text_part("plain", plain), mime.text_part("html", page)]
        inner = mime.boundary(message_id, "alternative")
        if not letter.by_calendar:
            return head + mime.multipart("alternative", inner, parts)
        calendar = ical.declined_counter(letter, summary=texts.summary)
        parts.append(mime.binary_part("text/calendar; charset=utf-8; method=DECLINECOUNTER", calendar))
        attached = mime.binary_part('application/ics; name="invite.ics"', calendar, filename="invite.ics")
        outer = mime.boundary(message_id, "mixed")
        return head + mime.multipart("mixed", outer, [mime.multipart("alternative", inner, parts), attached])

    def compose_checklist(self, letter: ChecklistLetter, *, message_id: str, references: tuple[str, ...] = ()) -> bytes:
        """The whole message with the link to a person's own checklist: plain text and page."""
        texts = checklist_texts_of(letter, self._voice(letter.to.language).translate)
        return self._plain_and_page(letter, CHECKLIST_LINK, texts, message_id=message_id, references=references)

    def compose_account(self, letter: AccountLetter, *, message_id: str, references: tuple[str, ...] = ()) -> bytes:
        """The whole message to the owner of an account: plain text and page."""
        texts = account_texts_of(letter, self._voice(letter.to.language).translate)
        return self._plain_and_page(letter, "account", texts, message_id=message_id, references=references)

    def option_words(self, letter: OptionLetter) -> tuple[str, str]:
        """Subject and plain text as they will leave, for the person who is about to send it."""
        return self._option_words(letter, self._option_texts(letter))

    def preview(self, letter: Letter) -> Preview:
        """Subject, plain text, page and calendar object as they will leave."""
        texts = self._texts(letter)
        return Preview(
            subject=ical.one_line(self._rendered(f"{letter.kind.value}/subject.txt", texts)),
            plain=self._rendered(f"{letter.kind.value}/body.txt", texts),
            page=self._rendered(f"{letter.kind.value}/body.html", texts),
            calendar=self._calendar(letter, texts, _with_all_told(texts)),
        )

    def download(self, letter: Letter) -> bytes:
        """The event as a file that nobody is asked to answer, with the UID and SEQUENCE of the mail.

        Files are passed on, so what only a mail may tell stays out: who else comes and how the conference is joined.
        """
        kept = replace(letter, joining=None, to=replace(letter.to, others=None))
        return self._calendar(kept, self._texts(kept), ical.download)

    def event_words(self, letter: Letter) -> tuple[str, str, str]:
        """Summary, place and description of the event, as the reader's calendar shows them."""
        texts = self._texts(letter)
        return texts.summary, texts.location, self.words("description.txt", texts)

    def words(self, template: str, texts: Worded) -> str:
        """A description of a calendar entry, in the language of its facts."""
        return self._rendered(template, texts).strip()

    def translate(self, language: str) -> Translate:
        """The words of that language."""
        return self._voice(language).translate

    def _option_texts(self, letter: OptionLetter) -> OptionTexts:
        return option_texts_of(letter, self._voice(letter.to.language).translate)

    def _option_words(self, letter: OptionLetter, texts: OptionTexts) -> tuple[str, str]:
        subject = ical.one_line(self._rendered(f"{letter.kind.value}/subject.txt", texts))
        return subject, self._rendered(f"{letter.kind.value}/body.txt", texts)

    def _head(
        self,
        letter: Letter | OptionLetter | ProposalLetter | ReminderLetter | ChecklistLetter | AccountLetter,
        subject: str,
        *,
        written_at: datetime,
        message_id: str,
        references: tuple[str, ...],
    ) -> bytes:
        to, sender = letter.to, letter.organizer
        lines = [
            mime.address_header("From", ical.one_line(sender.name), ical.checked_address(sender.address)),
            # The bare address: with a name before it, Thunderbird 153 takes the whole header for the attendee's
            # address, finds nobody of that address invited, and sends no answer.
            mime.bare_header("To", ical.checked_address(to.address)),
            mime.text_header("Subject", subject),
            mime.date_header(written_at),
            mime.bare_header("Message-ID", message_id),
            mime.bare_header("Auto-Submitted", "auto-generated"),
            mime.bare_header("Content-Language", to.language),
            mime.bare_header("MIME-Version", "1.0"),
        ]
        if references:
            lines.insert(5, mime.bare_header("In-Reply-To", references[-1]))
            lines.insert(6, mime.bare_header("References", "\r\n ".join(references)))
        return b"".join(lines)

    def _texts(self, letter: Letter) -> LetterTexts:
        return texts_of(letter, self._voice(letter.to.language).translate)

    def _calendar(self, letter: Letter, texts: LetterTexts, write: Callable[..., bytes]) -> bytes:
        description = self._rendered("description.txt", texts).strip()
        return write(letter, summary=texts.summary, location=texts.location, description=description)

    def _plain_and_page(
        self,
        letter: ChecklistLetter | AccountLetter,
        folder: str,
        texts: Worded,
        *,
        message_id: str,
        references: tuple[str, ...],
    ) -> bytes:
        """A message without a calendar: what the templates of the folder make of the words."""
        subject, plain, page = (
            self._rendered(f"{folder}/{part}", texts) for part in ("subject.txt", "body.txt", "body.html")
        )
        head = self._head(
            letter, ical.one_line(subject), written_at=letter.written_at, message_id=message_id, references=references
        )
        parts = [mime.text_part("plain", plain), mime.text_part("html", page)]
        return head + mime.multipart("alternative", mime.boundary(message_id, "alternative"), parts)

    def _rendered(self, template: str, texts: Worded) -> str:
        return self._voice(texts.language).environment.get_template(template).render(letter=texts)

    def _voice(self, language: str) -> Voice:
        if language not in self._voices:
            self._voices[language] = _voice_of(self._languages.translations(language), self._templates)
        return self._voices[language]


def _with_all_told(texts: LetterTexts) -> Callable[..., bytes]:
    """Writes the object of a mail with whatever its court lets it tell."""
    others = tuple((f"{one.name}, {one.duty}", one.address) for one in texts.others)
    return partial(ical.scheduling_object, conference=texts.conference, others=others)


def _voice_of(catalogue: NullTranslations, templates: Path) -> Voice:
    environment = Environment(
        loader=FileSystemLoader(templates),
        autoescape=select_autoescape(enabled_extensions=("html",), default=False),
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.install_gettext_translations(catalogue, newstyle=True)  # type: ignore[attr-defined]
    return Voice(environment=environment, translate=lambda text: str(catalogue.gettext(text)) if text else "")
