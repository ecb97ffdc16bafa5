"""The one place for how all that is held about one person is given away: its parts, and what the README says of them.

The archive names nobody in the names of its files. Its tables hold no formula (archive/contents.py).
"""

from collections.abc import Mapping, Sequence

from vctestimony.domain.archive.contents import README, Member, both_ways, put_together

FORMAT = "vctestimony-person/1"
FILE_NAME = "held-data.zip"
Rows = Sequence[Mapping[str, object]]

_HEAD = """WHAT IS HELD ABOUT ONE PERSON

This archive holds what the hearing service holds about the person who asked, or for whom a court ordered it.
Each list stands here twice: as JSON for programs, and as CSV for programs for tables. Times are in UTC.
manifest.json lists every file; SHA256SUMS holds their hashes (check with: sha256sum -c SHA256SUMS).
Keep this archive where nobody else can read it.

"""
_OFFICIAL = """What is not in it, and why:
- Passwords, codes and keys: only something that they are checked against is kept, and that stays here.
- Addresses of calendar feeds and of calendars that are read: whoever holds one can read the calendar. They are on the
  page of your account.
- What mails said: it is wiped some days after they left. Their hashes are here.
- What was written into cases under your name, and remarks with answers: that belongs to the cases of the court.
- Who else did something to your account: that is said as "somebody else".
- The journal cannot be changed by anybody. Entries about your account are here; they stay when you leave.
"""
_WITNESS = """What is not in it, and why:
- What other people said, did or are called: whoever looked at the identity is named by office only.
- The record and the files themselves: ask the court for copies. Their codes, names and hashes are here.
- The reasons for looks: the court has them in its journal.
"""


def of_official(parts: Mapping[str, Rows], *, made_at: str) -> tuple[Member, ...]:
    """The archive for somebody who takes part by office."""
    return _archive(parts, _HEAD + _OFFICIAL, made_at=made_at)


def of_witness(parts: Mapping[str, Rows], *, made_at: str) -> tuple[Member, ...]:
    """The archive for a witness."""
    return _archive(parts, _HEAD + _WITNESS, made_at=made_at)


def _archive(parts: Mapping[str, Rows], said: str, *, made_at: str) -> tuple[Member, ...]:
    """A part without rows has a list that is empty: nothing of the kind is held."""
    members = [one for name, rows in parts.items() for one in both_ways(name, rows, _columns(rows))]
    return put_together([*members, Member(README, said.encode())], {"format": FORMAT, "made_at": made_at})


def _columns(rows: Rows) -> tuple[str, ...]:
    return tuple(rows[0]) if rows else ("nothing_held",)
