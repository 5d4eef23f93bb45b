"""Desk: the secret of a store: what encrypts dossiers at rest, indexes identifiers, and signs receipts.

AES-256-GCM for what is read back, HMAC-SHA-256 for what is only compared; the keys of the three uses are
derived from one secret by HKDF, so that a leaked index key opens no dossier.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from creditrules.desk.whole_files import write_whole
from creditrules.errors import Finding, Span, UsageError

VARIABLE = "CREDITRULES_KEY"
_LENGTH = 32
_NONCE = 12


class Keys:
    """What a store needs its secret for. It never prints itself."""

    def __init__(self, secret: bytes) -> None:
        self._body = AESGCM(_derived(secret, b"creditrules/body"))
        self._index = _derived(secret, b"creditrules/index")
        self._receipt = _derived(secret, b"creditrules/receipt")
        # What tells this secret from others; nothing can be read with it.
        self.mark = _derived(secret, b"creditrules/mark").hex()

    def __repr__(self) -> str:
        return "Keys(…)"

    def encrypt(self, data: bytes, about: str) -> bytes:
        """Encrypt data; *about* must be given again to read it, so that rows cannot be exchanged."""
        nonce = secrets.token_bytes(_NONCE)
        return nonce + self._body.encrypt(nonce, data, about.encode())

    def decrypt(self, data: bytes, about: str) -> bytes:
        """Read what `encrypt` wrote.

        Raises:
            UsageError: CR623, it was written with another key or for something else, or was changed.
        """
        try:
            return self._body.decrypt(data[:_NONCE], data[_NONCE:], about.encode())
        except (InvalidTag, ValueError):
            raise UsageError([Finding("CR623", Span("desk"), {"about": about})]) from None

    def index(self, identifier: str) -> str:
        """Return what an identifier (credit code, citizen number) is found by; it cannot be read back."""
        plain = "".join(identifier.split()).upper()
        return hmac.new(self._index, plain.encode(), hashlib.sha256).hexdigest()

    def seal(self, text: str) -> str:
        """Return the seal of a receipt."""
        return hmac.new(self._receipt, text.encode(), hashlib.sha256).hexdigest()

    def is_sealed(self, text: str, seal: str) -> bool:
        """Say whether a seal is that of a text."""
        return hmac.compare_digest(self.seal(text), seal)


def _derived(secret: bytes, use: bytes) -> bytes:
    return HKDF(algorithm=hashes.SHA256(), length=_LENGTH, salt=None, info=use).derive(secret)


def keys_for(path: Path | None) -> Keys:
    """Return the keys: from the variable `CREDITRULES_KEY` (64 hexadecimal digits), else from a file.

    A missing file is made, readable by its owner alone.

    Raises:
        UsageError: CR622, the secret cannot be read or is too short.
    """
    given = os.environ.get(VARIABLE)
    if given is not None:
        return Keys(_secret(given, f"${VARIABLE}"))
    if path is None:
        raise UsageError([Finding("CR622", Span(f"${VARIABLE}"), {"where": f"${VARIABLE}"})])
    if not os.path.exists(path):
        try:
            # Of processes that start at once the first one makes it, and all read it.
            made = secrets.token_hex(_LENGTH) + "\n"
            write_whole(path, made.encode("ascii"), mode=0o600, keep=True)
        except OSError:
            raise UsageError([Finding("CR622", Span(str(path)), {"where": str(path)})]) from None
    return Keys(_secret(_read(path), str(path)))


def _read(path: Path) -> str:
    try:
        return path.read_text("ascii")
    except (OSError, UnicodeDecodeError):
        return ""


def _secret(text: str, where: str) -> bytes:
    try:
        secret = bytes.fromhex(text.strip())
    except ValueError:
        secret = b""
    if len(secret) < _LENGTH:
        raise UsageError([Finding("CR622", Span(where), {"where": where})])
    return secret
