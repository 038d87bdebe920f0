"""Mail: once for each fact and person, readable by anybody, and never more than was meant."""

from dataclasses import replace

import pytest

from marketplace.accounts.models import User
from marketplace.core.context import SYSTEM
from marketplace.core.db import db
from marketplace.core.registry import Letter, LetterBuilder
from marketplace.core.relay import Cursor, Parked
from marketplace.core.runtime import EXTENSION
from marketplace.core.uow import unit_of_work
from marketplace.notifications import consumers
from marketplace.notifications.mailer import FileMailer, Refused, SmtpMailer, mailer_of
from marketplace.notifications.models import MailRecord
from tests.notifications.smtp_server import smtp_server


def ask(client, known):
    return client.submit("/password", {"email": known.email})


def test_a_mail_has_both_languages_and_a_link_in_each(client, known, mailbox):
    ask(client, known)
    (mail,) = mailbox.mails()
    text = mail.get_content()
    chinese, english = text.split("=" * 40)
    assert "http://127.0.0.1:8000/password/" in chinese
    assert "http://127.0.0.1:8000/en/password/" in english
    assert str(mail["Subject"]).startswith("重设密码 / ")
    assert mail.get_content_type() == "text/plain"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["From"].addresses[0].addr_spec == "no-reply@marketplace.example"


def test_the_readers_language_comes_first(client, app, known, mailbox):
    with app.app_context():
        db.session.get(User, known.user_id).language = "en"
        db.session.commit()
    ask(client, known)
    english, chinese = mailbox.mails()[0].get_content().split("=" * 40)
    assert "/en/password/" in english
    assert "/en/" not in chinese


def test_reading_the_journal_again_sends_nothing_again(client, app, known, mailbox, monkeypatch):
    ask(client, known)
    assert len(mailbox.mails()) == 1
    sent = []
    monkeypatch.setattr(consumers, "mailer_of", lambda _settings: Recorder(sent))
    rewind(app)
    mailbox.mails()
    assert sent == []


class Recorder:
    def __init__(self, sent, *failures):
        self._sent, self._failures = sent, list(failures)

    def send(self, mail, name):
        if self._failures and (failure := self._failures.pop(0)):
            raise failure
        self._sent.append((mail["To"], mail["Message-ID"], name))


def rewind(app):
    with app.app_context(), unit_of_work(SYSTEM) as ctx:
        ctx.session.get(Cursor, "mail").position = 0


def test_a_server_that_is_away_is_asked_again_and_nobody_gets_two(
    client, app, known, clock, drain, monkeypatch
):
    registry = app.extensions[EXTENSION].registry
    registry.letters.append(
        LetterBuilder(
            ("recovery.requested",),
            lambda _ctx, _entry: [Letter(None, "另一封", "内容", address="b@example.cn")],
        )
    )
    sent = []
    mailer = Recorder(sent, None, OSError("away"))
    monkeypatch.setattr(consumers, "mailer_of", lambda _settings: mailer)
    ask(client, known)
    for _ in range(4):
        drain()
        clock.advance(minutes=2)
    assert sorted(to for to, _id, _name in sent) == ["b@example.cn", known.email]
    with app.app_context():
        assert {row.outcome for row in db.session.query(MailRecord)} == {"sent"}
        assert db.session.query(Parked).count() == 0


def test_a_mailbox_that_does_not_exist_is_not_asked_again(client, app, known, drain, monkeypatch):
    sent = []
    monkeypatch.setattr(consumers, "mailer_of", lambda _settings: Recorder(sent, Refused()))
    ask(client, known)
    drain()
    rewind(app)
    drain()
    assert sent == []
    with app.app_context():
        assert [row.outcome for row in db.session.query(MailRecord)] == ["refused"]


def test_a_link_that_was_used_meanwhile_is_not_sent(client, app, known, mailbox):
    from marketplace.accounts.models import MailLink

    ask(client, known)
    with app.app_context(), unit_of_work(SYSTEM) as ctx:
        ctx.session.query(MailLink).one().used_at = ctx.now
    assert mailbox.mails() == []


def test_whoever_is_switched_off_gets_no_mail(client, app, known, mailbox):
    ask(client, known)
    with app.app_context():
        db.session.get(User, known.user_id).active = False
        db.session.commit()
    assert mailbox.mails() == []


def test_nothing_typed_by_somebody_begins_another_header(client, app, known, mailbox):
    registry = app.extensions[EXTENSION].registry
    registry.letters[:] = [
        LetterBuilder(
            ("recovery.requested",),
            lambda _ctx, _entry: [
                Letter(known.user_id, "标题\r\nBcc: thief@example.cn", "正文\r\n.\r\nX: y")
            ],
        )
    ]
    ask(client, known)
    (mail,) = mailbox.mails()
    assert mail["Bcc"] is None
    assert "thief@example.cn" in mail["Subject"]


def test_a_person_gets_one_letter_about_one_fact(client, app, known, mailbox):
    registry = app.extensions[EXTENSION].registry
    double = LetterBuilder(
        ("recovery.requested",), lambda _ctx, _entry: [Letter(known.user_id, "第二封", "内容")]
    )
    registry.letters.append(double)
    ask(client, known)
    assert len(mailbox.mails()) == 1


def test_mail_without_a_server_is_written_where_only_the_operator_reads_it(client, app, known, mailbox):
    ask(client, known)
    mailbox.mails()
    (file,) = (app.extensions[EXTENSION].settings.data / "mail").glob("*.eml")
    assert file.stat().st_mode & 0o077 == 0


def test_mail_goes_to_the_server_of_the_settings(client, app, known, drain):
    running = app.extensions[EXTENSION]
    with smtp_server() as server:
        running.settings = replace(running.settings, mail_server=server.address)
        ask(client, known)
        drain()
    (mail,) = server.accepted
    assert mail["To"] == known.email
    assert "/password/" in mail.get_content()
    assert not (running.settings.data / "mail").exists()


@pytest.mark.parametrize(("answer", "error"), [("550 no such mailbox", Refused), ("451 later", Exception)])
def test_a_refusal_for_good_and_one_for_now_are_told_apart(app, client, known, answer, error):
    from email.message import EmailMessage

    mail = EmailMessage()
    mail["To"], mail["From"] = known.email, "a@b.cn"
    mail.set_content("x")
    with smtp_server() as server:
        server.refusals[known.email] = answer
        host, port = server.address.split(":")
        with pytest.raises(error) as raised:
            SmtpMailer(host, int(port)).send(mail, "name")
    assert isinstance(raised.value, Refused) is (error is Refused)


@pytest.mark.parametrize(
    ("setting", "host", "port"),
    [
        ("mail.example.cn:587", "mail.example.cn", 587),
        ("mail.example.cn", "mail.example.cn", 25),
        ("[::1]:2525", "::1", 2525),
    ],
)
def test_the_server_is_named_with_or_without_a_port(app, setting, host, port):
    mailer = mailer_of(replace(app.extensions[EXTENSION].settings, mail_server=setting))
    assert isinstance(mailer, SmtpMailer)
    assert (mailer._host, mailer._port) == (host, port)
    assert isinstance(mailer_of(app.extensions[EXTENSION].settings), FileMailer)
