"""From the journal to people: one consumer keeps messages, another sends mail, each at its own pace."""

import logging
from collections.abc import Sequence

from marketplace.accounts.models import User
from marketplace.core.context import SYSTEM, Context
from marketplace.core.ids import new_id
from marketplace.core.journal import Entry
from marketplace.core.lookup import find
from marketplace.core.registry import Consumer, Letter
from marketplace.core.runtime import runtime
from marketplace.core.uow import unit_of_work
from marketplace.notifications.letters import both, letters_about
from marketplace.notifications.mailer import Mailer, Refused, mailer_of
from marketplace.notifications.mails import compose, file_name, recipient
from marketplace.notifications.models import MailRecord, Message

log = logging.getLogger(__name__)

SENT, REFUSED = "sent", "refused"
TITLE, TITLE_EN = 200, 400


def consumers() -> list[Consumer]:
    """For the registry."""
    return [
        Consumer("messages", keep_messages, transactional=True),
        Consumer("mail", send_mail, batch=50),
    ]


def keep_messages(ctx: Context, entries: Sequence[Entry]) -> None:
    """Keep what may be kept for people to read on the site. Runs in the transaction that moves the cursor."""
    for entry in entries:
        for letter in letters_about(ctx, entry):
            if letter.user_id is not None and not letter.secret:
                ctx.session.add(_message(ctx, entry, letter, letter.user_id))


def send_mail(ctx: Context, entries: Sequence[Entry]) -> None:
    """Send what goes by mail and has not been sent. What fails for now raises; the relay comes again."""
    mailer = mailer_of(runtime().settings)
    for entry in entries:
        for letter in letters_about(ctx, entry):
            if letter.mail or letter.secret or letter.user_id is None:
                _send(ctx, mailer, entry, letter)


def _message(ctx: Context, entry: Entry, letter: Letter, user_id: str) -> Message:
    title, body = both(letter.title), both(letter.body)
    return Message(
        id=new_id("msg", ctx.now),
        user_id=user_id,
        position=entry.position,
        kind=entry.kind,
        title=title.zh[:TITLE],
        title_en=title.en[:TITLE_EN],
        body=body.zh,
        body_en=body.en,
        url=letter.url,
        at=entry.at,
    )


def _send(ctx: Context, mailer: Mailer, entry: Entry, letter: Letter) -> None:
    position, key = entry.position, recipient(letter)
    if ctx.session.get(MailRecord, (position, key)) is not None:
        return
    user = find(ctx.session, User, letter.user_id)
    address, language = (user.email, user.language) if user is not None else (letter.address, "zh")
    if not address or (user is not None and not user.active):
        return
    mail = compose(letter, position, address, language, ctx.now)
    ctx.session.rollback()  # a slow server must not hold a transaction open
    outcome = SENT
    try:
        mailer.send(mail, file_name(position, letter))
    except Refused:
        outcome = REFUSED
        log.warning("mail about entry %s was refused for good", position)
    with unit_of_work(SYSTEM) as work:
        work.session.add(MailRecord(position=position, recipient=key, outcome=outcome, at=work.now))
