"""The one place for what a printed statement rests on: the rule as this High Court adopted it, and how far it binds."""

from collections.abc import Callable
from dataclasses import dataclass

from vctestimony.domain.documents.local_rules import LOCAL_RULES, PREFERABLY, Topic, cited
from vctestimony.domain.paper import FORCE_LABELS, Force
from vctestimony.domain.record.fields import CHECK_NUMBERS, PATTERNS, Source
from vctestimony.domain.wording import N_

KERALA = "kerala"
DUTY = N_("Duty by law")
ALLOWED, STATED = N_("Allowed by law"), N_("Stated by law")
BANGLADESH_OATHS = N_("Oaths Act 1873 (Bangladesh), ss. 5–7")


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One sentence of a form, how far it binds (`mark` in words), and what it rests on."""

    text: str
    force: Force
    mark: str
    authority: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Citing:
    """How rules are cited at one hearing, in one language.

    The Model Rules stand only as the High Court adopted them; where that court's own numbering was not read or differs
    (`numbers_alike` is false) the reader is told to check. Kerala's own rule takes their place where it is known.
    """

    rule_pack: str
    high_court: str
    numbers_alike: bool
    translate: Callable[[str], str]

    def model(self, rule: str, *, kerala: str = "") -> str:
        """A rule of the Model Rules, or the rule of Kerala that stands for it there."""
        if kerala and self.rule_pack == KERALA:
            return self.of(Source.KERALA, kerala)
        line = self.of(Source.MODEL, rule)
        return line if self.numbers_alike else f"{line} ({self.translate(CHECK_NUMBERS)})"

    def of(self, source: Source, rule: str = "") -> str:
        """Any other provision, as the record cites it."""
        return self.translate(PATTERNS[source]).format(high_court=self.high_court, rule=rule)

    def ruled(self, text: str, *topics: Topic, timed: bool = False, model: str = "") -> Statement:
        """As far as the court's own rules bind on the first of the topics, with the numbers of all of them there.

        A duty stated without a time is not `timed`. `model` is what else only the Model Rules say of it.
        """
        force = LOCAL_RULES[self.rule_pack].says[topics[0]].force
        if force is Force.RECOMMENDED:
            return self.recommended(text)
        if force is Force.CONFIRM:
            return self.unread(
                text, cited(self.rule_pack, topics[0], high_court=self.high_court, translate=self.translate)
            )
        if force is Force.SUGGESTED:
            return self.preferred(text, self._on(*topics, model=model))
        return (self.required if timed else self.duty)(text, self._on(*topics, model=model))

    def _on(self, *topics: Topic, model: str) -> str:
        """What the court's own rules say on those topics; of Kerala by the short title that papers of the room have."""
        rules = LOCAL_RULES[self.rule_pack]
        numbers = ", ".join(filter(None, (rules.says[topic].number for topic in topics)))
        if self.rule_pack == KERALA:
            return self.of(Source.KERALA, numbers)
        if rules.pattern == PATTERNS[Source.MODEL]:
            return self.model(", ".join(part for part in (numbers, model) if part))
        return self.translate(rules.pattern).format(high_court=self.high_court, rule=numbers)

    def required(self, text: str, *authorities: str) -> Statement:
        """The provision was read, and states the duty and when it is to be done."""
        return self._statement(text, Force.REQUIRED, FORCE_LABELS[Force.REQUIRED], authorities)

    def duty(self, text: str, *authorities: str) -> Statement:
        """The provision was read and states the duty, but no time."""
        return self._statement(text, Force.SUGGESTED, DUTY, authorities)

    def preferred(self, text: str, *authorities: str) -> Statement:
        """The provision was read, and says "preferably"."""
        return self._statement(text, Force.SUGGESTED, PREFERABLY, authorities)

    def allowed(self, text: str, *authorities: str) -> Statement:
        """The provision was read; it allows and does not demand."""
        return self._statement(text, Force.SUGGESTED, ALLOWED, authorities)

    def stated(self, text: str, *authorities: str) -> Statement:
        """The provision was read; it says what is so, and demands nothing."""
        return self._statement(text, Force.SUGGESTED, STATED, authorities)

    def recommended(self, text: str) -> Statement:
        """Good practice; no law is claimed for it."""
        return self._statement(text, Force.RECOMMENDED, FORCE_LABELS[Force.RECOMMENDED], ())

    def unread(self, text: str, authority: str) -> Statement:
        """The text of the provision was not read: to be confirmed locally."""
        return self._statement(text, Force.CONFIRM, FORCE_LABELS[Force.CONFIRM], (authority,))

    def _statement(self, text: str, force: Force, mark: str, authorities: tuple[str, ...]) -> Statement:
        return Statement(
            text=self.translate(text), force=force, mark=self.translate(mark), authority="; ".join(authorities)
        )
