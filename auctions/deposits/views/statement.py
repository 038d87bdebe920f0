"""The bank's statement: sent as a file, compared with what is awaited, and the ticked lines recorded."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from auctions.deposits.forms import LinesForm, StatementForm
from auctions.deposits.policy import RECORD
from auctions.deposits.statement import Match, as_claim, propose, read_statement, record_matches, shown
from listings.imports.opening import ACCEPTED
from marketplace.core.errors import FieldError, Invalid
from marketplace.core.i18n import gettext as _
from marketplace.core.runtime import runtime
from marketplace.core.tabular.reading import TableError
from marketplace.core.uow import once, unit_of_work
from marketplace.core.uploads.gate import UploadRefused
from marketplace.web.context import current, current_actor
from marketplace.web.forms import request_key
from marketplace.web.guard import requires

statement = Blueprint("settlement_statement", __name__, url_prefix="/work/settlement-statement")


@statement.get("")
@requires(RECORD)
def form() -> ResponseReturnValue:
    return _page(StatementForm())


@statement.post("")
@requires(RECORD)
def compare() -> ResponseReturnValue:
    """Show which lines fit which deposits. Nothing is recorded or kept."""
    sent = StatementForm()
    given = request.files.get("file")
    if given is None or not given.filename:
        sent.complain(Invalid([FieldError("file", "required", _("选择要上传的文件"))]))
        return _page(sent), 422
    try:
        matches = propose(current(), read_statement(given.filename, given.stream))
    except Invalid as invalid:
        sent.complain(invalid)
    except (TableError, UploadRefused) as refused:
        sent.complain(Invalid([FieldError("file", refused.code, refused.message)]))
    else:
        return _table(matches)
    return _page(sent), 422


@statement.post("/record")
@requires(RECORD)
def record() -> ResponseReturnValue:
    """Record the ticked lines, all of them or none."""
    claims = request.form.getlist("lines")
    try:
        with unit_of_work(current_actor()) as ctx:
            once(ctx, request_key(), "deposit.statement", lambda: record_matches(ctx, claims))
    except Invalid as invalid:
        for error in invalid.errors:
            flash(str(error.message), "error")
        return redirect(url_for(".form"), 303)
    flash(_("勾选的流水已登记，等待另一人复核"), "success")
    return redirect(url_for("settlement.listed", state="to_check"), 303)


def _table(matches: list[Match]) -> str:
    actor = current_actor()
    rows = [(match, shown(match), as_claim(actor, match) if match.deposit else "") for match in matches]
    return render_template("auctions/deposits/matches.html", rows=rows, form=LinesForm())


def _page(shown_form: StatementForm) -> str:
    return render_template(
        "auctions/deposits/statement.html",
        form=shown_form,
        accepted=ACCEPTED,
        most=runtime().settings.import_max_bytes,
    )
