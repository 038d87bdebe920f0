"""Pages for officers: the queue, one case, the proposal to take something down."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from marketplace.accounts.roles import KINDS
from marketplace.core.errors import Invalid
from marketplace.core.i18n import current_language
from marketplace.core.i18n import gettext as _
from marketplace.core.policy import require
from marketplace.core.uow import once, unit_of_work
from marketplace.moderation import words
from marketplace.moderation.age import age_words, how_counted
from marketplace.moderation.cases import decide, propose_take_down, waiting_case
from marketplace.moderation.difference import segments
from marketplace.moderation.forms import DecisionForm, TakeDownForm
from marketplace.moderation.models import TAKE_DOWN, WAITING, Case
from marketplace.moderation.policy import DECIDE, SEE_QUEUE
from marketplace.moderation.policy import TAKE_DOWN as MAY_TAKE_DOWN
from marketplace.moderation.queries import CASE_TABS, CasePage, case_page, case_row, counts, queue
from marketplace.moderation.subjects import public_subject, reason_labels, subject_kinds, subject_of
from marketplace.moderation.views.tabs import chosen_tab, tabs
from marketplace.moderation.work import case_title
from marketplace.web.context import current, current_actor
from marketplace.web.forms import form_page, request_key
from marketplace.web.guard import requires
from marketplace.web.paging import paged

moderation = Blueprint("moderation", __name__, url_prefix="/moderation")


@moderation.get("")
@requires(SEE_QUEUE)
def listed() -> ResponseReturnValue:
    """The queue of the acting officer's zone."""
    ctx = current()
    state, kind = chosen_tab(CASE_TABS), request.args.get("kind", "")
    page = paged(ctx.session, queue(ctx, state, kind))
    return render_template(
        "moderation/queue.html",
        page=page,
        rows=[case_row(ctx, case) for case in page.rows],
        tabs=tabs("moderation.listed", CASE_TABS, state, counts(ctx, Case, SEE_QUEUE), kind),
        kinds=subject_kinds(),
        kind=kind,
        state=state,
        words=words,
        age_words=age_words,
        case_title=case_title,
    )


@moderation.get("/<case_id>")
@requires(SEE_QUEUE)
def case(case_id: str) -> ResponseReturnValue:
    """One case: what changed, who has spoken, and the form for those who may speak."""
    page = case_page(current(), case_id)
    return _case_page(page, DecisionForm.for_case(page.case))


@moderation.post("/<case_id>")
@requires(DECIDE)
def speak(case_id: str) -> ResponseReturnValue:
    form = DecisionForm.for_case(case_page(current(), case_id).case)
    if form.submitted():
        given = form.to_input()
        try:
            with unit_of_work(current_actor()) as ctx:
                once(ctx, request_key(), "case.decide", lambda: decide(ctx, case_id, given).id)
        except Invalid as invalid:
            form.complain(invalid)
        else:
            flash(_done_words(case_page(current(), case_id).case), "success")
            return redirect(url_for("moderation.case", case_id=case_id), 303)
    return _case_page(case_page(current(), case_id), form)


@moderation.route("/take-down", methods=["GET", "POST"])
@requires(MAY_TAKE_DOWN)
def take_down() -> ResponseReturnValue:
    """Ask for the removal of what `kind` and `subject` name; a second officer must agree."""
    kind, subject = request.args.get("kind", ""), request.args.get("subject", "")
    ctx = current()
    public = public_subject(ctx, kind, subject)
    require(ctx, MAY_TAKE_DOWN, public)
    form = TakeDownForm.for_subject(subject_of(kind))
    if form.submitted():
        given = form.to_input()
        try:
            with unit_of_work(current_actor()) as work:
                case_id = once(
                    work,
                    request_key(),
                    "case.propose_take_down",
                    lambda: propose_take_down(work, kind, subject, given).id,
                )
        except Invalid as invalid:
            form.complain(invalid)
        else:
            flash(_("已提出下架，须由另一名工作人员复核后生效"), "success")
            return redirect(url_for("moderation.case", case_id=case_id), 303)
    owner = subject_of(kind)
    return form_page(
        "moderation/take_down.html",
        form,
        public=public,
        label=owner.label,
        url=owner.url(subject),
        waiting=waiting_case(current(), kind, subject, TAKE_DOWN),
    )


def _case_page(page: CasePage, form: DecisionForm) -> ResponseReturnValue:
    return form_page("moderation/case.html", form, **_facts(page))


def _facts(page: CasePage) -> dict[str, Any]:
    language, found = current_language(), page.case
    owner = subject_of(found.kind)
    reasons = owner.take_down_reasons if found.asks == TAKE_DOWN else owner.return_reasons
    return {
        "page": page,
        "case": found,
        "owner": owner,
        "url": owner.url(found.subject),
        "title": case_title(found),
        "reason_labels": reason_labels(reasons, language),
        "org_kind": KINDS[found.organisation.kind],
        "left": age_words(page.age),
        "how": how_counted(page.age.period, language),
        "may_speak": page.undecided and DECIDE.allows(current_actor(), found) and page.hindrance is None,
        "segments": segments,
        "words": words,
    }


def _done_words(found: Case) -> str:
    if found.state in WAITING:
        return _("意见已记录，还须其他工作人员复核")
    return _("已处理：%(outcome)s", outcome=words.OUTCOMES[found.outcome])
