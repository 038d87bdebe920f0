"""The documents made from the code are those in the repository."""

from pathlib import Path

import pytest

from marketplace.documentation import documents

DOCS = Path(__file__).resolve().parents[2] / "docs"


@pytest.mark.parametrize("name", ["permissions.md", "settings.md"])
def test_a_made_document_is_up_to_date(app, name):
    assert (DOCS / name).read_text(encoding="utf-8") == documents(app)[name], "run `make docs`"
