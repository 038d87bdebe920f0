"""The tests' own ground: a database of one's own each time, people, queries counted."""

from sqlalchemy import func, select

from marketplace.accounts.identity import person_of_session
from marketplace.accounts.models import User
from marketplace.core.db import db
from tests.cast import PASSWORD


def test_one_tests_rows_are_not_another_tests_rows_first(app):
    add_a_person_and_count(app)


def test_one_tests_rows_are_not_another_tests_rows_second(app):
    add_a_person_and_count(app)


def add_a_person_and_count(app):
    with app.app_context():
        db.session.add(User(id="usr_1", email="a@b.example", name="甲", password="", created_at=app_now(app)))
        db.session.commit()
        assert db.session.scalar(select(func.count(User.id))) == 1


def app_now(app):
    return app.extensions["marketplace"].clock.now()


def test_the_cast_acts_as_known(app, cast):
    with app.test_request_context():
        for member in cast.members.values():
            assert person_of_session(f"{member.user_id}.0").actor == member.actor


def test_a_member_signed_in_without_the_log_in_page_is_as_signed_in_as_with_it(app, cast):
    short, long = app.test_client(), app.test_client()
    short.sign_in(cast.inventor)
    answer = long.submit("/login", {"email": cast.inventor.email, "password": PASSWORD})
    assert answer.status_code == 303
    with short.session_transaction() as mine, long.session_transaction() as real:
        assert mine.keys() - {"csrf_token"} <= real.keys()
        assert real["_user_id"].startswith(mine["_user_id"])


def test_queries_are_counted_without_transaction_control(app, cast, count_queries):
    with app.app_context(), count_queries() as statements:
        db.session.scalar(select(func.count(User.id)))
        db.session.commit()
        db.session.scalar(select(func.count(User.id)))
    assert len(statements) == 2
