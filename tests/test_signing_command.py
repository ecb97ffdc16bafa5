"""Settings and commands of signing: whom the court trusts is a folder, and a report says the words of the pages."""

from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from click.testing import Result
from PIL import Image

from tests.adapters.signed_samples import order
from tests.certificates import Authority
from vctestimony.adapters.pdf_signing import PdfSignatures
from vctestimony.composition import create_app
from vctestimony.config import Settings
from vctestimony.domain.signing import FIELDS
from vctestimony.settings.environment import SettingsRefused
from vctestimony.store.db import db

Run = Callable[..., Result]


@pytest.fixture
def engine_name() -> str:
    return "sqlite"


@pytest.fixture
def roots(tmp_path: Path) -> Path:
    folder = tmp_path / "roots"
    folder.mkdir()
    return folder


@pytest.fixture
def run(database_url: str, tmp_path: Path, roots: Path) -> Run:
    def call(*words: str, **variables: str) -> Result:
        own = {"VCT_INSTANCE": str(tmp_path / "instance"), "VCT_DATABASE_URL": database_url}
        made = create_app(Settings.from_env(own | variables))
        try:
            return made.test_cli_runner().invoke(args=list(words))
        finally:
            with made.app_context():
                db.engine.dispose()

    return call


def test_a_file_is_reported_in_words_and_believed_only_by_the_courts_own_list(
    run: Run, roots: Path, tmp_path: Path
) -> None:
    authority, output = Authority(), BytesIO()
    holder = authority.issue("Meera Mumbaikar", begins=datetime(2020, 1, 1, tzinfo=UTC), days=20_000)
    Image.new("RGB", (6, 8), "white").save(output, "PDF")
    signer = PdfSignatures()
    ready = signer.with_fields(output.getvalue(), FIELDS)
    file = tmp_path / "signed.pdf"
    file.write_bytes(signer.sign(ready, order("sig_judge", first=True), holder.key_file).content)
    (roots / "root.pem").write_bytes(authority.own.pem)

    trusted = run("sign", "verify", str(file), VCT_TRUSTED_ROOTS=str(roots))
    unknown = run("sign", "verify", str(file))
    only_said = run("sign", "report", str(file))

    assert trusted.exit_code == 0, trusted.output
    assert "Presiding officer (sig_judge): Valid, and its issuer is one that this court trusts." in trusted.output
    assert "Certificate: Meera Mumbaikar, issued by Test CA" in trusted.output
    assert (unknown.exit_code, only_said.exit_code) == (1, 0)
    assert "Valid, issuer not known to this court" in unknown.output
    assert unknown.output == only_said.output
    told = run("record", "verify", str(file), VCT_TRUSTED_ROOTS=str(roots))
    assert told.exit_code == 1
    assert "This file was neither sealed nor printed here" in told.output
    assert "Certificate: Meera Mumbaikar, issued by Test CA" in told.output


@pytest.mark.parametrize(
    ("variables", "said"),
    [
        ({"VCT_TSA_URL": "ftp://stamps"}, "VCT_TSA_URL"),
        ({"VCT_TSA_URL": "https://stamps.example:70000/tsa"}, "VCT_TSA_URL"),
        ({"VCT_PKCS11_MODULE": "/nowhere.so"}, "which is not a file"),
        ({"VCT_PKCS11_MODULE": __file__}, "VCT_PKCS11_TOKEN"),
        ({"VCT_TRUSTED_ROOTS": "/nowhere"}, "not a folder"),
    ],
)
def test_a_setting_that_cannot_be_used_refuses_the_start(run: Run, variables: dict[str, str], said: str) -> None:
    with pytest.raises(SettingsRefused, match=said):
        run("sign", "--help", **variables)


def test_a_root_that_is_no_certificate_refuses_the_start_by_its_name(run: Run, roots: Path) -> None:
    (roots / "broken.pem").write_text("no certificate")
    with pytest.raises(SettingsRefused, match=r"broken\.pem"):
        run("sign", "--help", VCT_TRUSTED_ROOTS=str(roots))
    (roots / "broken.pem").unlink()
    (roots / "folder.pem").mkdir()
    with pytest.raises(SettingsRefused, match=r"folder\.pem"):
        run("sign", "--help", VCT_TRUSTED_ROOTS=str(roots))


def test_check_tells_how_this_installation_signs_and_what_is_wrong_with_it(
    run: Run, roots: Path, tmp_path: Path
) -> None:
    module = tmp_path / "module.so"
    module.write_text("no library")
    token = {"VCT_PKCS11_MODULE": str(module), "VCT_PKCS11_TOKEN": "court", "VCT_PKCS11_LABEL": "judge"}
    empty = run("check", VCT_TRUSTED_ROOTS=str(roots), **token)
    (roots / "old.pem").write_bytes(
        Authority("Old CA").issue("Ended CA", begins=datetime(2020, 1, 1, tzinfo=UTC), days=1).pem
    )
    ended = run("check", VCT_TRUSTED_ROOTS=str(roots), VCT_TSA_URL="https://stamps.example/tsa")

    assert (empty.exit_code, ended.exit_code) == (1, 1)
    assert f"signing: {roots} holds no certificate" in empty.output
    assert f"signing: the module {module} of the token is no library" in empty.output
    assert "Signing: trusted issuers: 1; time stamps from https://stamps.example/tsa;" in ended.output
    assert "signing: the trusted issuer Ended CA ended on" in ended.output
