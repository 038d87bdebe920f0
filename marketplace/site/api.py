"""The API's own description."""

from importlib.metadata import version
from typing import Any

from marketplace.core.runtime import runtime
from marketplace.web.openapi import document


def api_document() -> dict[str, Any]:
    """OpenAPI 3.1 of every operation of this site."""
    return document(
        runtime().registry.operations, runtime().settings.site_name_en, version("technology-marketplace")
    )
