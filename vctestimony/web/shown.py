"""The one place that shows a form: stored values at first, and after a refusal the input kept with its errors.

A page with a form is a pair of views at one address:

    @bp.get("/cases/new")
    def new() -> ResponseReturnValue:
        return render_template("cases/new.html", form=shown_form(language="en"))

    @bp.post("/cases/new")
    @shown_again_by(new)
    def create() -> ResponseReturnValue: ...
"""

import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import time
from typing import ParamSpec

from flask import Flask, g, make_response, request
from flask.typing import ResponseReturnValue

from vctestimony.domain.errors import Conflict, Invalid, Refusal, Stale
from vctestimony.services.submissions import SentOtherwise
from vctestimony.web.forms import KEY_FIELD, VERSION_FIELD, FormRefused, fresh_key
from vctestimony.web.language import translate
from vctestimony.web.overtaken import LastChange, last_change
from vctestimony.web.saying import said

Arguments = ParamSpec("Arguments")
_WITHHELD = frozenset({"csrf_token", VERSION_FIELD})


def bind(app: Flask) -> None:
    """Give the templates of `app` what the form macros need."""
    app.jinja_env.globals["fresh_key"] = fresh_key
    app.jinja_env.filters["options"] = options


def options(labels: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """A table of the domain, member to marked label, as options of a choice in the language of the request."""
    return tuple((str(member), translate(label)) for member, label in labels.items())


@dataclass(frozen=True, slots=True)
class Shown:
    """A form as a template shows it: values to stand in the fields, errors beside them, and what others saved since."""

    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    stored: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)
    general: tuple[str, ...] = ()
    stale: bool = False
    changed: LastChange | None = None

    @property
    def refused(self) -> bool:
        """Whether the form is being shown again because it was refused."""
        return bool(self.errors or self.general)

    def value(self, name: str) -> str:
        """What stands in a field."""
        return next(iter(self.values.get(name, ())), "")

    def has(self, name: str, value: str) -> bool:
        """Whether that answer is chosen or ticked."""
        return value in self.values.get(name, ())

    def error(self, name: str) -> str:
        """What is wrong with a field, or nothing."""
        return self.errors.get(name, "")

    @property
    def can_be_compared(self) -> bool:
        """Whether anything of the form is stored, so that the two versions can be laid side by side."""
        return any(name in self.values for name in self.stored)

    def compared(self) -> tuple[tuple[str, str, str], ...]:
        """Each field that is not as somebody else saved it meanwhile: its name, what is typed here, what is stored."""
        if not self.stale:
            return ()
        pairs = (
            (name, ", ".join(self.values[name]), ", ".join(saved))
            for name, saved in self.stored.items()
            if name in self.values
        )
        return tuple(pair for pair in pairs if pair[1] != pair[2])

    def theirs(self, name: str) -> str:
        """What somebody else saved in this field meanwhile, when it differs from what is typed here."""
        saved = next(iter(self.stored.get(name, ())), "")
        return saved if self.stale and saved != self.value(name) else ""


def shown_form(**stored: object) -> Shown:
    """The form for a template: with the stored values, or with the input and errors of the attempt just refused."""
    saved = {name: _as_values(value) for name, value in stored.items()}
    attempt = g.get("refused_attempt")
    if not isinstance(attempt, Refusal):
        return Shown(values=saved, stored=saved)
    # A list that comes back with nothing ticked is absent from the post: absent means empty, not "as stored".
    withheld = _WITHHELD | ({KEY_FIELD} if isinstance(attempt, SentOtherwise) else frozenset())
    kept = {name: tuple(values) for name, values in request.form.lists() if name not in withheld}
    errors = attempt.errors if isinstance(attempt, FormRefused) else (attempt,)
    return Shown(
        values=kept,
        stored=saved,
        errors={error.field: said(error) for error in errors if error.field},
        general=tuple(said(error) for error in errors if not error.field),
        stale=isinstance(attempt, Stale),
        changed=last_change(attempt) if isinstance(attempt, Stale) else None,
    )


def typed_form() -> Shown:
    """The form with what was just sent, where nothing was refused: somebody goes back to change it."""
    return Shown(values={name: tuple(values) for name, values in request.form.lists() if name not in _WITHHELD})


def _as_values(value: object) -> tuple[str, ...]:
    if value is None or value is False:
        return ()
    if value is True:
        return ("yes",)
    if isinstance(value, time):
        return (value.strftime("%H:%M"),)
    if isinstance(value, tuple | list | set | frozenset):
        return tuple(str(item) for item in value)
    return (str(value),)


def shown_again_by(
    page: Callable[Arguments, ResponseReturnValue],
) -> Callable[[Callable[Arguments, ResponseReturnValue]], Callable[Arguments, ResponseReturnValue]]:
    """Decorate the POST view: a refusal shows the GET view `page` again, with 422 or 409 and the input kept."""

    def decorate(view: Callable[Arguments, ResponseReturnValue]) -> Callable[Arguments, ResponseReturnValue]:
        @functools.wraps(view)
        def answered(*args: Arguments.args, **kwargs: Arguments.kwargs) -> ResponseReturnValue:
            try:
                return view(*args, **kwargs)
            except (Invalid, Conflict) as refusal:
                g.refused_attempt, g.refusal_code = refusal, refusal.code
                response = make_response(page(*args, **kwargs))
                response.status_code = 422 if isinstance(refusal, Invalid) else 409
                return response

        return answered

    return decorate
