"""The one place that looks for words in what a list shows of hearings to one reader, and in nothing else.

Reference, case number and pseudonym are asked of the database as they are compared there. The names of places are few
and read here: what a confidential place is called depends on who reads, and for somebody who is kept apart, where.
"""

from collections.abc import Collection, Sequence

import sqlalchemy as sa

from vctestimony.domain.access import Actor, knows_place
from vctestimony.domain.hearing import End
from vctestimony.domain.searching import folded, words_of
from vctestimony.services import screening, whereabouts
from vctestimony.services.hearing_lines import HearingLine, lines_of
from vctestimony.services.unit import Unit
from vctestimony.store import hearings, places
from vctestimony.store.models import CaseRow, HearingRow, ParticipantRow, PostRow, WitnessRow

_NOWHERE = 0
"""No post has this id."""


def condition(unit: Unit, words: str, *, by: Actor) -> sa.ColumnElement[bool]:
    """The hearings with all these words. Those at which the reader is kept apart are looked through one by one."""
    posts, apart = places.posts(unit.session), screening.screened_ids(unit, by=by)
    wanted = words_of(words)
    found = sa.and_(sa.true(), *(_has(unit, word, posts, by=by) for word in wanted))
    if not apart:
        return found
    rows = hearings.listed(unit.session, HearingRow.id.in_(sorted(apart)))
    lines = zip(rows, lines_of(unit, rows, by=by), strict=True)
    own = [row.id for row, line in lines if all(word in _text(line) for word in wanted)]
    return (found & HearingRow.id.not_in(sorted(apart))) | HearingRow.id.in_(own)


def _text(line: HearingLine) -> str:
    return folded(" ".join((line.reference, line.case_number, line.pseudonym, line.court, line.remote)))


def _has(unit: Unit, word: str, posts: Sequence[PostRow], *, by: Actor) -> sa.ColumnElement[bool]:
    def called(post: PostRow) -> str:
        return whereabouts.called(post, word=lambda text: unit.ports.words.gettext(by.language, text))

    row = HearingRow
    named = {post.id for post in posts if word in folded(post.name)}
    hidden = {post.id for post in posts if whereabouts.is_confidential(post)}
    neutral = {post.id for post in posts if post.id in hidden and word in folded(called(post))}
    cases = sa.select(CaseRow.id).where(CaseRow.number_folded.contains(word, autoescape=True))
    witnesses = sa.select(WitnessRow.id).where(WitnessRow.pseudonym_folded.contains(word, autoescape=True))
    known = _knows(posts, by=by)
    return sa.or_(
        sa.func.lower(row.reference).contains(word, autoescape=True),
        row.case_id.in_(cases),
        row.witness_id.in_(witnesses),
        row.court_id.in_(sorted(named)),
        row.remote_id.in_(sorted(named - hidden)),
        row.remote_id.in_(sorted(named & hidden)) & known,
        row.remote_id.in_(sorted(neutral)) & ~known,
    )


def _knows(posts: Collection[PostRow], *, by: Actor) -> sa.ColumnElement[bool]:
    """Whether the reader may know where the testimony is given, as services/whereabouts.py says it of one hearing."""
    person, row = ParticipantRow, HearingRow
    courts = [post.id for post in posts if knows_place(by, court_id=post.id, remote_id=_NOWHERE, sits_there=False)]
    found = row.court_id.in_(sorted(courts)) | (row.remote_id == (by.post_id or _NOWHERE))
    if by.official_id is None:
        return found
    sits_there = sa.exists().where(
        person.hearing_id == row.id,
        person.official_id == by.official_id,
        person.removed_at.is_(None),
        person.end == End.REMOTE,
    )
    return found | sits_there
