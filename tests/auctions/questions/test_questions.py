"""Questions about a trade: who asks, who answers, and what nobody learns."""

import pytest

from auctions.questions.services import answer, ask
from marketplace.core.errors import Conflict, Forbidden, Invalid, NotFound
from tests.listings.achievements.pages import words

TEXT = "样机能否参观？"


@pytest.fixture
def browser(app, cast):
    def person(name=""):
        client = app.test_client()
        return client.sign_in(cast.members[name]) if name else client

    return person


@pytest.fixture
def asked(floor, ctx_for, cast):
    """(trade, question)."""
    made = floor.announced()
    with ctx_for(cast.firm_agent.actor) as ctx:
        return made, ask(ctx, made, TEXT).id


def test_a_question_is_public_once_answered_and_never_says_who_asked(browser, floor, asked, cast, drain):
    made, question = asked
    page = f"/trades/{made}"
    assert TEXT not in words(browser().get(page))
    assert TEXT not in words(browser("rival_agent").get(page))
    assert "本单位提出" in words(browser("firm_agent").get(page))
    officer = browser("tto_officer")
    assert TEXT in words(officer.get(page))
    assert "答复关于交易的提问" in words(officer.get("/work"))
    path = f"/work/trades/{made}/questions/{question}"
    assert officer.submit(path, {"answer": " "}).status_code == 422
    assert officer.submit(path, {"answer": "可以，请预约。"}).status_code == 303
    for who in ("", "rival_agent", "tto_officer", "moderator"):
        said = words(browser(who).get(page))
        assert TEXT in said
        assert "可以，请预约" in said
        assert "拾光储能" not in said
        assert "程砚" not in said
    drain()
    assert "收到提问" in words(officer.get("/account/messages"))
    assert "已有答复" in words(browser("firm_agent").get("/account/messages"))
    assert "已有答复" not in words(browser("rival_agent").get("/account/messages"))


def test_the_form_keeps_a_question_that_is_too_long(browser, floor):
    made = floor.announced()
    agent = browser("firm_agent")
    long = "问" * 1_001
    answered = agent.submit(f"/trades/{made}/questions/new", {"text": long})
    assert answered.status_code == 422
    assert long in answered.text
    assert agent.submit(f"/trades/{made}/questions/new", {"text": TEXT}).status_code == 303


def test_the_seller_asks_itself_nothing_and_an_answer_is_for_good(floor, asked, ctx_for, cast):
    made, question = asked
    with floor.seller() as ctx, pytest.raises(Conflict):
        ask(ctx, made, TEXT)
    with ctx_for(cast.firm_agent.actor) as ctx, pytest.raises(Forbidden):
        answer(ctx, made, question, "可以。")
    with floor.seller() as ctx, pytest.raises(Invalid):
        answer(ctx, made, question, " ")
    with floor.seller() as ctx:
        answer(ctx, made, question, "可以。")
    with floor.seller() as ctx, pytest.raises(Conflict):
        answer(ctx, made, question, "不可以。")


def test_a_question_belongs_to_its_trade(floor, asked):
    _, question = asked
    other = floor.announced()
    with floor.seller() as ctx, pytest.raises(NotFound):
        answer(ctx, other, question, "可以。")


def test_questions_end_with_the_trade_and_do_not_pile_up(floor, ctx_for, cast):
    made = floor.announced()
    for _ in range(5):
        with ctx_for(cast.firm_agent.actor) as ctx:
            ask(ctx, made, TEXT)
    with ctx_for(cast.firm_agent.actor) as ctx, pytest.raises(Conflict) as caught:
        ask(ctx, made, TEXT)
    assert caught.value.code == "too_many"
    floor.run_out(made)
    with ctx_for(cast.rival_agent.actor) as ctx, pytest.raises(Conflict) as caught:
        ask(ctx, made, TEXT)
    assert caught.value.code == "wrong_state"
