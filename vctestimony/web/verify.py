"""Pages of proof, open to whoever holds a paper or file: was it printed or sealed here? No content is shown."""

from flask import Blueprint, Flask, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from vctestimony.domain.errors import Absent, Invalid
from vctestimony.domain.record.claims import claimed
from vctestimony.domain.wording import N_
from vctestimony.services import comparing, comparing_signatures, limits, paper_register, verification
from vctestimony.services.unit import Unit
from vctestimony.web.context import open_to_all, reading, writing
from vctestimony.web.forms import Form
from vctestimony.web.proxies import asked_from
from vctestimony.web.shown import shown_again_by, shown_form

bp = Blueprint("verify", __name__, url_prefix="/verify")
MOST_WRONG, MOST_COMPARED = 30, 60
COMPARING = frozenset({"verify.compare", "verify.compare_with"})
PRINTED = "D-"
LONGEST_VERSION = 7


class FileNeeded(Invalid):
    """Nothing was chosen to be compared."""

    text = N_("Choose the PDF file that is to be compared.")


@bp.get("")
@open_to_all
def ask() -> ResponseReturnValue:
    """Ask for the code that stands on the paper, or for the file."""
    return render_template("verify/ask.html", form=shown_form())


@bp.get("/code")
@open_to_all
def look() -> ResponseReturnValue:
    """To the page of the code that was typed, in whatever spelling."""
    typed = request.args.get("code", "").strip()
    if not typed:
        return redirect(url_for(".ask"), code=303)
    return redirect(url_for(".show", code=verification.as_code(typed)), code=303)


@bp.post("")
@open_to_all
@shown_again_by(ask)
def compare() -> ResponseReturnValue:
    """Say what the file is: sealed or printed here, extended since, altered, or neither."""
    content, codes = _file()
    with reading() as unit:
        found = comparing.compare(unit, content, codes=codes)
        signed = comparing_signatures.seen(unit, content, found)
    if found.printed:
        return _shown(found.printed, found.printed, compared=True)
    return render_template("verify/file.html", found=found, signed=signed)


@bp.get("/<code>")
@open_to_all
def show(code: str) -> ResponseReturnValue:
    """What the register says of the printed document of that number, or of the record sealed under that code.

    What cannot be a code may be a name that somebody pasted: it is not given back.
    """
    number = verification.as_code(code)
    try:
        with reading() as unit:
            if number.startswith(PRINTED):
                return _shown(_paper(unit, number))
            verdict = verification.verify(unit, code)
    except Absent:
        with writing() as unit:
            limits.count(unit, f"verify|{asked_from()}", most=MOST_WRONG, within_minutes=15)
        return render_template("verify/unknown.html", code=number if verification.is_code(number) else ""), 404
    return render_template("verify/show.html", verdict=verdict, found=None, signed=None, form=shown_form())


@bp.post("/<code>")
@open_to_all
@shown_again_by(show)
def compare_with(code: str) -> ResponseReturnValue:
    """Say whether the file is the document printed under this number, or the PDF sealed under this code."""
    (content, codes), number = _file(), verification.as_code(code)
    with reading() as unit:
        found = comparing.compare(unit, content, codes=codes)
        signed = comparing_signatures.seen(unit, content, found)
        if number.startswith(PRINTED):
            return _compared(unit, number, found, signed)
        verdict = verification.verify(unit, code)
    return render_template("verify/show.html", verdict=verdict, found=found, signed=signed, form=shown_form())


def _compared(
    unit: Unit, number: str, file: comparing.FileVerdict, signed: comparing_signatures.SignaturesSeen | None
) -> str:
    """The document of that number beside a file; one that is or claims to be a seal, or is signed, is shown as such."""
    own, found = _paper(unit, number), file.printed
    if found is None and (file.verdict or signed):
        return render_template("verify/file.html", found=file, signed=signed)
    return _shown(found if found and found.number == number else own, found, compared=True)


def _shown(
    verdict: paper_register.PaperVerdict, found: paper_register.PaperVerdict | None = None, *, compared: bool = False
) -> str:
    """The page of a printed document, and whether a file that was compared is it, another document, or neither."""
    return render_template("verify/paper.html", verdict=verdict, found=found, compared=compared, form=shown_form())


def _paper(unit: Unit, number: str) -> paper_register.PaperVerdict:
    asked = request.args.get("version", "")
    version = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < LONGEST_VERSION else None
    return paper_register.look(unit, number, version=version)


def bind(app: Flask) -> None:
    """Before anything reads what was sent."""
    app.before_request(count_comparing)


def count_comparing() -> None:
    """How many files one address has compared is limited, for each takes time, and a stranger's is not even read then.

    It is counted in the database, so that it holds for all processes together.
    """
    if request.endpoint in COMPARING:
        with writing() as unit:
            limits.count(unit, f"compare|{asked_from()}", most=MOST_COMPARED, within_minutes=15)


def _file() -> tuple[bytes, tuple[str, ...]]:
    """The file and the codes that it claims."""
    sent = request.files.get("file")
    content = sent.read() if sent else b""
    with Form(request.form) as form:
        if not content:
            form.refuse("file", FileNeeded())
    return content, claimed(content)
