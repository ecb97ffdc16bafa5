"""Every row of the database, by aggregate. Importing this package makes the whole schema known."""

from vctestimony.store.base import Base
from vctestimony.store.models.addenda import AddendumRow, LeftOutRow
from vctestimony.store.models.bundles import BundleFileRow, BundleForm, BundleRow, BundleState, LeafRow, LeafState
from vctestimony.store.models.busy import BusySourceRow
from vctestimony.store.models.calendars import CalendarEntryRow
from vctestimony.store.models.cases import CaseRow, OrderRow, VaultRow, WitnessRow
from vctestimony.store.models.cycle import CycleFileRow, CycleMoveRow
from vctestimony.store.models.depositions import DepositionDraftRow, DepositionFixingRow, DepositionVersionRow
from vctestimony.store.models.documents import DocumentRow
from vctestimony.store.models.editions import CollectionRow, EditionRow
from vctestimony.store.models.evidence import EvidenceRow
from vctestimony.store.models.feeds import FeedRow
from vctestimony.store.models.field_ticks import FieldLinkRow, FieldTickRow
from vctestimony.store.models.hearings import HearingRow, ParticipantRow
from vctestimony.store.models.heartbeats import HeartbeatRow
from vctestimony.store.models.holds import MailHoldRow
from vctestimony.store.models.inbox import InboundRow, InboxRow
from vctestimony.store.models.joining import JoiningCodeRow, JoiningRow
from vctestimony.store.models.journal import JournalRow
from vctestimony.store.models.live_log import LogRemarkRow
from vctestimony.store.models.needs import NeedRow
from vctestimony.store.models.options import OptionAnswerRow, OptionRow, OverlapRow
from vctestimony.store.models.outbox import OutboxRow, OutboxState
from vctestimony.store.models.people import AccountRow, AttemptRow, OfficialRow, PostRow, SubmissionRow, WebSessionRow
from vctestimony.store.models.plans import LineOutcome, PlanLineRow, PlanRow, PlanState
from vctestimony.store.models.procedure import ChecklistRow, StepRow, StepState
from vctestimony.store.models.proposals import ProposalRow
from vctestimony.store.models.recordings import RecordingEntryRow, RecordingRow
from vctestimony.store.models.records import DepositionRow, LogRow, RecordFactRow, SealedRecordRow
from vctestimony.store.models.reminders import How, NoticeRow, ReminderChoiceRow
from vctestimony.store.models.resources import OccupancyKind, OccupancyRow, ResourceKind, ResourceRow
from vctestimony.store.models.retention import LegalHoldRow, NumberRow
from vctestimony.store.models.second_steps import AccountLinkRow, AuthenticatorRow, PasskeyRow, RecoveryCodeRow
from vctestimony.store.models.signing import SignatureRow, SigningCertificateRow, SigningCopyRow, SigningDraftRow
from vctestimony.store.models.vault import VaultGrantRow, WitnessKeyRow

METADATA = Base.metadata
"""Every table; complete once this package is imported."""

__all__ = [
    "METADATA",
    "AccountLinkRow",
    "AccountRow",
    "AddendumRow",
    "AttemptRow",
    "AuthenticatorRow",
    "BundleFileRow",
    "BundleForm",
    "BundleRow",
    "BundleState",
    "BusySourceRow",
    "CalendarEntryRow",
    "CaseRow",
    "ChecklistRow",
    "CollectionRow",
    "CycleFileRow",
    "CycleMoveRow",
    "DepositionDraftRow",
    "DepositionFixingRow",
    "DepositionRow",
    "DepositionVersionRow",
    "DocumentRow",
    "EditionRow",
    "EvidenceRow",
    "FeedRow",
    "FieldLinkRow",
    "FieldTickRow",
    "HearingRow",
    "HeartbeatRow",
    "How",
    "InboundRow",
    "InboxRow",
    "JoiningCodeRow",
    "JoiningRow",
    "JournalRow",
    "LeafRow",
    "LeafState",
    "LeftOutRow",
    "LegalHoldRow",
    "LineOutcome",
    "LogRemarkRow",
    "LogRow",
    "MailHoldRow",
    "NeedRow",
    "NoticeRow",
    "NumberRow",
    "OccupancyKind",
    "OccupancyRow",
    "OfficialRow",
    "OptionAnswerRow",
    "OptionRow",
    "OrderRow",
    "OutboxRow",
    "OutboxState",
    "OverlapRow",
    "ParticipantRow",
    "PasskeyRow",
    "PlanLineRow",
    "PlanRow",
    "PlanState",
    "PostRow",
    "ProposalRow",
    "RecordFactRow",
    "RecordingEntryRow",
    "RecordingRow",
    "RecoveryCodeRow",
    "ReminderChoiceRow",
    "ResourceKind",
    "ResourceRow",
    "SealedRecordRow",
    "SignatureRow",
    "SigningCertificateRow",
    "SigningCopyRow",
    "SigningDraftRow",
    "StepRow",
    "StepState",
    "SubmissionRow",
    "VaultGrantRow",
    "VaultRow",
    "WebSessionRow",
    "WitnessKeyRow",
    "WitnessRow",
]
