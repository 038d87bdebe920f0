"""Achievements before moderation: what officers see, and what their decisions do."""

import pytest
from sqlalchemy import select

from listings.achievements.review import SUBJECT
from marketplace.core.context import SYSTEM
from marketplace.core.errors import Forbidden
from marketplace.core.i18n import speaking
from marketplace.moderation.cases import Removal, propose_take_down
from marketplace.moderation.grounds import Decision
from marketplace.moderation.models import Case
from tests.listings.achievements.desk import COMPLETE, RICH, TITLE
from tests.listings.achievements.pages import words
from tests.listings.achievements.pictures import add_picture


@pytest.fixture
def look(app, ctx_for):
    """What an officer sees of the newest case on a subject: (changed fields, warnings)."""

    def at(made):
        with app.test_request_context(), ctx_for(SYSTEM) as ctx:
            case = ctx.session.scalars(select(Case).where(Case.subject == made)).unique().all()[-1]
            changes = {c.field: (c.before, c.after) for c in SUBJECT.changes(ctx, case) if c.changed}
            return changes, list(SUBJECT.warnings(ctx, case))

    return at


def test_a_first_text_is_new_from_end_to_end(desk, look):
    changes, warnings = look(desk.submitted(**RICH))
    assert changes["title"] == ("", TITLE)
    assert changes["field"] == ("", "传感、测量与物联网")
    assert changes["price_fen"] == ("", "¥1,200,000")
    assert "甲苯检出限" in changes["indicators"][1]
    assert "restricted" in changes
    assert warnings == []


def test_a_new_version_is_shown_against_the_public_one_even_afterwards(desk, look):
    made = desk.published()
    desk.save(made, price_fen=90_000_000, keywords=["气体传感器"])
    desk.submit(made)
    expected = {"price_fen": ("¥1,200,000", "¥900,000"), "keywords": ("气体传感器、微热板", "气体传感器")}
    assert look(made)[0] == expected
    desk.publish(made)
    assert look(made)[0] == expected


def test_officers_are_warned(desk, look):
    first = desk.published()
    doubtful = desk.cleared({"defence_origin": "yes", "export_prohibited": "yes"})
    desk.save(doubtful, **COMPLETE)
    desk.submit(doubtful)
    warnings = look(doubtful)[1]
    assert any("成果是否来源于国防或军工科研任务" in warning for warning in warnings)
    assert "持有单位声明仅限境内转化" in warnings
    assert any(desk.look(first).number in warning and "同名" in warning for warning in warnings)
    desk.save(first, title=TITLE)
    desk.submit(first)
    assert "文字与公开的版本完全相同" in look(first)[1]


def test_the_reasons_exist_in_both_languages():
    for reasons in (SUBJECT.return_reasons, SUBJECT.take_down_reasons, SUBJECT.abuse_reasons):
        chinese, english = reasons("zh"), reasons("en")
        assert [reason.code for reason in chinese] == [reason.code for reason in english]
        assert all(c.label != e.label for c, e in zip(chinese, english, strict=True))
        assert "other" in {reason.code for reason in chinese}


def test_an_officer_opens_the_text_in_review_with_its_files(app, desk, cast):
    made = desk.complete(**RICH)
    file = add_picture(app, cast.tto_officer, made, "版图.png", "nda")
    officer = app.test_client().sign_in(cast.moderator)
    assert officer.get(f"/achievements/{made}/preview").status_code == 404  # a draft is its holder's own
    desk.submit(made)
    assert officer.get(f"/achievements/{made}").headers["Location"] == f"/achievements/{made}/preview"
    page = officer.get(f"/achievements/{made}/preview")
    assert page.status_code == 200
    assert RICH["principle"] in page.text
    assert "尚未公开" in words(page)
    picture = f"/achievements/{made}/files/{file.digest}/x.png"
    assert officer.get(picture, buffered=True).status_code == 200
    desk.give_back(made, "title_unclear")
    assert officer.get(f"/achievements/{made}/preview").status_code == 404
    assert officer.get(picture, buffered=True).status_code == 404


def test_strangers_have_no_preview(app, client, desk, cast):
    made = desk.submitted()
    assert client.get(f"/achievements/{made}/preview").status_code == 303
    own = app.test_client().sign_in(cast.secrecy_officer)
    assert own.get(f"/achievements/{made}").headers["Location"] == f"/achievements/{made}/preview"
    assert own.get(f"/achievements/{made}/preview").status_code == 200
    for member in (cast.firm_agent, cast.other_tto_officer, cast.broker):
        answer = app.test_client().sign_in(member).get(f"/achievements/{made}/preview")
        assert answer.status_code in (403, 404)


def test_the_public_text_stands_while_the_new_one_is_reviewed_and_returned(client, desk):
    made = desk.published()
    desk.save(made, title="新名称")
    desk.submit(made)
    desk.give_back(made, "title_unclear")
    assert TITLE in client.get(f"/achievements/{made}").text
    assert client.get(f"/api/v1/achievements/{made}").json["content"]["title"] == TITLE
    assert desk.look(made).state == "published"


def test_two_officers_take_a_publication_down(client, desk, cast, ctx_for):
    made = desk.published()
    with ctx_for(cast.moderator.actor) as ctx:
        propose_take_down(ctx, "achievement", made, Removal("infringement", "收到权利人通知"))
    assert client.get(f"/achievements/{made}").status_code == 200
    with pytest.raises(Forbidden):
        desk.decide(made, Decision("take_down"))
    desk.decide(made, Decision("take_down"), cast.second_moderator)
    stone = client.get(f"/achievements/{made}")
    assert stone.status_code == 410
    assert "示范区管理机构" in words(stone)
    assert "收到侵权通知" in words(stone)
    assert "收到权利人通知" in words(stone)
    assert "示范区下架" in words(client.get(f"/achievements/{made}/history"))


def test_a_holder_who_withdraws_first_settles_the_proposal(desk, cast, ctx_for):
    made = desk.published()
    with ctx_for(cast.moderator.actor) as ctx:
        case = propose_take_down(ctx, "achievement", made, Removal("infringement", "收到权利人通知")).id
    desk.withdraw(made)
    with ctx_for(SYSTEM) as ctx:
        assert ctx.session.get_one(Case, case).state == "closed"


def test_words_for_officers_follow_their_language(app, desk, ctx_for):
    made = desk.submitted()
    with app.test_request_context(), ctx_for(SYSTEM) as ctx, speaking("en"):
        case = ctx.session.scalars(select(Case).where(Case.subject == made)).unique().one()
        after = {change.field: change.after for change in SUBJECT.changes(ctx, case)}
        assert after["modes"] == "Ordinary licence"
        assert after["trl"].startswith("7 · System prototype")
