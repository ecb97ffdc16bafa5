"""The one place that makes the summons: by pseudonym for everybody, with the full name for the sealed cover alone."""

from collections.abc import Mapping
from dataclasses import replace

from vctestimony.domain.casework import Regime, Route, recognised_identity
from vctestimony.domain.documents.forms import SummonsSheet
from vctestimony.domain.documents.local_rules import Topic
from vctestimony.domain.hearing import End
from vctestimony.domain.people import Duty
from vctestimony.domain.wording import N_
from vctestimony.services import hearing_clocks
from vctestimony.services.checklist_paper import heading
from vctestimony.services.facts import HOME
from vctestimony.services.papers import coming
from vctestimony.services.papers.forms_facts import Writer, contact_of, documents_of
from vctestimony.services.papers.making import Asked, Made
from vctestimony.services.unit import Unit
from vctestimony.store.models import HearingRow

_SEAL = N_("BNSS 2023, s. {rule}")


def summons(unit: Unit, hearing: HearingRow, asked: Asked) -> Made:
    """The summons by pseudonym; the name is added by hand, in the sealed cover."""
    return Made(nameless(unit, hearing, language=asked.language))


def named(sheet: SummonsSheet, identity: Mapping[str, str]) -> SummonsSheet:
    """The same with what the vault holds: name, parent or spouse, address."""
    return replace(
        sheet, name=identity["name"], parentage=identity.get("parentage", ""), home=identity.get("address", "")
    )


def nameless(unit: Unit, hearing: HearingRow, *, language: str) -> SummonsSheet:
    """Everything a summons says but the name; NoTimeYet without a time."""
    writer, witness, order = Writer(unit, hearing, language), hearing.witness, hearing.order
    recognised = recognised_identity(witness.identity_document)
    overseas, documents = hearing.remote.country != HOME, documents_of(witness)
    return SummonsSheet(
        heading=heading(unit, hearing, language=language, names_place=True),
        authority=writer.cite(Topic.SUMMONS),
        proof_authority=writer.cite(Topic.PROOF),
        copies_authority=writer.cite(Topic.COPIES) if documents else "",
        ready=hearing_clocks.both(hearing, coming.ready_at(hearing), own=End.REMOTE),
        documents=documents,
        languages=witness.languages,
        has_interpreter=bool(writer.holder_of(Duty.INTERPRETER)),
        has_support=bool(writer.holder_of(Duty.SUPPORT_PERSON)),
        is_overseas=overseas,
        is_route_b=overseas and order.route is Route.B,
        by_order_of_bangladesh=hearing.remote.country == "BD" and order.route is Route.B,
        without_proof="" if recognised else writer.say(writer.rules.without_proof),
        seal_authority=writer.say(_SEAL).format(rule="63") if hearing.case.regime is Regime.BNSS else "",
        court_contact=contact_of(hearing.court),
        remote_contact=contact_of(hearing.remote),
        judge=writer.holder_of(Duty.JUDGE),
    )
