"""The one place that says what the place of a testimony is called to whom, and who may have the papers that name it."""

from collections.abc import Callable

from vctestimony.domain import whereabouts
from vctestimony.domain.access import Actor, knows_place, knows_post
from vctestimony.domain.documents import TELLS_THE_PLACE
from vctestimony.domain.errors import Absent
from vctestimony.domain.hearing import End
from vctestimony.domain.whereabouts import PlaceWithheld, neutral_code, neutral_name
from vctestimony.services.part_rooms import rooms_in_words
from vctestimony.store.models import HearingRow, ParticipantRow, PostRow

Translate = Callable[[str], str]
_OF_ONE_PERSON = "joining-sheet"


def is_confidential(post: PostRow) -> bool:
    """Whether the place is confidential."""
    return whereabouts.is_confidential(post.kind, said=post.confidential)


def knows_of(post: PostRow, *, by: Actor) -> bool:
    """Whether this person may know that there is such a place."""
    return not is_confidential(post) or knows_post(by, post_id=post.id)


def check_knows_of(post: PostRow, *, by: Actor) -> None:
    """Absent for whoever may not know of the place: it looks just like one that was never entered."""
    if not knows_of(post, by=by):
        raise Absent()


def knows(hearing: HearingRow, *, by: Actor) -> bool:
    """Whether this person may know where the testimony is given."""
    if not is_confidential(hearing.remote):
        return True
    own = (one for one in hearing.participants if one.removed_at is None and one.official_id == by.official_id)
    sits_there = by.official_id is not None and any(one.end is End.REMOTE for one in own)
    return knows_place(by, court_id=hearing.court_id, remote_id=hearing.remote_id, sits_there=sits_there)


def called(post: PostRow, *, word: Translate) -> str:
    """What the place is called where everybody reads it: on papers, in mails and in lists."""
    return neutral_name(post.id, post.city, word=word) if is_confidential(post) else post.name


def code_of(post: PostRow) -> str:
    """The same for programs and for the journal."""
    return neutral_code(post.id) if is_confidential(post) else post.code


def remote_point(hearing: HearingRow, *, word: Translate, is_known: bool = False) -> str:
    """The place of the testimony with its rooms; of a confidential one no room, unless the reader knows it."""
    remote = hearing.remote
    if is_confidential(remote) and not is_known:
        return called(remote, word=word)
    return f"{remote.name}, {rooms_in_words(hearing, End.REMOTE, word=word)}"


def phone_of(post: PostRow) -> str:
    """The telephone of the place, where everybody reads it; empty where somebody could learn whose it is."""
    return "" if is_confidential(post) else post.phone


def check_paper(hearing: HearingRow, kind: str, person: ParticipantRow | None, *, by: Actor) -> None:
    """Refuse a paper that names a confidential place to whoever may not know it."""
    goes_there = kind == _OF_ONE_PERSON and person is not None and person.end is End.REMOTE
    if (goes_there or kind in TELLS_THE_PLACE) and not knows(hearing, by=by):
        raise PlaceWithheld()
