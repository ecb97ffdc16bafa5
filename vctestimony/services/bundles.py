"""The use-cases of asking for many documents at once: everything for a hearing, or a month's day sheets of a post.

What is made of it is `bundle_making`, what the pages show `bundle_views`. A bundle is its asker's alone, and only for
as long as the asker may print what is in it.
"""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta

from vctestimony.domain.access import Action, Actor
from vctestimony.domain.documents import KINDS, About
from vctestimony.domain.errors import Absent, Conflict
from vctestimony.domain.people import DUTY_LABELS
from vctestimony.domain.retention import Held
from vctestimony.domain.wording import N_
from vctestimony.services import journal
from vctestimony.services.access import hearing_for, may_do
from vctestimony.services.papers import lists
from vctestimony.services.papers.register import MAKERS
from vctestimony.services.places import subject_of
from vctestimony.services.printing import Printed, action_of
from vctestimony.services.references import new_reference
from vctestimony.services.unit import Unit
from vctestimony.store import accounts
from vctestimony.store import bundles as store
from vctestimony.store.models import BundleRow, BundleState, HearingRow, LeafRow, LeafState, PostRow

MOST_OPEN = 5


class TooManyOpen(Conflict):
    """One person's bundles must not keep everybody else's waiting."""

    text = N_("{most} of your bundles are still being made. Wait for them, or cancel one, and ask again.")


class NotInHand(Conflict):
    """The bundle is made, cancelled or failed already."""

    text = N_("Nothing is being made here any more.")


def ask_for_hearing(unit: Unit, reference: str, *, language: str, by: Actor) -> str:
    """Queue every document of the hearing; returns the bundle's reference. The same asked twice is one."""
    hearing = hearing_for(unit, reference, by=by, action=Action.PRINT)
    return _asked(
        unit, BundleRow(hearing_id=hearing.id, language=language), _of_hearing(unit, hearing, language, by=by), by=by
    )


def ask_for_month(unit: Unit, code: str, month: date, *, language: str, by: Actor) -> str:
    """Queue the day sheets of the post for the month in which the date lies; the same asked twice is one."""
    post = lists.post_for(unit, code, by=by)
    first = month.replace(day=1)
    row = BundleRow(post_id=post.id, from_on=first, language=language)
    return _asked(unit, row, _of_month(unit, first, language), by=by)


def cancel(unit: Unit, reference: str, *, by: Actor) -> None:
    """Stop the making, at the latest after the document in hand. What was printed stays in the register only."""
    row = bundle_for(unit, reference, by=by)
    if row.state not in store.OPEN:
        raise NotInHand()
    row.state, row.ended_at, row.owner, row.leased_until = BundleState.CANCELLED, unit.now, "", None
    store.empty(unit.session, row.id)
    journal.write(unit, "bundle.cancelled", subject=subject_for(unit, row), by=by, bundle=reference)


def fetch(unit: Unit, reference: str, form: str, *, by: Actor) -> Printed:
    """The finished file, for whoever asked for it and still may print what is in it."""
    row = bundle_for(unit, reference, by=by)
    found = next((one for one in store.files(unit.session, row.id) if one.form == form), None)
    if found is None:
        raise Absent()
    subject = subject_for(unit, row)
    journal.write(unit, "bundle.fetched", subject=subject, by=by, bundle=reference, form=form, sha256=found.sha256)
    return Printed(found.file_name, bytes(found.content))


def forget_old(unit: Unit) -> None:
    """Forget bundles that were kept for long enough; the register keeps the single documents."""
    store.forget(unit.session, until=unit.now)


def bundle_for(unit: Unit, reference: str, *, by: Actor) -> BundleRow:
    """The bundle, if this person asked for it and may still have it."""
    row = None if by.account_id is None else store.by_reference(unit.session, reference, account_id=by.account_id)
    if row is None or row.expires_at <= unit.now:
        raise Absent()
    check_allowed(unit, row, by=by)
    return row


def check_allowed(unit: Unit, row: BundleRow, *, by: Actor) -> None:
    """Refuse where the person may not print these documents any more."""
    if row.hearing_id is not None:
        reference = hearing_of(unit, row).reference
        for action in {Action.PRINT, *(action_of(leaf.kind) for leaf in store.leaves(unit.session, row.id))}:
            hearing_for(unit, reference, by=by, action=action)
    else:
        lists.post_for(unit, post_of(unit, row).code, by=by)


def hearing_of(unit: Unit, row: BundleRow) -> HearingRow:
    """The hearing whose documents these are."""
    return unit.session.get_one(HearingRow, row.hearing_id)


def post_of(unit: Unit, row: BundleRow) -> PostRow:
    """The post whose day sheets these are."""
    return unit.session.get_one(PostRow, row.post_id)


def subject_for(unit: Unit, row: BundleRow) -> str:
    """What the journal calls that which the bundle is about."""
    return subject_of(post_of(unit, row)) if row.hearing_id is None else hearing_of(unit, row).reference


def _asked(unit: Unit, row: BundleRow, leaves: Iterator[LeafRow], *, by: Actor) -> str:
    if by.account_id is None:
        raise Absent()
    accounts.lock_name(unit.session, f"bundles of {by.account_id}")
    known = store.still_open(
        unit.session,
        account_id=by.account_id,
        hearing_id=row.hearing_id,
        post_id=row.post_id,
        from_on=row.from_on,
        language=row.language,
    )
    if known is not None:
        return known.reference
    if store.count_open(unit.session, account_id=by.account_id) >= MOST_OPEN:
        raise TooManyOpen(most=MOST_OPEN)
    row.reference, row.account_id, row.state = new_reference(unit, "B"), by.account_id, BundleState.QUEUED
    row.created_at, row.expires_at = unit.now, unit.now + unit.ports.lasts(Held.BUNDLES)
    unit.session.add(row)
    unit.session.flush()
    for position, leaf in enumerate(leaves):
        leaf.bundle_id, leaf.position, leaf.state = row.id, position, LeafState.WAITING
        unit.session.add(leaf)
    unit.session.flush()
    facts = {"bundle": row.reference, "language": row.language, "month": row.from_on and row.from_on.isoformat()}
    journal.write(unit, "bundle.asked", subject=subject_for(unit, row), by=by, **facts)
    return row.reference


def _of_hearing(unit: Unit, hearing: HearingRow, language: str, *, by: Actor) -> Iterator[LeafRow]:
    """One for each kind that the asker may have, one for each person where it is for one; never what names her."""
    word = unit.ports.words.gettext
    persons = [person for person in hearing.participants if person.removed_at is None]
    theirs = (kind for kind in KINDS.values() if may_do(hearing, action_of(kind.code), by=by))
    for kind in (kind for kind in theirs if kind.code in MAKERS):
        title = word(language, kind.title)
        if kind.about is About.HEARING:
            yield LeafRow(kind=kind.code, title=title)
        elif kind.about is About.PERSON:
            for person in persons:
                whom = f"{word(language, DUTY_LABELS[person.duty])}, {person.official.name}"
                yield LeafRow(kind=kind.code, title=title, person=person.public_id, whom=whom)


def _of_month(unit: Unit, first: date, language: str) -> Iterator[LeafRow]:
    title = unit.ports.words.gettext(language, KINDS[lists.DAY].title)
    for number in range(monthrange(first.year, first.month)[1]):
        day = first + timedelta(days=number)
        yield LeafRow(kind=lists.DAY, title=title, day_on=day, whom=unit.ports.words.day(language, day))
