"""Evidence that an objector adds while the objection is open, and the end of what is known about them."""

import dataclasses
import io
import re

import pytest

from listings.notices.certificates import issue_certificate
from listings.notices.models import Capture
from listings.notices.objections.cli import erase_objectors
from listings.notices.objections.erasing import erasable, erase_objector
from listings.notices.objections.filing import FOLLOWING, key_of
from listings.notices.objections.models import Objection
from listings.notices.objections.supplements import MOST_TIMES, supplement
from marketplace.core.errors import Conflict, Invalid, NotFound
from marketplace.core.runtime import runtime
from marketplace.core.terms import TermLoosened
from marketplace.evidence.verifier import Held, verify_files
from tests.core.uploads.documents_made import pdf
from tests.listings.achievements.pages import controls, words
from tests.listings.notices.desk import FACTS, GENUINE, REASONS
from tests.listings.notices.test_faults import bundle

DOCUMENT = pdf()


def address(app, objection):
    with app.app_context():
        return f"/objections/{objection}/{key_of(objection, FOLLOWING)}"


def add(desk, objection, *files):
    with desk.as_public() as ctx:
        return supplement(ctx, objection, key_of(objection, FOLLOWING), files or (desk.kept,)).n


def hand_over(app, objection, content=DOCUMENT, name="补充.pdf"):
    page, browser = address(app, objection), app.test_client()
    form = controls(browser.get(page), f"{page}/evidence")
    sent = {**form, "files": (io.BytesIO(content), name)}
    return browser.post(f"{page}/evidence", data=sent, content_type="multipart/form-data")


def test_evidence_is_added_on_the_private_page_and_a_receipt_is_given(app, cast, desk, drain):
    made = desk.running()
    objection = desk.admitted(made)
    answer = hand_over(app, objection)
    assert answer.status_code == 303, words(answer)
    page = app.test_client().get(address(app, objection))
    assert "补充.pdf" in words(page)
    href = re.search(r'href="([^"]+/receipt-1\.txt)"', page.text).group(1)
    receipt = app.test_client().get(href).text
    desk.rule(objection)
    desk.run_out(made)
    desk.certify(made)
    drain()
    report = checked(app, made, receipt)
    assert report["异议"].holds, report["异议"].detail
    assert "receipts agree: 1" in report["异议"].detail
    handler = app.test_client().sign_in(cast.unit_admin)
    assert "补充.pdf" in words(handler.get(f"/work/objections/{objection}"))


def test_a_receipt_for_what_is_not_in_the_chain_is_found_out(app, desk, drain):
    made = desk.running()
    objection = desk.admitted(made)
    add(desk, objection)
    with desk.as_system() as ctx:
        kept = ctx.session.get_one(Objection, objection).supplements[0].receipt
    desk.rule(objection)
    desk.run_out(made)
    drain()
    assert checked(app, made, kept)["异议"].holds
    files = bundle(app, made)
    report = verify_files(
        files, files["policy.txt"].decode(), held=Held(receipts=[kept.replace("1", "2", 1)])
    )
    assert "异议" in [claim.name for claim in report.claims if not claim.holds]


def test_a_hostile_file_is_refused_beside_the_field_and_nothing_is_journalled(app, desk):
    made = desk.running()
    objection = desk.admitted(made)
    before = desk.kinds(made)
    answer = hand_over(app, objection, b"MZ no document", "补充.pdf")
    assert answer.status_code == 422
    assert "未保存" in words(answer)
    assert hand_over(app, objection, b"", "").status_code == 422
    assert desk.kinds(made) == before


def test_what_is_added_is_known_by_a_salted_digest_and_to_the_handler_only(app, cast, desk):
    made = desk.running()
    objection = desk.admitted(made)
    add(desk, objection)
    entry = desk.entries(made)[-1]
    assert entry.kind == "notice.objection_supplemented"
    assert desk.kept.digest not in str(entry.data)
    assert "异议人补充证据" in words(app.test_client().get(f"/notices/{made}"))
    officer = app.test_client().sign_in(cast.tto_officer)
    assert desk.kept.name not in words(officer.get(f"/work/objections/{objection}"))


def test_nothing_is_added_after_the_decision_too_often_or_by_a_stranger(desk):
    made = desk.running()
    objection = desk.admitted(made)
    with pytest.raises(NotFound), desk.as_public() as ctx:
        supplement(ctx, objection, "guessed", (desk.kept,))
    with pytest.raises(Invalid):
        add(desk, objection, *[desk.kept] * 6)
    for _ in range(MOST_TIMES):
        add(desk, objection)
    with pytest.raises(Conflict):
        add(desk, objection)
    desk.rule(objection)
    with pytest.raises(Conflict):
        add(desk, objection)


def over(app, desk, clock, evidence=DOCUMENT):
    """A certified notice with an objection that was closed more than twenty years ago, and the file handed in."""
    with app.app_context():
        kept = runtime().files.put(evidence)
    made = desk.running()
    desk.kept = dataclasses.replace(desk.kept, digest=kept.digest)
    objection = desk.admitted(made)
    add(desk, objection)
    desk.rule(objection)
    desk.kept = dataclasses.replace(desk.kept, digest="d" * 64)  # what the unit captures is another file
    desk.run_out(made)
    with desk.as_(desk.cast.zone_admin) as ctx:
        issue_certificate(ctx, made)
    clock.advance(days=20 * 366)
    return made, objection, kept.digest


def run(app, *options):
    answer = app.test_cli_runner().invoke(erase_objectors, options)
    assert answer.exit_code == 0, answer.output
    return answer.output.strip()


def test_after_the_years_everything_personal_is_erased_and_every_proof_stays_valid(app, desk, clock, drain):
    made, objection, digest = over(app, desk, clock)
    drain()
    before, receipt = claims(app, made), desk.objection(objection).receipt
    assert run(app, "--dry-run") == "1 objectors to erase"
    assert run(app) == "1 objectors erased"
    assert run(app) == "0 objectors erased"
    drain()
    assert claims(app, made) == before
    assert checked(app, made, receipt)["异议"].holds
    found = desk.objection(objection)
    personal = (GENUINE.name, GENUINE.email, FACTS, GENUINE.remedy, REASONS, desk.kept.name)
    rows = str({**vars(found), **vars(found.statement)})
    assert [one for one in personal if one in rows] == []
    assert found.statement.salt == ""
    assert found.summary
    with app.app_context():
        assert not runtime().files.exists(digest)


def test_nobody_is_erased_before_the_time_or_while_the_objection_is_open(app, desk, clock):
    made = desk.running()
    closed = desk.admitted(made)
    desk.rule(closed)
    clock.advance(days=20)
    desk.tick()
    clock.advance(days=4 * 365 - 30)
    with desk.as_system() as ctx:
        assert list(erasable(ctx, 4)) == []
        assert list(erasable(ctx, 3)) == [closed]
        with pytest.raises(TermLoosened):
            erasable(ctx, 2)


def test_an_open_objection_is_not_erased(desk, clock):
    objection = desk.admitted(desk.running())
    clock.advance(days=4000)
    with desk.as_system() as ctx:
        erase_objector(ctx, objection)
    assert desk.objection(objection).statement.name == GENUINE.name


def test_a_file_that_something_else_names_is_kept(app, desk, clock):
    _, _, digest = over(app, desk, clock)
    with desk.as_system() as ctx:
        ctx.session.query(Capture).filter(Capture.digest == "d" * 64).update({"digest": digest})
    assert run(app) == "1 objectors erased"
    with app.app_context():
        assert runtime().files.exists(digest)


def test_pages_of_an_erased_objection_still_open_and_say_so(app, cast, desk, clock):
    _, objection, _ = over(app, desk, clock)
    run(app)
    page = words(app.test_client().sign_in(cast.unit_admin).get(f"/work/objections/{objection}"))
    assert "异议人信息和材料已于" in page
    assert app.test_client().get(address(app, objection)).status_code == 200


def checked(app, made, receipt):
    files = bundle(app, made)
    report = verify_files(files, files["policy.txt"].decode(), held=Held(receipts=[receipt]))
    return {claim.name: claim for claim in report.claims}


def claims(app, made):
    files = bundle(app, made)
    return {claim.name: claim.holds for claim in verify_files(files, files["policy.txt"].decode()).claims}
