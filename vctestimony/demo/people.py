"""The people of the demonstration. All are invented; their addresses lie under `.example` and reach nobody."""

from collections.abc import Mapping
from dataclasses import dataclass

from vctestimony.demo.places import Places, domain_of
from vctestimony.domain.access import SYSTEM, Actor
from vctestimony.domain.one_time_codes import is_required
from vctestimony.domain.people import Duty, Role
from vctestimony.services import accounts, second_steps
from vctestimony.services.accounts import NewAccount
from vctestimony.services.officials import NewOfficial, add_official
from vctestimony.services.unit import Unit
from vctestimony.store import accounts as store

SHARED_WORDS = "marigold ferry lantern seven"
ADMINISTRATOR = "administrator@service.example"
KEEPER = "service/administrator"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of a post: an official if there is a duty, with an account if there is a role."""

    who: str
    name: str
    designation: str
    post: str
    duty: Duty | None
    role: Role | None = None
    language: str = "en"

    @property
    def email(self) -> str:
        """The address: what they are, at the domain of the post."""
        return f"{self.who}@{domain_of(self.post)}"


@dataclass(frozen=True, slots=True)
class People:
    """Numbers of officials and actors of accounts, both by `post/who`; accounts in the order of the note."""

    officials: Mapping[str, int]
    actors: Mapping[str, Actor]
    sign_ins: tuple[tuple[str, Role], ...]


_JUDGE, _CPC = (Duty.JUDGE, Role.PRESIDING_OFFICER), (Duty.COURT_COORDINATOR, Role.COORDINATOR)
_APP, _DEF, _INT, _TECH = (Duty.PROSECUTION,), (Duty.DEFENCE,), (Duty.INTERPRETER, Role.INTERPRETER), (Duty.TECHNICIAN,)
_RPC, _MAG = (Duty.REMOTE_COORDINATOR, Role.MISSION_OFFICIAL), (Duty.MAGISTRATE,)
_MUMBAI, _KOLKATA, _DELHI, _ERNAKULAM = "mumbai-sessions", "kolkata-sessions", "delhi-sessions", "ernakulam-sessions"
PEOPLE = (
    Person("coordinator", "Vaishali Gokhale-Rane", "Court Point Coordinator", _MUMBAI, *_CPC),
    Person("judge", "मृणाल देशपांडे", "Additional Sessions Judge", _MUMBAI, *_JUDGE, language="hi"),
    Person("prosecutor", "Farokh Batliwala", "Special Public Prosecutor", _MUMBAI, *_APP),
    Person("defence", "Sunanda Kulkarni", "Advocate for the accused", _MUMBAI, *_DEF),
    Person("interpreter", "নাসরিন চৌধুরী", "Court interpreter, Bengali", _MUMBAI, *_INT, language="bn"),
    Person("second-interpreter", "Zubeida Sheikh-Mondal", "Interpreter, part-time, Bengali", _MUMBAI, *_INT),
    Person("technician", "Imran Qureshi", "System officer", _MUMBAI, *_TECH, language="hi"),
    Person("clerk", "Leena D'Mello", "Registry, special cases", _MUMBAI, None, Role.LEGAL_STAFF),
    Person("coordinator", "Debjani Sen-Roy", "Court Point Coordinator", _KOLKATA, *_CPC),
    Person("judge", "অনিরুদ্ধ লাহিড়ী", "Judge, City Sessions Court", _KOLKATA, *_JUDGE, language="bn"),
    Person("prosecutor", "Mitali Ghoshal", "Public Prosecutor in charge", _KOLKATA, *_APP, language="bn"),
    Person("defence", "Rafiqul Molla", "Advocate for the accused", _KOLKATA, *_DEF, language="bn"),
    Person("interpreter", "Suchitra Pal", "Court interpreter, Hindi and English", _KOLKATA, *_INT, language="bn"),
    Person("coordinator", "Harpreet Sandhu", "Court Point Coordinator", _DELHI, *_CPC, language="hi"),
    Person("judge", "Revathi Subramaniam", "Additional Sessions Judge", _DELHI, *_JUDGE),
    Person("prosecutor", "देवेन्द्र सिंह राठौड़", "Additional Public Prosecutor", _DELHI, *_APP, language="hi"),
    Person("defence", "Ayesha Siddiqui", "Advocate for the accused", _DELHI, *_DEF),
    Person("coordinator", "Thomas Kurian Pulickal", "Court Point Coordinator", _ERNAKULAM, *_CPC),
    Person("judge", "Sreedevi Warrier", "Principal Sessions Judge", _ERNAKULAM, *_JUDGE),
    Person("prosecutor", "Abdul Rasheed Koya", "Public Prosecutor", _ERNAKULAM, *_APP),
    Person("defence", "Annamma Chacko", "Advocate for the accused", _ERNAKULAM, *_DEF),
    Person("interpreter", "Shyamal Biswas", "Court interpreter, Bengali", _ERNAKULAM, *_INT, language="bn"),
    Person("consular", "Kavita Nambiar", "Second Secretary (Consular)", "hci-dhaka", *_RPC),
    Person("consular", "Prakash Oraon", "Vice Consul", "ahci-rajshahi", *_RPC, language="hi"),
    Person("consular", "अमित खन्ना", "Vice Consul", "ahci-khulna", *_RPC, language="hi"),
    Person("consular", "Lalrinpuii Hmar", "Vice Consul", "ahci-sylhet", *_RPC),
    Person("consular", "Joseph Fernandes", "Vice Consul", "ahci-chattogram", *_RPC),
    Person("consular", "Bhaskar Tiwari", "First Secretary (Consular)", "eoi-kathmandu", *_RPC, language="hi"),
    Person("consular", "Nilofer Wadia", "First Secretary (Consular)", "hci-london", *_RPC),
    Person("magistrate", "শাহানা পারভীন", "Metropolitan Magistrate", "dhaka-magistrates", *_MAG, language="bn"),
    Person("magistrate", "Mahbub Talukder", "Senior Judicial Magistrate", "jashore-magistrates", *_MAG, language="bn"),
    Person("magistrate", "রেহানা সুলতানা", "Judicial Magistrate", "satkhira-magistrates", *_MAG, language="bn"),
    Person("lawyer", "Tahmina Kader", "Legal officer", "legal-aid-jashore", Duty.LEGAL_STAFF, Role.LEGAL_STAFF, "bn"),
    Person("support", "মরিয়ম খানম", "Social worker", "legal-aid-jashore", Duty.SUPPORT_PERSON, Role.SUPPORT, "bn"),
    Person("interpreter", "Shafiq Anwar", "Interpreter, Bengali and Hindi", "legal-aid-jashore", *_INT, language="bn"),
    Person("superintendent", "Sanjay Pawar", "Superintendent", "taloja-prison", Duty.PRISON, None, "hi"),
)


def enter(unit: Unit, where: Places) -> People:
    """Enter every official and open the accounts, all with the passphrase of the demonstration."""
    officials: dict[str, int] = {}
    actors: dict[str, Actor] = {}
    sign_ins: list[tuple[str, Role]] = [(ADMINISTRATOR, Role.ADMINISTRATOR)]
    keeper = NewAccount(email=ADMINISTRATOR, name="Service administrator", role=Role.ADMINISTRATOR)
    actors[KEEPER] = _open(unit, keeper)
    for person in PEOPLE:
        key, post_id = f"{person.post}/{person.who}", where.posts[person.post]
        if person.duty is not None:
            officials[key] = add_official(unit, _official(person, post_id=post_id), by=SYSTEM)
        if person.role is not None:
            new = NewAccount(
                email=person.email,
                name=person.name,
                role=person.role,
                post_id=post_id,
                official_id=officials.get(key),
                language=person.language,
            )
            actors[key] = _open(unit, new)
            sign_ins.append((person.email, person.role))
    return People(officials, actors, tuple(sign_ins))


def _open(unit: Unit, new: NewAccount) -> Actor:
    account_id = accounts.create(unit, new, password=SHARED_WORDS, by=SYSTEM)
    if is_required(new.role):
        second_steps.give_for_demonstration(unit, account_id)
    row = store.by_id(unit.session, account_id)
    if row is None:
        raise LookupError(new.email)
    return accounts.actor_of(row)


def _official(person: Person, *, post_id: int) -> NewOfficial:
    if person.duty is None:
        raise ValueError(person)
    return NewOfficial(
        name=person.name,
        designation=person.designation,
        post_id=post_id,
        duties=(person.duty,),
        email=person.email,
        phone="",
        language=person.language,
    )
