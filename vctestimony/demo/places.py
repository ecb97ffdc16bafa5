"""The places of the demonstration: real kinds of post in real cities. Addresses and telephones are examples."""

from collections.abc import Mapping
from dataclasses import dataclass

from vctestimony.domain.access import SYSTEM
from vctestimony.domain.people import PostKind
from vctestimony.services import places
from vctestimony.services.places import NewPost
from vctestimony.services.unit import Unit

KOLKATA, DHAKA = "Asia/Kolkata", "Asia/Dhaka"
LINKS = ("Court video link 1", "Court video link 2", "Court video link 3")


@dataclass(frozen=True, slots=True)
class Places:
    """Numbers of what was entered: posts and rooms by the post's code, links in order."""

    posts: Mapping[str, int]
    rooms: Mapping[str, tuple[int, ...]]
    links: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Group:
    """What the posts of one kind have in common; `codes` maps each code to name, street and city."""

    kind: PostKind
    country: str
    zone: str
    domain: str
    rooms: tuple[str, ...]
    codes: Mapping[str, tuple[str, str, str]]


GROUPS = (
    _Group(
        PostKind.TRIAL_COURT,
        "IN",
        KOLKATA,
        "court",
        ("Courtroom 1, video link", "Vulnerable witness room"),
        {
            "mumbai-sessions": ("Court of Session for Greater Mumbai", "1 Example Road, Fort", "Mumbai"),
            "kolkata-sessions": ("City Sessions Court, Kolkata", "2 Example Lane, B. B. D. Bagh", "Kolkata"),
            "delhi-sessions": ("District and Sessions Court, New Delhi", "3 Example Marg", "Delhi"),
            "ernakulam-sessions": ("District and Sessions Court, Ernakulam", "4 Example Avenue, Kochi", "Ernakulam"),
        },
    ),
    _Group(
        PostKind.MISSION,
        "BD",
        DHAKA,
        "mission",
        ("Conference room", "Quiet room"),
        {
            "hci-dhaka": ("High Commission of India, Dhaka", "5 Example Road, Baridhara", "Dhaka"),
            "ahci-rajshahi": ("Assistant High Commission of India, Rajshahi", "6 Example Road", "Rajshahi"),
            "ahci-khulna": ("Assistant High Commission of India, Khulna", "7 Example Road", "Khulna"),
            "ahci-sylhet": ("Assistant High Commission of India, Sylhet", "8 Example Road", "Sylhet"),
            "ahci-chattogram": ("Assistant High Commission of India, Chattogram", "9 Example Road", "Chattogram"),
        },
    ),
    _Group(
        PostKind.MAGISTRATES_COURT,
        "BD",
        DHAKA,
        "court",
        ("Video room",),
        {
            "dhaka-magistrates": ("Chief Metropolitan Magistrate Court, Dhaka", "10 Example Street", "Dhaka"),
            "jashore-magistrates": ("Chief Judicial Magistrate Court, Jashore", "11 Example Road", "Jashore"),
            "satkhira-magistrates": ("Chief Judicial Magistrate Court, Satkhira", "12 Example Road", "Satkhira"),
        },
    ),
    _Group(
        PostKind.MISSION,
        "NP",
        "Asia/Kathmandu",
        "mission",
        ("Conference room",),
        {"eoi-kathmandu": ("Embassy of India, Kathmandu", "13 Example Marg, Lainchaur", "Kathmandu")},
    ),
    _Group(
        PostKind.MISSION,
        "GB",
        "Europe/London",
        "mission",
        ("Conference room",),
        {"hci-london": ("High Commission of India, London", "14 Example Street, Aldwych", "London")},
    ),
    _Group(
        PostKind.OTHER,
        "BD",
        DHAKA,
        "ngo",
        ("Quiet room",),
        {"legal-aid-jashore": ("Legal aid and survivor support office, Jashore", "15 Example Road", "Jashore")},
    ),
    _Group(
        PostKind.PRISON,
        "IN",
        KOLKATA,
        "prison",
        ("Video conference room",),
        {"taloja-prison": ("Central Prison, Taloja", "16 Example Road, Navi Mumbai", "Navi Mumbai")},
    ),
)
CALENDARS = {
    "mumbai-sessions": "in-mumbai-sessions",
    "kolkata-sessions": "in-kolkata-sessions",
    "delhi-sessions": "in-delhi-sessions",
    "ernakulam-sessions": "in-ernakulam-sessions",
    "taloja-prison": "in-mumbai-sessions",
    "hci-dhaka": "mission-dhaka",
    "eoi-kathmandu": "mission-kathmandu",
    "hci-london": "mission-london",
    "dhaka-magistrates": "bd-dhaka-magistrates",
    "jashore-magistrates": "bd-jashore-magistrates",
    "satkhira-magistrates": "bd-satkhira-magistrates",
    "legal-aid-jashore": "bd-jashore-magistrates",
}
# Degrees north and east of the cities, rounded to a few kilometres: near enough for sunrise and sunset to the minute.
COORDINATES = {
    "Mumbai": (18.93, 72.83),
    "Kolkata": (22.57, 88.35),
    "Delhi": (28.63, 77.24),
    "Ernakulam": (9.98, 76.28),
    "Dhaka": (23.81, 90.41),
    "Rajshahi": (24.37, 88.6),
    "Khulna": (22.82, 89.55),
    "Sylhet": (24.9, 91.87),
    "Chattogram": (22.36, 91.78),
    "Jashore": (23.17, 89.21),
    "Satkhira": (22.72, 89.07),
    "Kathmandu": (27.72, 85.32),
    "London": (51.51, -0.12),
    "Navi Mumbai": (19.03, 73.07),
}
HIGH_COURTS = {
    "mumbai-sessions": "bombay",
    "kolkata-sessions": "calcutta",
    "delhi-sessions": "delhi",
    "ernakulam-sessions": "kerala",
}
# London's numbers come from the range that the regulator keeps for stories; the others have no subscriber's digits.
PHONES = {"IN": "+91 00 5550 0100", "BD": "+880 00 5550 0100", "NP": "+977 00 555 0100", "GB": "+44 20 7946 0000"}


def domain_of(code: str) -> str:
    """The mail domain of a post; `.example` never has a mail server (RFC 2606).

    >>> domain_of("mumbai-sessions"), domain_of("hci-dhaka")
    ('mumbai.court.example', 'dhaka.mission.example')
    """
    group = next(group for group in GROUPS if code in group.codes)
    return f"{group.codes[code][2].casefold().replace(' ', '-')}.{group.domain}.example"


def enter(unit: Unit) -> Places:
    """Enter every post with its rooms, and the links."""
    posts: dict[str, int] = {}
    rooms: dict[str, tuple[int, ...]] = {}
    for group in GROUPS:
        for code in group.codes:
            posts[code] = places.add_post(unit, _post(group, code), by=SYSTEM)
            rooms[code] = tuple(places.add_room(unit, posts[code], name, by=SYSTEM) for name in group.rooms)
    return Places(posts, rooms, tuple(places.add_link(unit, name, by=SYSTEM) for name in LINKS))


def _post(group: _Group, code: str) -> NewPost:
    name, street, city = group.codes[code]
    return NewPost(
        code=code,
        name=name,
        kind=group.kind,
        address=f"{street} (example address)",
        city=city,
        country=group.country,
        zone=group.zone,
        calendar_id=CALENDARS.get(code, "mission-bangladesh-assistant"),
        high_court=HIGH_COURTS.get(code),
        phone=PHONES[group.country],
        email=f"registry@{domain_of(code)}",
        latitude=COORDINATES[city][0],
        longitude=COORDINATES[city][1],
    )
