"""The one place for who there is: roles of accounts, duties in a hearing, kinds of post."""

from enum import StrEnum

from vctestimony.domain.wording import N_


class Role(StrEnum):
    """What an account may do in the service."""

    COORDINATOR = "coordinator"
    PRESIDING_OFFICER = "presiding_officer"
    MISSION_OFFICIAL = "mission_official"
    LEGAL_STAFF = "legal_staff"
    INTERPRETER = "interpreter"
    SUPPORT = "support"
    ADMINISTRATOR = "administrator"


class Duty(StrEnum):
    """A part in a hearing or in a step of procedure; the values are the codes the rule packs use."""

    JUDGE = "JUDGE"
    PROSECUTION = "APP"
    DEFENCE = "DEF"
    COURT_COORDINATOR = "CPC"
    REMOTE_COORDINATOR = "RPC"
    MAGISTRATE = "MAG"
    INTERPRETER = "INT"
    SUPPORT_PERSON = "SUP"
    LEGAL_STAFF = "NGO"
    INVESTIGATOR = "IO"
    WITNESS = "WIT"
    PRISON = "JAIL"
    TECHNICIAN = "TECH"
    HIGH_COURT = "HC"
    HOME_MINISTRY = "MHA"
    EXTERNAL_AFFAIRS = "MEA"
    HOST_CENTRAL_AUTHORITY = "CA-BD"
    HOST_PROSECUTOR = "PP-BD"
    DISTRICT_LEGAL_SERVICES = "DLSA"
    NATIONAL_LEGAL_SERVICES = "NALSA"
    PARTY = "PARTY"
    EVERYONE = "ALL"


class PostKind(StrEnum):
    """The kind of place; it decides who must coordinate there (Model Rules 5.3)."""

    TRIAL_COURT = "trial_court"
    MAGISTRATES_COURT = "magistrates_court"
    MISSION = "mission"
    LEGAL_SERVICES = "legal_services"
    SHELTER_HOME = "shelter_home"
    PRISON = "prison"
    HOSPITAL = "hospital"
    GOVERNMENT_OFFICE = "government_office"
    OTHER = "other"


SCREENED = frozenset({Duty.SUPPORT_PERSON, Duty.LEGAL_STAFF, Duty.INTERPRETER, Duty.WITNESS})
"""Who sits with the witness or speaks for her: named to no other participant, whatever a court lets its mails tell."""

COURTS = frozenset({PostKind.TRIAL_COURT, PostKind.MAGISTRATES_COURT})
"""Where cases are tried and hearings are held from."""

ROLE_LABELS: dict[Role, str] = {
    Role.COORDINATOR: N_("Court coordinator"),
    Role.PRESIDING_OFFICER: N_("Presiding officer"),
    Role.MISSION_OFFICIAL: N_("Mission official, Remote Point Coordinator"),
    Role.LEGAL_STAFF: N_("Legal staff"),
    Role.INTERPRETER: N_("Interpreter"),
    Role.SUPPORT: N_("Support person"),
    Role.ADMINISTRATOR: N_("Administrator"),
}

DUTY_LABELS: dict[Duty, str] = {
    Duty.JUDGE: N_("Presiding officer"),
    Duty.PROSECUTION: N_("Prosecution (applicant)"),
    Duty.DEFENCE: N_("Defence counsel"),
    Duty.COURT_COORDINATOR: N_("Court Point Coordinator"),
    Duty.REMOTE_COORDINATOR: N_("Remote Point Coordinator"),
    Duty.MAGISTRATE: N_("Host magistrate"),
    Duty.INTERPRETER: N_("Interpreter"),
    Duty.SUPPORT_PERSON: N_("Support person"),
    Duty.LEGAL_STAFF: N_("Legal staff"),
    Duty.INVESTIGATOR: N_("Investigating officer"),
    Duty.WITNESS: N_("Witness"),
    Duty.PRISON: N_("Prison officer"),
    Duty.TECHNICIAN: N_("Technician"),
    Duty.HIGH_COURT: N_("High Court registry"),
    Duty.HOME_MINISTRY: N_("Ministry of Home Affairs"),
    Duty.EXTERNAL_AFFAIRS: N_("Ministry of External Affairs"),
    Duty.HOST_CENTRAL_AUTHORITY: N_("Central Authority of Bangladesh"),
    Duty.HOST_PROSECUTOR: N_("Public Prosecutor in Bangladesh"),
    Duty.DISTRICT_LEGAL_SERVICES: N_("District Legal Services Authority"),
    Duty.NATIONAL_LEGAL_SERVICES: N_("National Legal Services Authority"),
    Duty.PARTY: N_("Party directed by the court"),
    Duty.EVERYONE: N_("Everyone"),
}

POST_KIND_LABELS: dict[PostKind, str] = {
    PostKind.TRIAL_COURT: N_("Trial court"),
    PostKind.MAGISTRATES_COURT: N_("Magistrates' court"),
    PostKind.MISSION: N_("Indian mission"),
    PostKind.LEGAL_SERVICES: N_("Legal services authority"),
    PostKind.SHELTER_HOME: N_("Shelter home"),
    PostKind.PRISON: N_("Prison"),
    PostKind.HOSPITAL: N_("Government hospital"),
    PostKind.GOVERNMENT_OFFICE: N_("Government office"),
    PostKind.OTHER: N_("Other place"),
}
