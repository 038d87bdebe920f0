"""Minutes: who may open them, what the journal says of it, and files that are none of the sort."""

import io
import json

import pytest
from sqlalchemy import select

from listings.decisions.minutes import as_claim, claimed, keep_minutes
from listings.decisions.record import Recusal
from marketplace.core.context import SYSTEM
from marketplace.core.journal import Entry
from marketplace.core.runtime import runtime
from marketplace.core.uploads.gate import UploadRefused
from tests.core.uploads.documents_made import pdf, script_in_catalog
from tests.listings.plans.office import Office


@pytest.fixture
def decision(office: Office) -> str:
    office.rules()
    plan = office.submitted()
    office.decide(plan, recusals=(Recusal("沈禾", "方案的完成人"),), votes_abstain=0)
    made = office.look(plan).decision
    assert made is not None
    return made.id


@pytest.mark.parametrize(
    ("part", "status"),
    [
        ("inventor", 200),
        ("tto_officer", 200),
        ("unit_admin", 200),
        ("zone_admin", 200),
        ("supervisor", 200),
        ("moderator", 403),
        ("other_tto_officer", 404),
        ("firm_agent", 403),
    ],
)
def test_minutes_open_to_the_holder_and_the_supervising_zone_only(client, cast, decision, part, status):
    answer = client.sign_in(cast.members[part]).submit(f"/decisions/{decision}/minutes", buffered=True)
    assert answer.status_code == status
    if status == 200:
        assert answer.data == "会议纪要".encode()
        assert answer.headers["Content-Type"] == "application/pdf"


def test_who_stood_aside_is_in_the_record_and_nowhere_in_the_journal(client, cast, ctx_for, office, decision):
    client.sign_in(cast.supervisor).submit(f"/decisions/{decision}/minutes", buffered=True)
    assert office.kinds(decision) == ["decision.recorded", "decision.minutes_viewed"]
    with ctx_for(SYSTEM) as ctx:
        entries = ctx.session.scalars(select(Entry).where(Entry.subject == decision))
        said = json.dumps([entry.data for entry in entries], ensure_ascii=False)
    assert "沈禾" not in said
    assert "完成人" not in said


def test_a_claim_opens_a_file_for_the_one_who_uploaded_it_only(app, cast):
    with app.app_context():
        kept = keep_minutes("纪要.pdf", io.BytesIO(pdf()))
        assert runtime().files.exists(kept.digest)
        claim = as_claim(cast.unit_admin.actor, kept)
        assert claimed(cast.unit_admin.actor, claim) == kept
        assert claimed(cast.tto_officer.actor, claim) is None
        assert claimed(cast.unit_admin.actor, f"{claim}x") is None
        assert claimed(cast.unit_admin.actor, "") is None


@pytest.mark.parametrize("name", ["纪要.xlsx", "纪要.csv", "纪要.svg", "纪要"])
def test_minutes_are_a_document_or_a_picture(app, name):
    with app.app_context(), pytest.raises(UploadRefused):
        keep_minutes(name, io.BytesIO(pdf()))


def test_a_document_with_a_script_is_no_minutes(app):
    with app.app_context(), pytest.raises(UploadRefused):
        keep_minutes("纪要.pdf", io.BytesIO(pdf(script_in_catalog)))
