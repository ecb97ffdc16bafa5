"""The one place that makes one document of a bundle, in the name of whoever asked for it, or says why there is none."""

import logging
from dataclasses import dataclass

from sqlalchemy.exc import OperationalError

from vctestimony.domain.access import Actor
from vctestimony.domain.documents.lists import DaySheet
from vctestimony.domain.errors import Absent, Conflict, Refusal
from vctestimony.domain.paper import Imprint
from vctestimony.domain.whereabouts import PlaceWithheld
from vctestimony.domain.wording import N_
from vctestimony.services import bundles
from vctestimony.services.accounts import actor_of
from vctestimony.services.papers import lists
from vctestimony.services.printing import Draft, drafted_for, issue, issued, stamped
from vctestimony.services.unit import NotRead, NotSaved, Unit, Units
from vctestimony.store import accounts
from vctestimony.store.models import BundleRow, LeafRow, LeafState

NOT_POSSIBLE = N_("Something went wrong on our side. Ask for it again; if this stays, tell whoever keeps the service.")

log = logging.getLogger(__name__)


class NothingThatDay(Conflict):
    """A sheet without a line to tick is no use."""

    text = N_("No hearing stands here on this day.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one document."""

    state: LeafState
    why: str = ""
    number: str = ""
    version: int = 0
    file_name: str = ""
    content: bytes | None = None
    loose: bytes | None = None

    @property
    def apart(self) -> bool:
        """Printed, and not to be joined: sealed as it is, or a form that a program fills in."""
        return self.content is not None and self.loose is None


def made(units: Units, bundle_id: int, leaf_id: int) -> Outcome:
    """The document printed, left out or failed. Raises what ends the whole bundle: the asker may not print any more."""
    with units.reading() as unit:
        row, leaf = unit.session.get_one(BundleRow, bundle_id), unit.session.get_one(LeafRow, leaf_id)
        language, by = row.language, asker(unit, row)
        bundles.check_allowed(unit, row, by=by)
        try:
            draft = _draft(unit, row, leaf)
        except Refusal as refusal:
            does_not_apply = isinstance(refusal, Absent | Conflict | PlaceWithheld)
            return Outcome(
                state=LeafState.LEFT_OUT if does_not_apply else LeafState.FAILED,
                why=in_words(units, language, refusal),
            )
        except OperationalError:
            raise
        except Exception:
            log.exception("a document of a bundle could not be put together")
            return Outcome(state=LeafState.FAILED, why=units.ports.words.gettext(language, NOT_POSSIBLE))
    try:
        return _printed(units, draft, by=by)
    except (NotSaved, NotRead):
        raise
    except Refusal as refusal:
        return Outcome(state=LeafState.FAILED, why=in_words(units, language, refusal))
    except Exception:
        log.exception("a document of a bundle could not be made")
        return Outcome(state=LeafState.FAILED, why=units.ports.words.gettext(language, NOT_POSSIBLE))


def in_words(units: Units, language: str, refusal: Refusal) -> str:
    """The refusal as sentences in the language of the bundle."""
    return refusal.sentence(lambda text: units.ports.words.gettext(language, text))


def asker(unit: Unit, row: BundleRow) -> Actor:
    """Whoever asked, as the account stands now; Absent when it was closed."""
    account = accounts.by_id(unit.session, row.account_id)
    if account is None or not account.is_active:
        raise Absent()
    return actor_of(account)


def _draft(unit: Unit, row: BundleRow, leaf: LeafRow) -> Draft:
    if leaf.day_on is None:
        hearing, who = bundles.hearing_of(unit, row), asker(unit, row)
        return drafted_for(unit, hearing, leaf.kind, lang=row.language, person=leaf.person, by=who)
    draft = lists.drafts_for_day(unit, bundles.post_of(unit, row), leaf.day_on, row.language, by=asker(unit, row))
    if isinstance(draft.made.sheet, DaySheet) and not draft.made.sheet.hearings:
        raise NothingThatDay()
    return draft


def _printed(units: Units, draft: Draft, *, by: Actor) -> Outcome:
    if draft.made.stored is not None:
        stored = issue(units, draft, by=by)
        return Outcome(state=LeafState.PRINTED, file_name=stored.file_name, content=stored.content)
    printed, imprint = issued(units, draft, by=by)
    return Outcome(
        state=LeafState.PRINTED,
        number=printed.number,
        version=printed.version,
        file_name=printed.file_name,
        content=printed.content,
        loose=None if getattr(draft.made.sheet, "fillable", False) else _loose(units, draft, imprint),
    )


def _loose(units: Units, draft: Draft, imprint: Imprint) -> bytes:
    sheet, attachments = stamped(draft.made.sheet, imprint), dict(draft.made.attachments)
    return units.ports.press.loose(draft.kind.code, sheet, lang=draft.language, attachments=attachments)
