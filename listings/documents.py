"""Documents kept as they were when they were decided on: canonical JSON (RFC 8785), named by its SHA-256."""

import hashlib

import rfc8785

from marketplace.core.db import JSONObject
from marketplace.core.runtime import runtime


def digest_of(document: JSONObject) -> str:
    """SHA-256 of the canonical JSON, in 64 hex digits."""
    return hashlib.sha256(rfc8785.dumps(document)).hexdigest()


def keep_document(document: JSONObject) -> str:
    """Put the canonical JSON among the kept files; its digest, by which it is found there."""
    return runtime().files.put(rfc8785.dumps(document)).digest
