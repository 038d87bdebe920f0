"""The certificate of completed notice (公示完成证明): issued only when every condition holds, each one told.

It does not judge the price. A contract can be signed only with it, and only for what was noticed.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

import rfc8785
from sqlalchemy import select

from listings.notices import models as m
from listings.notices.clockwork import catch_up
from listings.notices.drafting import said_by
from listings.notices.lifecycle import NOTICE, channel_broken, running_period
from listings.notices.objections.models import FINAL, Objection
from listings.notices.policy import CERTIFY
from listings.notices.profiles import profile_of
from listings.notices.reach import notice_for
from listings.notices.services import page_address, term_facts
from listings.notices.sources import basis_from, same_matter, source_of
from marketplace.core.clock import local_date
from marketplace.core.context import Context
from marketplace.core.db import JSONObject, JSONValue
from marketplace.core.errors import Conflict, NotFound, Words
from marketplace.core.i18n import lazy_gettext as _l
from marketplace.core.ids import new_id, next_number
from marketplace.core.paper_codes import new_code, typed_code
from marketplace.core.period import Period
from marketplace.core.runtime import runtime

NUMBER = "ZS"
LOOKS = (m.START, m.MIDDLE, m.END)


@dataclass(frozen=True)
class Condition:
    """One thing the certificate needs: whether it holds, and in what words."""

    code: str
    words: Words
    holds: bool


class NotYet(Conflict):
    """A condition does not hold."""

    code = "conditions"

    def __init__(self, missing: Sequence[Condition]) -> None:
        self.missing = tuple(missing)
        super().__init__(_l("还不能出具公示完成证明：%(why)s", why=missing[0].words))


@dataclass(frozen=True)
class Deal:
    """What is to be signed: the notice's subject and achievement, buyer, price in fen, transfer mode."""

    achievement_id: str | None
    buyer: str
    price_fen: int | None
    mode: str


def conditions(ctx: Context, notice: m.Notice) -> list[Condition]:
    """Everything the certificate needs, in the order in which it comes about."""
    period = running_period(notice, ctx.calendar)
    return [*_of_the_decision(ctx, notice), *_of_the_period(notice, period), *_of_the_objections(ctx, notice)]


def issue_certificate(ctx: Context, notice_id: str) -> m.Certificate:
    """Certify the notice. Raises NotYet with what is missing."""
    notice = notice_for(ctx, notice_id, CERTIFY)
    catch_up(ctx, notice)
    if notice.certificate is not None:
        return notice.certificate
    missing = [condition for condition in conditions(ctx, notice) if not condition.holds]
    if missing:
        raise NotYet(missing)
    number, code = next_number(ctx, NUMBER), new_code()
    facts = _facts(ctx, notice, number, code)
    digest = runtime().files.put(rfc8785.dumps(facts)).digest
    certificate = m.Certificate(
        id=new_id("crt", ctx.now),
        number=number,
        code=code,
        facts=facts,
        digest=digest,
        issued_by=ctx.actor.user_id,
        issued_at=ctx.now,
    )
    notice.certificate = certificate
    notice.updated_at = ctx.now
    NOTICE.move(ctx, notice, "certify", {"certificate": number, "digest": digest})
    return certificate


def certificate_by(ctx: Context, code: str) -> m.Certificate:
    """The certificate that a reader's code names, however it was typed. Raises NotFound."""
    typed = typed_code(code)
    found = ctx.session.scalars(select(m.Certificate).where(m.Certificate.code == typed)).one_or_none()
    if typed is None or found is None:
        raise NotFound
    return found


def require_certificate(ctx: Context, notice_id: str, deal: Deal) -> m.Certificate:
    """For whoever is about to sign: the certificate of the notice, if the deal is the one that was noticed.

    Raises Conflict without a certificate, when what was noticed counts no longer, or when object, buyer, price or mode
    differ: then a new notice is needed.
    """
    notice = notice_for(ctx, notice_id)
    if notice.certificate is None:
        raise Conflict(_l("公示还没有完成，不能签订合同"), code="not_certified")
    if not _unchanged(ctx, notice):
        message = _l("公示所依据的方案或决策已经变化，不能再据以签订合同")
        raise Conflict(message, code="source_changed")
    noticed = noticed_deal(notice)
    for part in ("achievement_id", "buyer", "price_fen", "mode"):
        if getattr(noticed, part) != getattr(deal, part):
            raise Conflict(_l("合同与公示的内容不一致，应当重新公示"), code=f"differs_{part}")
    return notice.certificate


def noticed_deal(notice: m.Notice) -> Deal:
    """What the edition that counts says about the deal."""
    basis = basis_from(notice.edition.basis)
    return Deal(basis.achievement_id, basis.buyer, basis.price_fen, basis.mode)


def _of_the_decision(ctx: Context, notice: m.Notice) -> Iterator[Condition]:
    basis, begun = basis_from(notice.edition.basis), notice.edition.started_at
    decided = basis.decision is not None and begun is not None and basis.decision.held_on < local_date(begun)
    yield Condition("decision", _l("集体决策早于公示开始"), decided)
    ruled = basis.rules is not None and begun is not None and basis.rules.published_on <= local_date(begun)
    yield Condition("procedure", _l("异议处理办法早已公布"), ruled)
    yield Condition("gate", _l("保密审查有效，来源没有变化"), _unchanged(ctx, notice))


def _unchanged(ctx: Context, notice: m.Notice) -> bool:
    """Does the source still say the same, with its gates open?"""
    try:
        basis = source_of(notice.kind).basis(ctx, notice.subject)
    except NotFound:
        return False
    return basis.cleared and same_matter(basis, basis_from(notice.edition.basis))


def _of_the_period(notice: m.Notice, period: Period | None) -> Iterator[Condition]:
    over = notice.state in {m.EXPIRED, m.CERTIFIED} and notice.expired_at is not None
    yield Condition("expired", _l("公示期已满"), over)
    sure = period is not None and not period.provisional
    yield Condition("calendar", _l("期间涉及的放假安排已经公布"), sure)
    long_enough = over and period is not None and _reached(notice.expired_at, period)
    yield Condition("length", _l("按最新日历计算，期限足够"), long_enough)
    points = {c.point for c in notice.captures if c.n == notice.n and c.seen == m.SAME}
    words = {
        m.START: _l("单位渠道开始时已取证"),
        m.MIDDLE: _l("单位渠道中途抽查已取证"),
        m.END: _l("单位渠道结束时已取证"),
    }
    for point in LOOKS:
        yield Condition(f"capture_{point}", words[point], point in points)
    yield Condition("whole", _l("单位渠道没有中断"), not channel_broken(notice))


def _reached(expired: datetime | None, period: Period) -> bool:
    return expired is not None and expired >= period.end


def _of_the_objections(ctx: Context, notice: m.Notice) -> Iterator[Condition]:
    waiting = select(Objection.id).where(
        Objection.notice_id == notice.id, Objection.state.not_in(sorted(FINAL))
    )
    yield Condition("objections", _l("异议全部办结"), ctx.session.scalar(waiting.limit(1)) is None)


def _facts(ctx: Context, notice: m.Notice, number: str, code: str) -> JSONObject:
    """What the certificate says: everything a reader needs, and nothing about persons."""
    edition, basis = notice.edition, basis_from(notice.edition.basis)
    period = running_period(notice, ctx.calendar)
    begun, ended = edition.started_at, notice.expired_at
    if period is None or begun is None or ended is None or basis.decision is None:
        raise ValueError("the conditions were checked before")
    said = said_by(edition)
    facts: JSONObject = {
        "v": "certificate/1",
        "certificate": number,
        "code": code,
        "notice": notice.number,
        "notice_id": notice.id,
        "kind": notice.kind,
        "subject": notice.subject,
        "achievement_id": notice.achievement_id,
        "holder": notice.holder.name,
        "title": notice.title,
        "rights": said.get("rights", ""),
        "price_fen": basis.price_fen,
        "buyer": said.get("buyer", basis.buyer),
        "mode": said.get("mode", basis.mode),
        "channels": [
            {
                "channel": m.MARKET,
                "place": page_address(notice),
                "from": begun.isoformat(),
                "to": ended.isoformat(),
            },
            {
                "channel": m.UNIT,
                "place": edition.unit_url,
                "from": begun.isoformat(),
                "to": ended.isoformat(),
            },
        ],
        "edition": notice.n,
        "term": term_facts(edition, profile_of(notice.kind)),
        "text": edition.text,
        "profile": edition.profile,
        "objections": _outcomes(ctx, notice),
        "decision": basis.decision.resolution,
        "decision_on": basis.decision.held_on.isoformat(),
        "related": basis.related,
        "calendar": period.edition,
        "issuer": notice.zone.name,
        "issued_at": ctx.now.isoformat(),
        "statement": "本证明只证明公示的过程，不对价格作出判断",
    }
    return facts


def _outcomes(ctx: Context, notice: m.Notice) -> list[JSONValue]:
    found = select(Objection).where(Objection.notice_id == notice.id).order_by(Objection.filed_at)
    return [
        {"objection": o.number, "outcome": o.appeal_outcome or o.outcome or "refused"}
        for o in ctx.session.scalars(found).unique()
    ]
