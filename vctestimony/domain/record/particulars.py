"""The one place that lists what the record states before the evidence: case, places, persons, safeguards."""

from vctestimony.domain.people import Duty
from vctestimony.domain.record.fields import GUJARAT, Also, Cite, Evidence, Field, Group, Source, code, model, schedule
from vctestimony.domain.wording import N_

COURT, REMOTE = Duty.COURT_COORDINATOR, Duty.REMOTE_COORDINATOR
NONE = N_("Write “none” if there was none.")

_CASE = (
    Field(
        number=1,
        key="case",
        group=Group.CASE,
        label=N_("Court, case number, cause title, offence sections, stage, witness number"),
        cites=(schedule("1–2"), Cite(Source.KERALA_SCHEDULE, "Schedule II")),
        supplied_by=(COURT,),
    ),
    Field(
        number=2,
        key="regime",
        group=Group.CASE,
        label=N_("Governing code and rule pack"),
        cites=(Cite(Source.SAVING, "531(2)(a)"),),
        supplied_by=(COURT,),
    ),
    Field(
        number=3,
        key="video",
        group=Group.CASE,
        label=N_("That video was used, date of the order, authority for it"),
        cites=(*model("14.9"), Cite(Source.GUJARAT, "18")),
        supplied_by=(COURT,),
    ),
)
_PLACES = (
    Field(
        number=4,
        key="times",
        group=Group.PLACES,
        label=N_("Date, start and end in both local times, duration, court hours"),
        cites=(*model("10.7"), schedule("B")),
        supplied_by=(COURT,),
        evidence=Evidence.READ_AND_OURS,
    ),
    Field(
        number=5,
        key="places",
        group=Group.PLACES,
        label=N_("Court Point and Remote Point: address and kind of place"),
        cites=(*model("2", "5.3"), schedule()),
        supplied_by=(COURT,),
    ),
    Field(
        number=6,
        key="coordinators",
        group=Group.PLACES,
        label=N_("Coordinators at both points: name, designation, contact"),
        cites=model("5.1–5.3"),
        supplied_by=(COURT,),
    ),
    Field(
        number=10,
        key="software",
        group=Group.PLACES,
        label=N_("Software used; if not the designated one, the reasons"),
        cites=model("10.7", "12.2"),
        supplied_by=(COURT,),
        derived=False,
        hint=N_("Name the software, and whether it is the designated one."),
    ),
    Field(
        number=11,
        key="link_test",
        group=Group.PLACES,
        label=N_("Test of the link: time, result, by whom"),
        cites=model("10.5"),
        supplied_by=(COURT, REMOTE),
        derived=False,
    ),
    Field(
        number=18,
        key="seen_and_heard",
        group=Group.PLACES,
        label=N_("Everybody could see and hear, both ways"),
        cites=model("14.7"),
        supplied_by=(Duty.JUDGE,),
    ),
)
_PERSONS = (
    Field(
        number=7,
        key="present_court",
        group=Group.PERSONS,
        label=N_("Everyone present at the Court Point"),
        cites=(*model("14.2"), *code("308", "273")),
        supplied_by=(COURT,),
    ),
    Field(
        number=8,
        key="present_remote",
        group=Group.PERSONS,
        label=N_("Everyone at the Remote Point: role, purpose, order permitting it"),
        cites=model("8.11", "14.2", "16.2"),
        supplied_by=(REMOTE,),
    ),
    Field(
        number=9,
        key="accused",
        group=Group.PERSONS,
        label=N_("The accused: present, through an advocate, or by link from custody"),
        cites=(*code("308", "273"), *model("12.8")),
        supplied_by=(COURT,),
        also=(
            Also(
                when="custody_accused",
                text=N_(
                    "Accused in custody: from where, on one link with court and witness, and private talk with counsel."
                ),
                answers=(("counsel", ""),),
            ),
        ),
    ),
    Field(
        number=13,
        key="witness",
        group=Group.PERSONS,
        label=N_("Heading of the witness"),
        cites=(Cite(Source.KERALA_PRACTICE, "56"),),
        supplied_by=(COURT,),
        hint=N_("By pseudonym only; name, parentage and address stay sealed."),
    ),
    Field(
        number=15,
        key="interpreter",
        group=Group.PERSONS,
        label=N_("Interpreter: name, languages, oath, no conflict of interest"),
        cites=(Cite(Source.OATHS, "4(1)(b)"), Cite(Source.KERALA_PRACTICE, "54")),
        supplied_by=(COURT,),
        when=("interpreter", "speech_disability"),
    ),
)
_SAFEGUARDS = (
    Field(
        number=12,
        key="identity",
        group=Group.SAFEGUARDS,
        label=N_("Identity document: kind, issuer, number (masked), who compared it, copy to the other side"),
        cites=model("8.1", "12.3"),
        supplied_by=(REMOTE,),
        hint=N_(
            "Without a recognised document: the affidavit that the witness is the same person, and who attested it."
        ),
    ),
    Field(
        number=14,
        key="oath",
        group=Group.SAFEGUARDS,
        label=N_("Oath or affirmation: form, language, by whom; note for a child under twelve"),
        cites=(Cite(Source.OATHS, "4–6"), *model("8.2", unless=GUJARAT), Cite(Source.KERALA, "8(7)")),
        supplied_by=(Duty.JUDGE, COURT),
        also=(
            Also(
                when="child_under_12",
                text=N_(
                    "Child under twelve: the opinion of the court whether the child understands the duty to tell the "
                    "truth, and the nature of an oath."
                ),
                answers=(("form", "none"), ("understands", ""), ("opinion", "")),
            ),
        ),
    ),
    Field(
        number=16,
        key="remote_declaration",
        group=Group.SAFEGUARDS,
        label=N_("Declaration of the Remote Point Coordinator at the start and at the end"),
        cites=(*model("5.6.2–5.6.4"), Cite(Source.SUJOY)),
        supplied_by=(REMOTE,),
        evidence=Evidence.READ_AND_UNREAD,
    ),
    Field(
        number=17,
        key="coercion",
        group=Group.SAFEGUARDS,
        label=N_("Check for coercion: who asked, what was answered"),
        cites=model("5.6.4", "8.12"),
        supplied_by=(Duty.JUDGE, REMOTE),
        evidence=Evidence.READ_AND_OURS,
    ),
    Field(
        number=19,
        key="protection",
        group=Group.SAFEGUARDS,
        label=N_("Protective measures ordered: mask, screen, voice, in camera, support person, breaks"),
        cites=(*model("8.10", "14.2", "16.1"), Cite(Source.POCSO, "33, 36, 37")),
        supplied_by=(Duty.JUDGE,),
        also=(Also(when="in_camera", text=N_("In camera: the reasons of the court, in writing.")),),
        hint=NONE,
    ),
)
PARTICULARS: tuple[Field, ...] = (*_CASE, *_PLACES, *_PERSONS, *_SAFEGUARDS)
