"""Notices before moderation: the zone verifies the text against what it rests on before anybody sees it."""

from collections.abc import Iterator, Sequence

from flask import url_for

from listings.classification import codes
from listings.notices.models import VOID, Edition, Notice
from listings.notices.profiles import profile_of
from listings.notices.queries import kept_lines
from listings.notices.services import KIND, approve, return_notice
from listings.notices.sources import basis_from
from marketplace.core.context import Context
from marketplace.core.i18n import Language, lazy_pgettext
from marketplace.core.i18n import gettext as _
from marketplace.core.lookup import find
from marketplace.moderation.models import Case
from marketplace.moderation.subjects import Change, Published, Reason, ReviewSubject


def _changes(ctx: Context, case: Case) -> Sequence[Change]:
    """The text handed in against the edition before it, line by line."""
    notice = ctx.session.get_one(Notice, case.subject)
    before = _lines(_edition(notice, (case.revision or 1) - 1))
    after = _lines(_edition(notice, case.revision or 1))
    labels = list(dict.fromkeys([*after, *before]))
    return [
        Change(f"line{n}", label, before.get(label, ""), after.get(label, ""))
        for n, label in enumerate(labels)
    ]


def _edition(notice: Notice, n: int) -> Edition | None:
    return next((edition for edition in notice.editions if edition.n == n), None)


def _lines(edition: Edition | None) -> dict[str, str]:
    return dict(kept_lines(edition)) if edition is not None and edition.text else {}


def _warnings(ctx: Context, case: Case) -> Sequence[str]:
    return list(_found(ctx.session.get_one(Notice, case.subject)))


def _found(notice: Notice) -> Iterator[str]:
    basis = basis_from(notice.edition.basis)
    if basis.related:
        yield _("受让方与完成人或本单位有利害关系，核对是否已标明")
    rule = notice.edition.zone_term
    if notice.edition.amount > (profile_of(notice.kind).term.amount if rule is None else rule.amount):
        yield _("单位选择的公示期长于规定的期限")
    if notice.n > 1:
        yield _("这是第 %(n)s 版：%(why)s", n=notice.n, why=notice.edition.why)


def _published(ctx: Context, notice_id: str) -> Published | None:
    notice = find(ctx.session, Notice, notice_id)
    if notice is None or not notice.public or notice.state == VOID:
        return None
    return Published(title=notice.title, zone_id=notice.zone_id, org_id=notice.holder_id)


def _shown(ctx: Context, notice_id: str) -> bool:
    """A notice that passed is public only once it has started."""
    notice = find(ctx.session, Notice, notice_id)
    return notice is not None and notice.public


def _url(notice_id: str) -> str:
    return url_for("notices.page", notice_id=notice_id)


def _reasons(listed: str, language: Language) -> Sequence[Reason]:
    return [Reason(item.code, item.label(language), hint=item.note(language)) for item in codes(listed)]


SUBJECT = ReviewSubject(
    kind=KIND,
    label=lazy_pgettext("审核对象", "公示"),
    changes=_changes,
    publish=approve,
    return_=return_notice,
    url=_url,
    published=_published,
    shown=_shown,
    warnings=_warnings,
    return_reasons=lambda language: _reasons("notice_return_reasons", language),
    abuse_reasons=lambda language: _reasons("abuse_reasons", language),
)
