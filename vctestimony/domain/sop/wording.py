"""The one place that says a step's authority and the force of its time, claiming neither too much nor too little."""

from collections.abc import Callable
from typing import TypeAlias

from vctestimony.domain.facts import FACTS
from vctestimony.domain.sop.marks import Basis, Cites, Mark, Numbering
from vctestimony.domain.sop.offsets import Offset, timing_phrase
from vctestimony.domain.sop.values import Authority, Condition, Step
from vctestimony.domain.wording import N_

Translate: TypeAlias = Callable[[str], str]

_NUMBERED = {
    Cites.RULE: N_("r. {rule}"),
    Cites.SECTION: N_("s. {rule}"),
    Cites.ARTICLE: N_("art. {rule}"),
    Cites.PARAGRAPH: N_("para {rule}"),
    Cites.NOTHING: "{rule}",
}
ALL_OF, ANY_OF, NONE_OF = N_("all of: {facts}"), N_("at least one of: {facts}"), N_("none of: {facts}")
CHECK_NUMBER = N_("check its number there")
_CAUTIONS = {
    Mark.PARTLY_READ: N_("check the full text"),
    Mark.UNVERIFIED: N_("confirm locally"),
    Mark.OUR_DESIGN: N_("recommended"),
}

_DETAIL_CAUTIONS = {
    Mark.PARTLY_READ: N_("check the full text of part of this"),
    Mark.UNVERIFIED: N_("confirm part of this locally"),
    Mark.OUR_DESIGN: N_("the detail is recommended, not law"),
}


def _as_given(text: str) -> str:
    return text


def citation(step: Step, *, high_court_title: str, language: str = "en", translate: Translate = _as_given) -> str:
    """Everything a step rests on, in one line; empty when no legal authority is claimed.

    The Model Rules are cited only as a High Court adopted them. Where that court's own text was not read, or numbers
    its rules differently, the reader is told to check the number.
    """
    parts = [
        _cited(item, step=step, high_court_title=high_court_title, language=language, translate=translate)
        for item in step.authority
    ]
    caution = "" if not parts else caution_words(step, translate=translate)
    return "; ".join(parts) + (f" ({caution})" if caution else "")


def _cited(item: Authority, *, step: Step, high_court_title: str, language: str, translate: Translate) -> str:
    line = cited(item, high_court_title=high_court_title, language=language, translate=translate)
    if item.source.adopted and item.rule and step.numbering is not Numbering.SAME:
        line = f"{line} ({translate(CHECK_NUMBER)})"
    return line


def cited(item: Authority, *, high_court_title: str, language: str = "en", translate: Translate = _as_given) -> str:
    """One provision in words. What binds only as adopted is never named without the High Court that adopted it."""
    title = item.source.title.of(language)
    if item.source.adopted:
        title = translate(N_("{title}, as adopted by {high_court}")).format(title=title, high_court=high_court_title)
    number = _number(item, translate=translate)
    line = ", ".join(part for part in (title, number) if part)
    if item.compare:
        line = translate(N_("compare {authority}")).format(authority=line)
    if item.mark is not None and item.mark in _CAUTIONS:
        line = f"{line} ({translate(_CAUTIONS[item.mark])})"
    return line


def _number(item: Authority, *, translate: Translate) -> str:
    """A schedule or another part that is not numbered stands as it is."""
    if not item.rule[:1].isdigit():
        return item.rule
    return translate(_NUMBERED[item.source.cites]).format(rule=item.rule)


def offset_words(step: Step) -> str:
    """The force of a step's time, to be translated: only what the law itself states is "required"."""
    if step.evidence.rule is Mark.UNVERIFIED:
        return N_("confirm locally")
    if step.evidence.rule is Mark.OUR_DESIGN:
        return N_("recommended")
    if step.permitted or step.preferably:
        return N_("allowed by law") if step.permitted else N_("preferably")
    if step.basis is Basis.NONE:
        return ""
    if step.day_suggested:
        return N_("required; day suggested")
    return N_("required by") if step.basis is Basis.LAW else N_("suggested by")


def caution_words(step: Step, *, translate: Translate = _as_given) -> str:
    """What the reader must know of the evidence: of the rule, then of a detail added; empty when all was read."""
    rule, *details = step.evidence.marks
    words = [_CAUTIONS[rule]] if rule in _CAUTIONS else []
    words += [_DETAIL_CAUTIONS[mark] for mark in details if mark in _DETAIL_CAUTIONS]
    return "; ".join(translate(word) for word in words)


def is_law(step: Step) -> bool:
    """Whether a step may be printed as law: its rule was read, at least in part, and it rests on an authority."""
    return step.evidence.rule in (Mark.READ, Mark.PARTLY_READ) and any(item.binds for item in step.authority)


def timing_words(offset: Offset, *, translate: Translate = _as_given) -> str:
    """When, for a moment that is not known yet.

    >>> from vctestimony.domain.sop import parse_offset
    >>> timing_words(parse_offset("T-30m"))
    '30 minutes before the start of the hearing'
    """
    phrase = timing_phrase(offset)
    if phrase.phrase:
        return translate(phrase.phrase)
    span = translate(phrase.span).format(number=phrase.number)
    return translate(phrase.pattern).format(span=span, moment=translate(phrase.moment))


def condition_words(condition: Condition, *, translate: Translate = _as_given) -> tuple[str, ...]:
    """A condition as sentences, one for each kind of demand; empty when it always applies.

    >>> condition_words(Condition(all=("child",)))
    ('all of: The witness is a child',)
    """
    demands = ((ALL_OF, condition.all), (ANY_OF, condition.any), (NONE_OF, condition.none))
    return tuple(
        translate(pattern).format(facts="; ".join(translate(FACTS.get(name, name)) for name in names))
        for pattern, names in demands
        if names
    )
