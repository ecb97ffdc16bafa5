"""The one place for the plain words of the witness's sheet: short sentences for a reader of twelve, and no law in them.

Each stands only where it is so of the hearing. What is only heard of and was never read is not said.
"""

from vctestimony.domain.people import Duty
from vctestimony.domain.wording import N_

IN_ROOM: dict[Duty, str] = {
    Duty.REMOTE_COORDINATOR: N_("An officer who looks after the room. The officer lets nobody else in."),
    Duty.SUPPORT_PERSON: N_("Somebody who is there for you. That person may not answer for you."),
    Duty.LEGAL_STAFF: N_("Somebody who knows the law and helps you."),
    Duty.INTERPRETER: N_("Somebody who puts each question and each answer into the other language, and adds nothing."),
    Duty.MAGISTRATE: N_("An official of this country, who is present."),
    Duty.TECHNICIAN: N_("Somebody who looks after the screen and the sound."),
}
ON_SCREEN: dict[Duty, str] = {
    Duty.JUDGE: N_("The judge, who listens to you. You may always speak to the judge."),
    Duty.PROSECUTION: N_("A lawyer who asks you questions first."),
    Duty.DEFENCE: N_("Another lawyer, for the other side, who also asks you questions."),
    Duty.INTERPRETER: N_("Somebody who puts each question and each answer into the other language, and adds nothing."),
}
SOMEBODY_ELSE = N_("Somebody else whom the judge has allowed to be there. You may ask who it is.")

COME = N_("You come, rest and drink some water. You see the room before anything begins.")
CHECK_IDENTITY = N_("The officer looks at your paper with your photo, or at the paper that was made instead.")
TALK_ALONE = N_("You can talk with the person who helps you with the law, and nobody else listens.")
SCREEN_ON = N_("The screen is switched on. The judge asks whether you can see and hear well. Say so if you cannot.")
ASK_FREE = N_("You may be asked whether anybody told you what to say, or made you afraid. Say what is true.")
PROMISE = N_("You are asked to promise that you will tell the truth.")
PROMISE_OF_A_CHILD = N_("You are asked some easy questions about telling the truth.")
QUESTIONS = N_("The questions begin. First one lawyer asks, then the other. The judge may ask too.")
PAUSE = N_("There is a break.")
READ_BACK = N_(
    "What you said is read to you. Say if anything is wrong. It is put right, or what you say about it is written down."
)
SIGN = N_("Then you sign. You can go when the judge says so.")

HEARS = N_("The accused person, or the lawyer of that person, hears what you say.")
NOT_SEEN = N_("The room is arranged so that you do not see the accused person.")
MASKED = N_("Your face or your name can be hidden. Ask how this is done before the screen is switched on.")
TRUSTED = N_("A grown-up whom you trust can stay with you. Say who it should be.")
CLOSED = N_("Other people may not come in to watch.")
RECORDED = N_("Only the judge may have it recorded. Nobody else may take pictures or record your voice.")
NOT_RECORDED = N_("Nobody may take pictures or record your voice unless the judge says so.")
