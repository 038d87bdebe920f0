"""The confidential description: who opens it, that it is written down, and that it is nowhere else."""

import io
import json

import pytest
from sqlalchemy import select

from marketplace.core.context import SYSTEM
from marketplace.core.db import db
from marketplace.core.journal import Entry, entries_of
from marketplace.core.runtime import EXTENSION
from marketplace.notifications.models import Message
from tests.listings.disclosures.desk import OFFICER, SECRET, TWO, signed_paper

HANDED_IN = {"inventor", "tto_officer", "secrecy_officer", "unit_admin"}


def status(browser, path):
    return browser.submit(path, buffered=True).status_code


def openers(cast, browser_of, made):
    """Who gets to read it, by the door that shows it."""
    found = set()
    for part, member in cast.members.items():
        answer = browser_of(member).submit(f"/disclosures/{made}/confidential")
        assert (SECRET in answer.text) == (answer.status_code == 200)
        found |= {part} if answer.status_code == 200 else set()
    return found


@pytest.mark.parametrize(
    ("state", "readers"),
    [
        ("draft", {"inventor"}),
        ("submitted", HANDED_IN),
        ("returned", HANDED_IN),
        ("evaluation", HANDED_IN),
        ("closed", HANDED_IN),
    ],
)
def test_only_completers_and_the_officers_of_the_unit_open_it(desk, cast, browser_of, client, state, readers):
    made = in_state(desk, cast, state)
    assert openers(cast, browser_of, made) == readers
    assert client.submit(f"/disclosures/{made}/confidential").status_code == 303  # to the log-in page


def test_a_completer_of_whatever_role_reads_the_draft(desk, cast, browser_of):
    made = desk.complete(completers=TWO)
    assert openers(cast, browser_of, made) == {"inventor", "tto_officer"}


def test_every_opening_is_written_down_with_who_and_when(desk, cast, browser_of, ctx_for):
    made = desk.submitted()
    for member in (cast.inventor, cast.tto_officer):
        browser = browser_of(member)
        assert browser.get(f"/disclosures/{made}/confidential").status_code == 200  # only asks
        assert "confidential_viewed" not in desk.kinds(made)[-1:] or member is cast.tto_officer
        assert status(browser, f"/disclosures/{made}/confidential") == 200
    with ctx_for(SYSTEM) as ctx:
        looks = [e for e in entries_of(ctx.session, made) if e.kind == "disclosure.confidential_viewed"]
        assert [entry.actor for entry in looks] == [cast.inventor.user_id, cast.tto_officer.user_id]
    assert "打开保密说明" in browser_of(cast.inventor).get(f"/disclosures/{made}").text


def test_files_are_taken_one_by_one_and_written_down(desk, cast, browser_of, ctx_for, client):
    made = desk.complete()
    author = browser_of(cast.inventor)
    paper = signed_paper()
    answer = author.submit(
        f"/disclosures/{made}/confidential/files", {"file": (io.BytesIO(paper), "实施例.pdf")}
    )
    assert answer.status_code == 303
    (file,) = desk.look(made).confidential["files"]
    path = f"/disclosures/{made}/confidential/files/{file['digest']}"
    taken = author.submit(path, buffered=True)
    assert (taken.status_code, taken.data) == (200, paper)
    assert "attachment" in taken.headers["Content-Disposition"]
    for other in (browser_of(cast.tto_officer), browser_of(cast.zone_admin), browser_of(cast.firm_agent)):
        assert status(other, path) in {403, 404}
    assert author.get(path).status_code == 405
    with ctx_for(SYSTEM) as ctx:
        looks = [e for e in entries_of(ctx.session, made) if e.kind == "disclosure.confidential_viewed"]
        assert [(entry.actor, entry.data) for entry in looks] == [
            (cast.inventor.user_id, {"file": file["digest"]})
        ]
    assert author.submit(f"{path}/remove").status_code == 303
    assert desk.look(made).confidential["files"] == []
    assert status(author, path) == 404


def test_the_zone_sees_nothing_of_a_disclosure(desk, cast, browser_of):
    made = desk.closed()
    for member in (cast.zone_admin, cast.moderator, cast.supervisor, cast.other_tto_officer, cast.firm_agent):
        browser = browser_of(member)
        assert browser.get(f"/disclosures/{made}").status_code in {403, 404}
        assert desk.look(made).number not in browser.get("/work").text


def test_nothing_of_it_is_in_journal_index_letters_or_other_pages(app, desk, cast, browser_of, drain, client):
    made = desk.closed("transform_now")
    officer = browser_of(cast.tto_officer)
    assert officer.submit(f"/disclosures/{made}/achievement").status_code == 303
    status(officer, f"/disclosures/{made}/confidential")
    drain()
    with app.app_context():
        entries = db.session.scalars(select(Entry)).all()
        told = json.dumps([entry.data for entry in entries], ensure_ascii=False)
        letters = " ".join(
            f"{m.title} {m.body} {m.title_en} {m.body_en}" for m in db.session.scalars(select(Message))
        )
        assert not any("disclosure" in kind for kind in app.extensions[EXTENSION].registry.searchables)
    row = desk.look(made)
    private = [SECRET, row.title, "沈禾", cast.inventor.email, OFFICER["name"], "符合单位布局"]
    assert [word for word in private if word in told] == []
    assert [word for word in (SECRET, row.title) if word in letters] == []
    pages = [
        *("/work", "/work/disclosures", "/work/disclosures?of=unit"),
        *(f"/disclosures/{made}", f"/disclosures/{made}/confidential"),
        *(f"/achievements/{row.achievement_id}/edit", "/search?q=界面聚合"),
    ]
    for page in pages:
        assert SECRET not in officer.get(page).text, page
    assert SECRET not in client.get("/search?q=界面聚合时间").text


def in_state(desk, cast, state):
    if state == "draft":
        return desk.complete()
    if state == "closed":
        return desk.closed()
    if state == "returned":
        made = desk.at("formal_check")
        desk.say(made, cast.tto_officer, "return", reason="补充材料")
        return made
    return desk.at(state)
