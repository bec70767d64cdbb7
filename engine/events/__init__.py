"""What has happened to a case. Events record results, so folding them evaluates nothing.

The meaning of a released event never changes: what must mean something else gets a new version and an
applier beside the old one. The envelope is `engine.store.port.StoredEvent`; these are the `data`.
"""

from __future__ import annotations

from engine.events.actions import (
    ActionCompleted,
    ActionOpened,
    Armed,
    GateOpened,
    GateShut,
    SystemFailed,
)
from engine.events.approvals import (
    ApprovalBegun,
    ApprovalEnded,
    Approved,
    Escalated,
    Rejected,
    Resubmitted,
    Returned,
    RevisionOpened,
    StepEnded,
    StepOpened,
    StepSkipped,
)
from engine.events.cases import (
    AttemptRefused,
    CaseClosed,
    CaseOpened,
    CaseWithdrawn,
    Commented,
    FactChanged,
    Moved,
    StageEntered,
)
from engine.events.causes import (
    CauseAsked,
    CauseConfirmed,
    CauseDropped,
    CauseRefused,
    CauseStated,
)
from engine.events.documents import DocumentDone, DocumentOpened, DocumentRefused
from engine.events.items import (
    CalledBack,
    ContentProvided,
    CopiesGiven,
    Counted,
    EvidenceAttached,
    HandedOver,
    ItemApplies,
    ItemDone,
    ItemReady,
    ItemRefused,
    ItemsListed,
    ItemWaived,
    Named,
    NamingEnded,
    NamingOpened,
    RecordChanged,
    RoleFilled,
    Signed,
)
from engine.events.shapes import (
    Chosen,
    Delivery,
    Event,
    Filled,
    ItemInstance,
    People,
    Slot,
    TimerKind,
    TimerSet,
)
from engine.events.timing import (
    BecameOverdue,
    DueChanged,
    NoticeQueued,
    TimerFired,
)

EVENT_TYPES: dict[tuple[str, int], type[Event]] = {
    (kind.__name__, 1): kind
    for kind in (
        CaseOpened, Moved, StageEntered, ApprovalBegun, StepOpened, StepSkipped, Approved, Rejected,
        Returned, StepEnded, ApprovalEnded, RevisionOpened, Resubmitted, NamingOpened, Named,
        ItemsListed, ItemReady, ItemApplies, RecordChanged, RoleFilled, ContentProvided,
        EvidenceAttached, HandedOver, Signed, ItemRefused, ItemWaived, ItemDone, DueChanged, Armed, ActionOpened,
        ActionCompleted, SystemFailed, GateOpened, GateShut, TimerFired, BecameOverdue, Escalated,
        NoticeQueued, FactChanged, Commented, CaseWithdrawn, CaseClosed, AttemptRefused,
        DocumentOpened, DocumentRefused, DocumentDone, CalledBack, CopiesGiven, Counted, NamingEnded,
        CauseAsked, CauseStated, CauseConfirmed, CauseRefused, CauseDropped,
    )
}  # fmt: skip
"""Every event type ever released, by name and version."""

__all__ = [
    "EVENT_TYPES",
    "ActionCompleted",
    "ActionOpened",
    "ApprovalBegun",
    "ApprovalEnded",
    "Approved",
    "Armed",
    "AttemptRefused",
    "BecameOverdue",
    "CalledBack",
    "CaseClosed",
    "CaseOpened",
    "CaseWithdrawn",
    "CauseAsked",
    "CauseConfirmed",
    "CauseDropped",
    "CauseRefused",
    "CauseStated",
    "Chosen",
    "Commented",
    "ContentProvided",
    "CopiesGiven",
    "Counted",
    "Delivery",
    "DocumentDone",
    "DocumentOpened",
    "DocumentRefused",
    "DueChanged",
    "Escalated",
    "Event",
    "EvidenceAttached",
    "FactChanged",
    "Filled",
    "GateOpened",
    "GateShut",
    "HandedOver",
    "ItemApplies",
    "ItemDone",
    "ItemInstance",
    "ItemReady",
    "ItemRefused",
    "ItemWaived",
    "ItemsListed",
    "Moved",
    "Named",
    "NamingEnded",
    "NamingOpened",
    "NoticeQueued",
    "People",
    "RecordChanged",
    "Rejected",
    "Resubmitted",
    "Returned",
    "RevisionOpened",
    "RoleFilled",
    "Signed",
    "Slot",
    "StageEntered",
    "StepEnded",
    "StepOpened",
    "StepSkipped",
    "SystemFailed",
    "TimerFired",
    "TimerKind",
    "TimerSet",
]
