"""The one place that turns a posted form into typed values.

Use it as a block; past the block every value is good, otherwise FormRefused has left it with all that is wrong:

    with Form(request.form) as form:
        title = form.text("title")
        heard_on = form.date("heard_on")
"""

import datetime as dt
import functools
import secrets
from collections.abc import Callable, Iterable
from enum import StrEnum
from types import TracebackType
from typing import Self, TypeVar

from werkzeug.datastructures import MultiDict

from vctestimony.domain import entered
from vctestimony.domain.errors import Invalid
from vctestimony.domain.intervals import Span
from vctestimony.domain.wording import N_
from vctestimony.services.submissions import FormKey

Read = TypeVar("Read")
Kind = TypeVar("Kind", bound=StrEnum)
KEY_FIELD, VERSION_FIELD = "once", "version"
_NO_ANSWERS = frozenset({"csrf_token", KEY_FIELD, VERSION_FIELD})
_KEY_LENGTHS = range(16, 101)
_LAST_VERSION = 2**31 - 1


class NotOffered(Invalid):
    """The answer is not among those the form offered."""

    text = N_("Choose one of the answers offered.")


class KeyMissing(Invalid):
    """The form came without the key that makes sending it twice harmless."""

    text = N_("This form is incomplete. Open the page again and send the form from there.")


class FormRefused(Invalid):
    """One or more fields cannot be used; `errors` has them all, in the order they were read."""

    text = N_("Some answers cannot be used yet. Nothing was saved.")

    def __init__(self, errors: tuple[Invalid, ...]) -> None:
        super().__init__(field=errors[0].field if errors else None)
        self.errors = errors


class Form:
    """Reads one posted form. A refused field gives a placeholder and the reading goes on, so that all errors show."""

    def __init__(self, posted: MultiDict[str, str]) -> None:
        self._posted = posted
        self._errors: list[Invalid] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is None:
            self.check()

    def check(self) -> None:
        """Refuse with everything that was wrong so far; nothing when all is well."""
        if self._errors:
            raise FormRefused(tuple(self._errors))

    def refuse(self, name: str, refusal: Invalid) -> None:
        """Note what only the caller can know is wrong with a field; a field keeps its first error."""
        if all(known.field != name for known in self._errors):
            refusal.field = name
            self._errors.append(refusal)

    def text(self, name: str, *, limit: int = 200) -> str:
        """One line that must not be empty."""
        return self._read(name, functools.partial(_needed, reader=functools.partial(entered.line, limit=limit)), "")

    def optional_text(self, name: str, *, limit: int = 200) -> str:
        """One line, or nothing."""
        return self._read(name, functools.partial(entered.line, limit=limit), "")

    def long_text(self, name: str, *, limit: int = 10_000) -> str:
        """Paragraphs that must not be empty."""
        reader = functools.partial(entered.paragraphs, limit=limit)
        return self._read(name, functools.partial(_needed, reader=reader), "")

    def optional_long_text(self, name: str, *, limit: int = 10_000) -> str:
        """Paragraphs, or nothing."""
        return self._read(name, functools.partial(entered.paragraphs, limit=limit), "")

    def secret(self, name: str, *, limit: int = 200) -> str:
        """A password, exactly as typed; it is never shown again."""
        typed = self._posted.get(name, "")
        refusal = entered.Missing() if not typed else entered.TooLong(length=len(typed), limit=limit)
        if not typed or len(typed) > limit:
            self.refuse(name, refusal)
            return ""
        return typed

    def date(self, name: str) -> dt.date:
        """A calendar day."""
        return self._read(name, entered.day, dt.date.min)

    def optional_date(self, name: str) -> dt.date | None:
        """A calendar day, or None when the field is empty."""
        return self.date(name) if self._filled(name) else None

    def clock(self, name: str) -> dt.time:
        """A time of day, 24 hours; its zone is the post's."""
        return self._read(name, entered.clock, dt.time.min)

    def optional_clock(self, name: str) -> dt.time | None:
        """A time of day, or None when the field is empty."""
        return self.clock(name) if self._filled(name) else None

    def stretches(self, name: str) -> tuple[Span, ...]:
        """Working hours of one day, in minutes of the date."""
        return self._read(name, entered.stretches, ())

    def optional_stretches(self, name: str) -> tuple[Span, ...]:
        """Working hours of one day, or none."""
        return self.stretches(name) if self._filled(name) else ()

    def integer(self, name: str, *, least: int, most: int) -> int:
        """A whole number within its limits."""
        return self._read(name, functools.partial(entered.number, least=least, most=most), least)

    def optional_integer(self, name: str, *, least: int, most: int) -> int | None:
        """A whole number within its limits, or None when the field is empty."""
        return self.integer(name, least=least, most=most) if self._filled(name) else None

    def choice(self, name: str, offered: type[Kind]) -> Kind:
        """One member of the enumeration."""
        return self._read(name, functools.partial(_member, offered=offered), next(iter(offered)))

    def optional_choice(self, name: str, offered: type[Kind]) -> Kind | None:
        """One member, or None when nothing was chosen."""
        return self.choice(name, offered) if self._filled(name) else None

    def choices(self, name: str, offered: type[Kind]) -> frozenset[Kind]:
        """Every member that was ticked; none is fine."""
        try:
            return frozenset(_member(value, offered=offered) for value in self._posted.getlist(name))
        except Invalid as refusal:
            self.refuse(name, refusal)
            return frozenset()

    def integers(self, name: str, *, most: int = _LAST_VERSION) -> tuple[int, ...]:
        """Every number that was ticked, in the order of the form, each once."""
        try:
            read = [entered.number(value, least=0, most=most) for value in self._posted.getlist(name)]
        except Invalid as refusal:
            self.refuse(name, refusal)
            return ()
        return tuple(dict.fromkeys(read))

    def one_of(self, name: str, offered: Iterable[str]) -> str:
        """One of the texts that the form offered."""
        return self._read(name, functools.partial(_offered, offered=frozenset(offered)), "")

    def yes_no(self, name: str) -> bool:
        """A question that must be answered yes or no."""
        return self._read(name, functools.partial(_offered, offered=frozenset({"yes", "no"})), "no") == "yes"

    def ticked(self, name: str) -> bool:
        """Whether a box was ticked."""
        return name in self._posted

    def version(self) -> int:
        """The version of the thing as it was when the form was opened."""
        return self.integer(VERSION_FIELD, least=0, most=_LAST_VERSION)

    def key(self) -> FormKey:
        """The form's own key: the same form sent twice has the same one; sent with other answers, it is told apart."""
        typed = self._posted.get(KEY_FIELD, "")
        if len(typed) not in _KEY_LENGTHS or not (typed.isascii() and typed.isprintable()):
            self.refuse(KEY_FIELD, KeyMissing())
        return FormKey.of(typed, (one for one in self._posted.items(multi=True) if one[0] not in _NO_ANSWERS))

    def _filled(self, name: str) -> bool:
        return bool(self._posted.get(name, "").strip())

    def _read(self, name: str, reader: Callable[[str], Read], placeholder: Read) -> Read:
        try:
            return reader(self._posted.get(name, ""))
        except Invalid as refusal:
            self.refuse(name, refusal)
            return placeholder


def _needed(text: str, *, reader: Callable[[str], str]) -> str:
    if not (read := reader(text)):
        raise entered.Missing()
    return read


def _member(text: str, *, offered: type[Kind]) -> Kind:
    return offered(_offered(text, offered=frozenset(offered)))


def _offered(text: str, *, offered: frozenset[str]) -> str:
    if not text:
        raise entered.Missing()
    if text not in offered:
        raise NotOffered()
    return text


def fresh_key() -> str:
    """A key for a form that must not take effect twice."""
    return secrets.token_urlsafe(18)
