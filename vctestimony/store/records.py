"""Queries of the day and the record: log, deposition, facts of the record, sealed records, in a fixed order."""

from collections.abc import Collection, Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session

from vctestimony.store.models import DepositionRow, HearingRow, LogRow, RecordFactRow, SealedRecordRow


def lock(session: Session, reference: str) -> None:
    """Let nobody else change the hearing's record until this transaction ends; on SQLite the writer is alone anyway."""
    session.execute(sa.select(HearingRow.id).where(HearingRow.reference == reference).with_for_update())


def log(session: Session, hearing_id: int) -> Sequence[LogRow]:
    """The running log as it was written."""
    return session.scalars(sa.select(LogRow).where(LogRow.hearing_id == hearing_id).order_by(LogRow.number)).all()


def deposition(session: Session, hearing_id: int) -> Sequence[DepositionRow]:
    """What was said, in order."""
    query = sa.select(DepositionRow).where(DepositionRow.hearing_id == hearing_id)
    return session.scalars(query.order_by(DepositionRow.number)).all()


def line(session: Session, *, hearing_id: int, number: int) -> DepositionRow | None:
    """One question with its answer, or one passage."""
    query = sa.select(DepositionRow).where(DepositionRow.hearing_id == hearing_id)
    return session.scalar(query.where(DepositionRow.number == number))


def line_named(session: Session, *, hearing_id: int, ordinal: int) -> DepositionRow | None:
    """The line with this lasting name, whatever its number is now."""
    query = sa.select(DepositionRow).where(DepositionRow.hearing_id == hearing_id)
    return session.scalar(query.where(DepositionRow.ordinal == ordinal))


def deposition_size(session: Session, hearing_id: int) -> tuple[int, int]:
    """How many lines, and how many letters with their translations."""
    row = DepositionRow
    texts = (row.question, row.answer, row.question_translation, row.answer_translation)
    letters = sum((sa.func.length(text) for text in texts[1:]), sa.func.length(texts[0]))
    query = sa.select(sa.func.count(), sa.func.coalesce(sa.func.sum(letters), 0)).where(row.hearing_id == hearing_id)
    count, size = session.execute(query).one()
    return int(count), int(size)


def shift(session: Session, *, hearing_id: int, after: int, by: int) -> None:
    """Count the lines after that number so much higher or lower; their versions stay, for nothing of them is changed.

    By way of negative numbers, so that no two ever have the same one.
    """
    row = DepositionRow
    ours = sa.update(row).where(row.hearing_id == hearing_id)
    session.execute(ours.where(row.number > after).values(number=-(row.number + by)))
    session.execute(ours.where(row.number < 0).values(number=-row.number))


def set_aside(session: Session, row: DepositionRow) -> None:
    """Take a line out of the row of numbers, until it gets its place again."""
    session.execute(sa.update(DepositionRow).where(DepositionRow.id == row.id).values(number=0))


def facts(session: Session, hearing_id: int) -> dict[str, RecordFactRow]:
    """What was entered for the record, by field."""
    query = sa.select(RecordFactRow).where(RecordFactRow.hearing_id == hearing_id).order_by(RecordFactRow.field)
    return {row.field: row for row in session.scalars(query)}


def sealed(session: Session, hearing_id: int) -> SealedRecordRow | None:
    """The hearing's sealed record, if it is sealed."""
    return session.scalar(sa.select(SealedRecordRow).where(SealedRecordRow.hearing_id == hearing_id))


def is_sealed(session: Session, hearing_id: int) -> bool:
    """The same question without reading the record."""
    found = session.scalar(sa.select(SealedRecordRow.id).where(SealedRecordRow.hearing_id == hearing_id))
    return found is not None


def sealed_as(session: Session, code: str) -> SealedRecordRow | None:
    """The sealed record with this code."""
    return session.scalar(sa.select(SealedRecordRow).where(SealedRecordRow.code == code))


def sealed_file(session: Session, pdf_sha256: str) -> SealedRecordRow | None:
    """The sealed record whose PDF had this hash when it was sealed."""
    query = sa.select(SealedRecordRow).where(SealedRecordRow.pdf_sha256 == pdf_sha256)
    return session.scalar(query.order_by(SealedRecordRow.id).limit(1))


def sealed_files(session: Session, hashes: Collection[str]) -> Sequence[SealedRecordRow]:
    """The sealed records whose PDF had one of these hashes when it was sealed."""
    query = sa.select(SealedRecordRow).where(SealedRecordRow.pdf_sha256.in_(hashes))
    return session.scalars(query.order_by(SealedRecordRow.id)).all()


def sealed_data(session: Session, content_sha256: str) -> SealedRecordRow | None:
    """The sealed record whose data had this hash when it was sealed."""
    query = sa.select(SealedRecordRow).where(SealedRecordRow.content_sha256 == content_sha256)
    return session.scalar(query.order_by(SealedRecordRow.id).limit(1))


def hearing_of(session: Session, row: SealedRecordRow) -> HearingRow:
    """The hearing that the sealed record is of."""
    return session.get_one(HearingRow, row.hearing_id)


def continuation(session: Session, hearing_id: int) -> HearingRow | None:
    """The hearing that continues this one."""
    query = sa.select(HearingRow).where(HearingRow.continues_id == hearing_id)
    return session.scalar(query.order_by(HearingRow.id.desc()).limit(1))
