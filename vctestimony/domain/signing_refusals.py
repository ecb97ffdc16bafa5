"""The one place for why somebody cannot sign, in words that say what to do instead."""

from vctestimony.domain.errors import Conflict, Invalid, NotAllowed, Unavailable
from vctestimony.domain.wording import N_


class SigningRefused(Invalid):
    """What was sent cannot be signed, or cannot sign."""

    text = N_("Nothing was signed: {cause}")


class NotAPdf(SigningRefused):
    """The bytes are not a whole PDF, or one that cannot be signed."""

    text = N_("This is not a PDF file that can be signed. It may be damaged, encrypted, or another kind of file.")


class NotExaminable(NotAPdf):
    """Nothing can be said of its signatures but that none of them can be relied on."""

    text = N_("This file is damaged, encrypted, or no PDF. No signature in it can be relied on.")


class WrongPassphrase(SigningRefused):
    """The key stayed shut."""

    text = N_("The certificate file did not open. Type its passphrase again, or choose the right .p12 or .pfx file.")


class WrongPin(SigningRefused):
    """The token stayed shut; most tokens lock themselves after a few tries."""

    text = N_("The token did not open with this PIN. Most tokens lock themselves after a few wrong tries.")


class TokenUnreachable(SigningRefused):
    """Module, token or certificate is not there."""

    text = N_("The token cannot be used: it is not plugged in, or holds no certificate of the name that is set.")


class NoKey(SigningRefused):
    """A certificate without its key cannot sign."""

    text = N_("The file holds no certificate with its private key. Export both together as a .p12 or .pfx file.")


class CertificateExpired(SigningRefused):
    """It cannot sign any more."""

    text = N_("The certificate of {name} ended on {when}. Ask its issuer for a new one.")


class CertificateNotYetValid(SigningRefused):
    """It cannot sign yet."""

    text = N_("The certificate of {name} is valid only from {when}. Sign then, or check the clock of this service.")


class CertificateNotForSigning(SigningRefused):
    """Its issuer made it for something else."""

    text = N_(
        "The certificate of {name} is not made for signing documents. Use the one that your issuer made for that."
    )


class CertificateOfIssuer(CertificateNotForSigning):
    """It says that it issues others (basic constraints, CA:TRUE), as OpenSSL writes where nobody says otherwise."""

    text = N_(
        "The certificate of {name} cannot sign: it says of itself that it issues other certificates (basic constraints "
        "CA:TRUE). Ask your issuer for one with CA:FALSE, made for signing."
    )


class UsageUnsaid(CertificateNotForSigning):
    """It has no key usage: a verifier cannot tell it from one made for something else."""

    text = N_(
        "The certificate of {name} cannot sign: it does not say what its key is for, as one that OpenSSL makes without "
        "being told. Ask your issuer for one with CA:FALSE and the key usage digital signature or non-repudiation."
    )


class UsageNotSigning(CertificateNotForSigning):
    """Its key usage names neither digital signatures nor non-repudiation."""

    text = N_(
        "The certificate of {name} cannot sign: its key usage is {usage}, not digital signature or non-repudiation. "
        "Use the one that your issuer made for signing documents."
    )


class SignatureUnusable(SigningRefused):
    """What was made elsewhere is not what goes into a PDF."""

    text = N_("This is not a detached signature (CMS, a .p7s file) with its certificate inside.")


class SignatureNotDetached(SignatureUnusable):
    """It holds a copy of what it signs."""

    text = N_("This signature holds a copy of the bytes. Make it detached.")


class SignatureOfOtherBytes(SignatureUnusable):
    """It is not over the bytes that were given out."""

    text = N_("This signature was made over other bytes than those that were given out, or with another key.")


class SignatureUnbound(SignatureUnusable):
    """It does not say by which certificate it was made (PAdES asks for it)."""

    text = N_("This signature does not name its certificate inside. Sign again with the option for CAdES.")


class SignatureTooLong(SignatureUnusable):
    """It holds too many certificates."""

    text = N_("This signature is larger than the room for it. Leave out certificates that are not needed.")


class StampUnreachable(Unavailable):
    """The time-stamping authority gave no stamp; nothing was signed."""

    text = N_("The time-stamping authority did not answer. Nothing was signed; try again in a minute.")


class TooLargeToSign(SigningRefused):
    """More bytes, or more work, than one file may take."""

    text = N_("This file is too large, or too complicated, to be signed or examined here.")


class SigningBusy(Unavailable):
    """As many files are being signed or examined as this service does at once."""

    text = N_("Other files are being signed or examined. Try again in a minute.")


class NotYourField(NotAllowed):
    """A field is for those who hold its duty at the hearing."""

    text = N_("This field is not yours to sign: your part in this hearing is another one.")


class SignedAlready(Conflict):
    """A field takes one signature."""

    text = N_("This field is signed already, by {name}. Nothing was changed.")


class SignedMeanwhile(Conflict):
    """Somebody else signed while this signature was being made."""

    text = N_("Somebody else signed this file while you did. Nothing of yours was kept; sign the file as it is now.")


class NothingPrepared(Conflict):
    """There is no gap that waits for this signature."""

    text = N_("No signature of yours is awaited here any more. Prepare the file again.")


class NotAnExtension(SigningRefused):
    """The file that came back does not begin with the one that was to be signed."""

    text = N_(
        "This is not the file as it is now with one more signature. Take the file from this page again, sign it "
        "without printing or saving it anew, and send the result."
    )


class NotOneSignature(SigningRefused):
    """More, fewer or other changes than one signature in the field that was meant."""

    text = N_("The file must have exactly one new signature, in the field {place}, and no other change.")


class SignatureBad(SigningRefused):
    """The signature itself is bad."""

    text = N_("The signature in this file does not hold. Sign the file again; nothing was kept.")


class CertificateUnconfirmed(Invalid):
    """Nobody has said yet that this certificate is theirs."""

    text = N_(
        "This is the first time that you sign with the certificate of {name}, issued by {issuer}. If it is yours, type "
        "the first eight characters of its fingerprint here: {fingerprint}. Nothing was signed yet."
    )


class NewCertificateUnexplained(Invalid):
    """Another certificate than before needs a reason."""

    text = N_("You have signed with the certificate of {name} before. Say why you sign with another one now.")


class CertificateOfAnother(Invalid):
    """Two people do not sign with one certificate."""

    text = N_("This certificate was confirmed by somebody else as theirs: {name}. Sign with your own.")


class IssuerNotTrusted(Invalid):
    """The court has a list of issuers, and this one is not on it."""

    text = N_("The issuer {issuer} is not among those that this court trusts. Nothing was signed.")
