"""Every statement of the rule packs that still waits for a lawyer: what was not read, or rests on less than a rule."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from vctestimony.domain import sop
from vctestimony.domain.wording import N_
from vctestimony.services.pack_cards import Reader, Translate
from vctestimony.services.unit import Unit

_RULE: Mapping[sop.Mark, str] = {
    sop.Mark.PARTLY_READ: N_("The rule was read in part only: check the full text."),
    sop.Mark.UNVERIFIED: N_("Nothing was found in the law: confirm locally, or strike it out."),
    sop.Mark.OUR_DESIGN: N_("It is our own recommendation: say whether it may stand."),
}
_DETAIL: Mapping[sop.Mark, str] = {
    sop.Mark.READ: N_("One of the provisions cited was read, the rule itself was not."),
    sop.Mark.PARTLY_READ: N_("A detail rests on a rule read in part: check the full text."),
    sop.Mark.UNVERIFIED: N_("A detail was not verified: confirm it."),
    sop.Mark.OUR_DESIGN: N_("A detail is our own: say whether it may stand."),
}
COMPARED = N_("{source} is only compared: say whether it should be followed here.")
ITEM_PARTLY, ITEM_UNVERIFIED = N_("{source} was read in part."), N_("{source} was not verified.")
CHANGED = N_("{words} (as changed from another pack)")
DRAFT = N_("The whole pack is a draft. A named lawyer has not signed it off.")
NUMBERS_OWN = N_(
    "This High Court numbers its rules otherwise: check each number of the Model Rules that is still cited."
)
NUMBERS_UNREAD = N_("This High Court's rules were not read: check each number of the Model Rules.")
_NUMBERS: Mapping[sop.Numbering, str] = {sop.Numbering.OWN: NUMBERS_OWN, sop.Numbering.UNREAD: NUMBERS_UNREAD}


@dataclass(frozen=True, slots=True)
class WaitingStep:
    """One step, the words that stand in the pack, and each thing a lawyer is asked."""

    id: str
    text: str
    marks: str
    asks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WaitingPack:
    """One pack: what is asked of the pack as a whole, and of single steps."""

    id: str
    title: str
    version: str
    asks: tuple[str, ...]
    steps: tuple[WaitingStep, ...]

    @property
    def count(self) -> int:
        """How many statements wait."""
        return len(self.asks) + len(self.steps)


def waiting(unit: Unit, *, language: str) -> tuple[WaitingPack, ...]:
    """Everything that waits, pack by pack: those for all courts first, then each High Court's."""
    reader = Reader(language=language, translate=lambda text: unit.ports.words.gettext(language, text))
    packs = sorted(unit.ports.packs(), key=lambda pack: (bool(pack.selection.high_court), pack.id))
    steps = {step.id: step for pack in packs for step in pack.steps}
    found = (_pack(pack, steps, reader) for pack in packs)
    return tuple(pack for pack in found if pack.count)


def _pack(pack: sop.Pack, steps: Mapping[str, sop.Step], reader: Reader) -> WaitingPack:
    own = [_step(step, step.authority, reader) for step in pack.steps]
    changed = [_change(change, steps[change.id], reader) for change in pack.changes if change.id in steps]
    found = sorted((step for step in (*own, *changed) if step.asks), key=lambda step: step.id)
    return WaitingPack(
        id=pack.id,
        title=pack.title.of(reader.language),
        version=pack.version,
        asks=tuple(_of_pack(pack, reader)),
        steps=tuple(found),
    )


def _of_pack(pack: sop.Pack, reader: Reader) -> Iterator[str]:
    if pack.draft:
        yield reader.translate(DRAFT)
    if pack.not_read:
        yield pack.not_read.of(reader.language)
    if pack.selection.high_court and pack.numbering in _NUMBERS:
        yield reader.translate(_NUMBERS[pack.numbering])


def _change(change: sop.Change, step: sop.Step, reader: Reader) -> WaitingStep:
    """Only what the change itself brings: the rest waits where the step's own pack is listed."""
    here = change.applied_to(step)
    brought = (*change.also, *change.replaces.get("authority", ()))
    if "evidence" in change.replaces:
        found = _step(here, brought, reader)
    else:
        asks = tuple(_of_authorities(brought, reader))
        found = WaitingStep(step.id, here.text.of(reader.language), str(here.evidence), asks)
    words = reader.translate(CHANGED).format(words=found.text)
    return WaitingStep(found.id, words, found.marks, found.asks)


def _step(step: sop.Step, cited: Iterable[sop.Authority], reader: Reader) -> WaitingStep:
    asks = (*_of_marks(step.evidence, reader.translate), *_of_authorities(cited, reader))
    return WaitingStep(step.id, step.text.of(reader.language), str(step.evidence), tuple(dict.fromkeys(asks)))


def _of_marks(evidence: sop.Evidence, translate: Translate) -> Iterator[str]:
    rule, *details = evidence.marks
    if rule in _RULE:
        yield translate(_RULE[rule])
    for mark in details:
        yield translate(_DETAIL[mark])


def _of_authorities(cited: Iterable[sop.Authority], reader: Reader) -> Iterator[str]:
    for item in cited:
        title = item.source.title.of(reader.language)
        if item.compare:
            yield reader.translate(COMPARED).format(source=title)
        elif item.mark is sop.Mark.PARTLY_READ:
            yield reader.translate(ITEM_PARTLY).format(source=title)
        elif item.mark is sop.Mark.UNVERIFIED:
            yield reader.translate(ITEM_UNVERIFIED).format(source=title)
