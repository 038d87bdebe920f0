"""Filing an objection: by anybody, under their real name, with a receipt at once. The clock stops at that moment.

What counts is when the objection enters the system (民法典 art. 137): before the end of the period it is in time, at
the end itself it is late.
"""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Sequence
from dataclasses import dataclass

import rfc8785
from sqlalchemy import select

from listings.classification import codes
from listings.notices.clockwork import catch_up
from listings.notices.lifecycle import GOING
from listings.notices.models import Notice
from listings.notices.objections.lifecycle import OBJECTION, halt
from listings.notices.objections.models import FILED, Objection, Statement
from listings.notices.reach import notice_for
from marketplace.accounts.checks import Checks
from marketplace.core.context import Context
from marketplace.core.db import JSONObject
from marketplace.core.errors import Conflict, Gone, NotFound
from marketplace.core.i18n import Language
from marketplace.core.i18n import lazy_gettext as _l
from marketplace.core.ids import new_id, next_number
from marketplace.core.journal import Entry, record
from marketplace.core.lookup import get
from marketplace.core.runtime import runtime
from marketplace.core.throttle import forgive, throttle
from marketplace.core.uploads.keeping import Kept
from marketplace.evidence.receipts import Receipt, sign_receipt

NUMBER = "YY"
LONGEST_NAME, LONGEST_ORGANISATION, LONGEST_PHONE = 60, 120, 30
SHORTEST_FACTS, LONGEST_FACTS, LONGEST_REMEDY = 20, 5_000, 1_000
SHORTEST_NAME, MOST_FILES = 2, 5
MOST_PER_HOUR, HOUR = 5, 3_600


class TooLate(Conflict):
    """The period is over."""

    code = "too_late"
    message = _l("公示期已经结束，不再受理异议。对公示结果有意见的，可以向示范区管理机构反映")


@dataclass(frozen=True)
class NewObjection:
    """`ground` of `objection_grounds`; `facts` 20 to 5,000 characters; `remedy` is what is asked for.

    `name` is the real name; `email` will be confirmed; `phone` and `organisation` may be empty. `promised`: the
    statement that all of it is true.
    """

    name: str
    email: str
    ground: str
    facts: str
    remedy: str
    organisation: str = ""
    phone: str = ""
    promised: bool = False


def count_filing(ctx: Context, address: str) -> None:
    """Before an objection is taken: 5 an hour from one network address. Raises TooMany."""
    throttle(ctx.now, "objection", address, MOST_PER_HOUR, HOUR)


def uncount_filing(ctx: Context, address: str) -> None:
    """It was not taken: whoever corrects a form before the end of a period must not run into the limit."""
    forgive(ctx.now, "objection", address, HOUR)


def file_objection(
    ctx: Context, notice_id: str, given: NewObjection, files: Sequence[Kept], language: Language = "zh"
) -> Objection:
    """Take the objection in, stop the clock and sign the receipt. Raises Invalid, TooLate, NotFound."""
    notice = notice_for(ctx, notice_id)
    catch_up(ctx, notice)
    _check_moment(notice)
    given = _checked(given, files)
    salt = secrets.token_hex(16)
    objection = Objection(
        id=new_id("obj", ctx.now),
        number=next_number(ctx, NUMBER),
        notice=notice,
        notice_id=notice.id,
        holder_id=notice.holder_id,
        zone_id=notice.zone_id,
        n=notice.n,
        ground=given.ground,
        filed_at=ctx.now,
        digest=_digest(notice, given, files, salt),
    )
    objection.statement = Statement(
        name=given.name,
        organisation=given.organisation,
        email=given.email,
        phone=given.phone,
        language=language,
        facts=given.facts,
        remedy=given.remedy,
        files=kept_json(files),
        salt=salt,
    )
    ctx.session.add(objection)
    OBJECTION.begin(ctx, objection)
    data: JSONObject = {
        "objection": objection.number,
        "edition": notice.n,
        "ground": given.ground,
        "digest": objection.digest,
    }
    record(ctx, "notice.objected", notice.id, data)
    halt(ctx, objection, ctx.now)
    objection.receipt = receipt_for(ctx, objection, "notice.objected", objection.digest)
    ctx.session.flush()
    return objection


def confirm_contact(ctx: Context, objection_id: str, key: str) -> Objection:
    """The address is the objector's: whoever holds the key was sent it there. Twice is once."""
    objection = _opened(ctx, objection_id, key, CONFIRMING)
    catch_up(ctx, objection.notice)
    if objection.confirmed_at is not None:
        return objection
    if objection.state != FILED:
        raise Gone(_l("确认时间已过，异议未被受理"))
    objection.confirmed_at = ctx.now
    OBJECTION.arm(ctx, objection)
    record(ctx, "notice.objection_confirmed", objection.notice_id, {"objection": objection.number})
    return objection


FOLLOWING, CONFIRMING = "objection.follow", "objection.confirm"


def key_of(objection_id: str, purpose: str) -> str:
    """The part of an address that only the objector knows. Nothing is stored: it is made from the site's secret."""
    made = hmac.new(
        runtime().settings.secret_key.encode(), f"{purpose}\n{objection_id}".encode(), hashlib.sha256
    )
    return base64.urlsafe_b64encode(made.digest()[:18]).decode()


def followed(ctx: Context, objection_id: str, key: str) -> Objection:
    """The objection, for whoever holds the objector's address. Raises NotFound."""
    return _opened(ctx, objection_id, key, FOLLOWING)


def to_confirm(ctx: Context, objection_id: str, key: str) -> Objection:
    """The objection, for whoever holds the address that was mailed. Raises NotFound."""
    return _opened(ctx, objection_id, key, CONFIRMING)


def kept_json(files: Sequence[Kept]) -> list[JSONObject]:
    """Files as they are listed."""
    return [{"digest": f.digest, "name": f.name, "media": f.media, "size": f.size} for f in files]


def _opened(ctx: Context, objection_id: str, key: str, purpose: str) -> Objection:
    if not hmac.compare_digest(key.encode(), key_of(objection_id, purpose).encode()):
        raise NotFound
    return get(ctx.session, Objection, objection_id)


def _check_moment(notice: Notice) -> None:
    if notice.state in GOING:
        return
    if notice.first_started_at is None:
        raise NotFound
    raise TooLate


def _checked(given: NewObjection, files: Sequence[Kept]) -> NewObjection:
    checks = Checks()
    name = checks.line("name", given.name, LONGEST_NAME, _l("填写真实姓名"))
    if name and len(name) < SHORTEST_NAME:
        checks.complain("name", "length", _l("填写真实姓名"))
    email = checks.email("email", given.email)
    if given.ground not in codes("objection_grounds"):
        checks.complain("ground", "unknown_code", _l("选择异议理由"))
    facts = checks.text("facts", given.facts, LONGEST_FACTS)
    if len(facts) < SHORTEST_FACTS and not checks.complained("facts"):
        checks.complain("facts", "length", _l("写明具体事实，至少 %(least)s 个字", least=SHORTEST_FACTS))
    remedy = checks.text("remedy", given.remedy, LONGEST_REMEDY, _l("写明希望怎样处理"))
    organisation = checks.line("organisation", given.organisation, LONGEST_ORGANISATION)
    phone = checks.line("phone", given.phone, LONGEST_PHONE)
    if not given.promised:
        checks.complain("promised", "missing", _l("确认所述属实后才能提交"))
    if len(files) > MOST_FILES:
        checks.complain("files", "too_many", _l("最多 %(most)s 个文件", most=MOST_FILES))
    checks.settle()
    return NewObjection(name, email, given.ground, facts, remedy, organisation, phone, True)


def _digest(notice: Notice, given: NewObjection, files: Sequence[Kept], salt: str) -> str:
    filed: JSONObject = {
        "salt": salt,
        "notice": notice.id,
        "edition": notice.n,
        "name": given.name,
        "email": given.email,
        "ground": given.ground,
        "facts": given.facts,
        "remedy": given.remedy,
        "files": [file.digest for file in files],
    }
    return hashlib.sha256(rfc8785.dumps(filed)).hexdigest()


def receipt_for(ctx: Context, objection: Objection, kind: str, digest: str) -> str:
    """The signed note about the newest entry of that kind: number, notice, time, place in the log, commitment, digest."""
    ctx.session.flush()
    entry = ctx.session.scalars(
        select(Entry)
        .where(Entry.subject == objection.notice_id, Entry.kind == kind)
        .order_by(Entry.n.desc())
        .limit(1)
    ).one()
    settings = runtime().settings
    receipt = Receipt(
        objection.number, objection.notice_id, entry.at, entry.position, entry.commitment, digest
    )
    return sign_receipt(settings.data, settings.log_origin, receipt.lines)
