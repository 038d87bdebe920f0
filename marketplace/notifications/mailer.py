"""Handing mail over: to a server, or to a folder where the operator of a demonstration reads it."""

import smtplib
import ssl
from email.message import EmailMessage
from pathlib import Path
from typing import Protocol

from marketplace.settings import Settings

TIMEOUT = 20  # seconds; the relay tries again
_HERE = frozenset({"localhost", "127.0.0.1", "::1"})


class Refused(Exception):
    """The receiver's server will never take this mail: no such mailbox, or it is not wanted."""


class Mailer(Protocol):
    """Somebody who takes a mail and answers for it. Any error but Refused means: try again later."""

    def send(self, mail: EmailMessage, name: str) -> None:
        """Take the mail. `name` is the same for the same mail."""
        ...


class FileMailer:
    """Writes each mail to a file of its own. Sending again overwrites, so there are no doubles."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def send(self, mail: EmailMessage, name: str) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        path = self._folder / f"{name}.eml"
        path.touch(mode=0o600)  # letters hold links that let somebody in
        path.write_bytes(mail.as_bytes())


class SmtpMailer:
    """Hands each mail to one server, over TLS wherever the server offers it."""

    def __init__(self, host: str, port: int) -> None:
        self._host = host
        self._port = port

    def send(self, mail: EmailMessage, name: str) -> None:  # noqa: ARG002 - the Message-ID tells doubles apart
        with smtplib.SMTP(self._host, self._port, timeout=TIMEOUT) as server:
            server.ehlo()
            if server.has_extn("starttls") and self._host not in _HERE:
                server.starttls(context=ssl.create_default_context())
                server.ehlo()
            try:
                server.send_message(mail)
            except smtplib.SMTPRecipientsRefused as refusal:
                if all(code >= 500 for code, _text in refusal.recipients.values()):
                    raise Refused from refusal
                raise
            except smtplib.SMTPDataError as refusal:
                if refusal.smtp_code >= 500:
                    raise Refused from refusal
                raise


def mailer_of(settings: Settings) -> Mailer:
    """The mailer that the settings ask for."""
    if not settings.mail_server:
        return FileMailer(settings.data / "mail")
    host, _, port = settings.mail_server.rpartition(":")
    return SmtpMailer(host.strip("[]"), int(port)) if host else SmtpMailer(port, 25)
