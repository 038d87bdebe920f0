"""A letter as a mail: plain text in both languages, the reader's first, with one link."""

from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from hashlib import sha256

from flask import current_app

from marketplace.accounts.addresses import public_address
from marketplace.core.i18n import Language, speaking
from marketplace.core.registry import Letter
from marketplace.core.runtime import runtime
from marketplace.notifications.letters import both

DIVIDER = "\n\n" + "=" * 40 + "\n\n"


def recipient(letter: Letter) -> str:
    """Who it goes to, as a key: the user's id, or a digest of an address."""
    return letter.user_id or sha256(letter.address.encode()).hexdigest()


def file_name(position: int, letter: Letter) -> str:
    """A name for the mail about an entry to one person; in the order of the journal."""
    return f"{position:010d}-{recipient(letter)[-12:]}"


def compose(letter: Letter, position: int, address: str, language: str, at: datetime) -> EmailMessage:
    """The mail to `address`. The same letter gives the same Message-ID, so that a double can be recognised."""
    settings = runtime().settings
    first: Language = "en" if language == "en" else "zh"
    second: Language = "zh" if first == "en" else "en"
    title = both(letter.title)
    domain = settings.mail_sender.rpartition("@")[2]
    mail = EmailMessage(policy=SMTP)
    mail["From"] = Address(_one_line(settings.site_name), addr_spec=settings.mail_sender)
    mail["To"] = Address(addr_spec=address)
    mail["Subject"] = _one_line(f"{title.text(first)} / {title.text(second)}")
    mail["Date"] = format_datetime(at)
    mail["Message-ID"] = f"<{file_name(position, letter)}@{domain}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(DIVIDER.join(_part(letter, part) for part in (first, second)))
    return mail


def _part(letter: Letter, language: Language) -> str:
    settings = runtime().settings
    with speaking(language):
        return (
            current_app.jinja_env.get_template("mail/letter.txt")
            .render(
                title=str(letter.title),
                body=str(letter.body),
                url=public_address(letter.url, language) if letter.url else "",
                site_name=settings.site_name_en if language == "en" else settings.site_name,
            )
            .strip()
        )


def _one_line(text: str) -> str:
    """Nothing typed by somebody may begin another header."""
    return " ".join(text.split())
