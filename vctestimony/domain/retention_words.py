"""The one place that marks the sentences of retention.toml for translation; a test keeps both lists equal."""

from vctestimony.domain.wording import N_

MARKED = frozenset(
    {
        N_("Text of mails that left, or that will never leave; their hash stays"),
        N_("the mail left, or was given up"),
        N_("Planning default of this service; the court decides."),
        N_("Counted tries to sign in, to prove who one is, and to answer"),
        N_("the try"),
        N_("Sessions that nobody can use any more; those that were ended are gone at once"),
        N_("the session was last used"),
        N_("Marks by which a form that is sent twice is known again"),
        N_("the form was sent"),
        N_("Links in mails: to answer, and to choose how one is reminded; the link itself is kept nowhere"),
        N_("the mail was written"),
        N_("Links to somebody's own checklist; the link itself is kept nowhere"),
        N_("the hearing ended"),
        N_("Codes mailed to join by the link of an answer, known by their hash"),
        N_("Links for choosing a password, known by their hash"),
        N_("the link was made"),
        N_("Addresses of calendar feeds that no program reads any more, known by their hash"),
        N_("the calendar was last read"),
        N_("Mails that came in, sealed (those about a hearing with its witness's key), with the address of the sender"),
        N_("the mail was dealt with"),
        N_("Busy times from personal calendars"),
        N_("the time has passed"),
        N_("What somebody typed into a deposition and never added"),
        N_("it was last kept"),
        N_("Files of many documents made at once; previews are kept nowhere"),
        N_("the documents were asked for"),
        N_("Address and passcode of the conference of a hearing, sealed"),
        N_("Notes that somebody was reminded of a hearing; the mails are their own line"),
        N_("Identity of a witness, sealed with a key of her own"),
        N_("the last hearing of the case ended, and none is to come"),
        N_("The court orders it. The days only say from when the court is reminded; they are a planning default."),
        N_(
            "Files that show that steps were done, and scans of the signed transcript, sealed with the witness's key; "
            "their hashes stay"
        ),
        N_("Words left out of redacted copies, sealed with the witness's key; the copies are kept nowhere"),
        N_("Name, address and telephone of an official who left, in the directory and in the account"),
        N_("the account was closed, and no hearing to come names the person"),
        N_("Cases, orders, hearings, checklists, the running log and the deposition"),
        N_("They are the court's. This service never deletes them by itself."),
        N_("Sealed records, addenda, and what was signed of them and of the deposition electronically"),
        N_("They are the court's. This service never deletes them, and its database refuses to change them."),
        N_("The journal: who did what, when"),
        N_("Each entry proves the one before it, so none can be taken out."),
        N_("Counts of each court by month, which point at nobody"),
        N_("They name nobody and stay when what they were counted from is gone."),
    }
)
