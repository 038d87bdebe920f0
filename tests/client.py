"""A browser's hands without a browser: signs in, sends forms with their hidden fields."""

import hashlib
import os
from typing import Any

from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer
from werkzeug.test import TestResponse

from tests.cast import Member

CSRF_FIELD, CSRF_SALT = "csrf_token", "wtf-csrf-token"


class Client(FlaskClient):
    """The test client of every application in the tests."""

    def sign_in(self, member: Member, epoch: int = 0) -> "Client":
        """Be this person from now on. What the log-in page leaves in the session is tested with that page."""
        with self.session_transaction() as session:
            session["_user_id"] = f"{member.user_id}.{epoch}"
            session["_fresh"] = True
        return self

    def submit(self, path: str, data: dict[str, Any] | None = None, **options: Any) -> TestResponse:
        """POST a form of this site: with its token and a request key of its own, unless `data` has one."""
        hidden = {CSRF_FIELD: self.csrf_token(), "request_key": os.urandom(8).hex()}
        return self.post(path, data={**hidden, **(data or {})}, **options)

    def csrf_token(self) -> str:
        """A token that a form of this session would carry."""
        with self.session_transaction() as session:
            raw = session.setdefault(CSRF_FIELD, hashlib.sha1(os.urandom(64)).hexdigest())
        return str(URLSafeTimedSerializer(self.application.secret_key, salt=CSRF_SALT).dumps(raw))
