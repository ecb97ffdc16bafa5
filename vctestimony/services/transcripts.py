"""The one place that writes the deposition as plain text, for readers and programs without PDF."""

from vctestimony.domain.wording import N_
from vctestimony.services.record_values import Basis


def plain_text(basis: Basis) -> str:
    """Stage by stage, questions and answers numbered as in the record; UTF-8, lines end with a newline."""
    hearing = basis.hearing
    lines = [f"{hearing.case.number} · {hearing.witness.pseudonym} · {hearing.reference}", ""]
    for stage in basis.stages:
        lines += [basis.word(stage.label), ""]
        for line in stage.lines:
            if line.question:
                lines.append(
                    basis.word(N_("Q. {number} {question}")).format(number=line.number, question=line.question)
                )
                lines.append(basis.word(N_("A. {answer}")).format(answer=line.answer))
            else:
                lines.append(f"{line.number} {line.answer}")
            lines.append("")
    return "\n".join(lines)
