"""Verification: a certificate by its code, from paper or a telephone; an evidence bundle by its file."""

import tempfile
from pathlib import Path

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from listings.notices import words
from listings.notices.certificates import certificate_by
from listings.notices.endings import overtaken
from listings.notices.forms.verify import BundleForm, CodeForm
from marketplace.accounts.addresses import path_to, public_address, remote_address
from marketplace.core.context import Context
from marketplace.core.errors import NotFound
from marketplace.core.i18n import gettext as _
from marketplace.core.paper_codes import shown_code
from marketplace.core.policy import OPEN
from marketplace.core.runtime import runtime
from marketplace.core.throttle import throttle
from marketplace.evidence.trust import published_policy
from marketplace.evidence.verifier import Report, verify_bundle
from marketplace.web.context import current
from marketplace.web.forms import Form, form_page
from marketplace.web.guard import requires
from marketplace.web.qr import qr_code

verify = Blueprint("verification", __name__)

TRIES, MINUTE = 30, 60


@verify.get("/verify")
@requires(OPEN)
def page() -> ResponseReturnValue:
    """Type a code, or hand in a bundle. A wrong code is said to be wrong, and says nothing of others."""
    form = CodeForm(request.args)
    if form.code.data:
        found = _paper_with(current(), form.code.data)
        if found is not None:
            return redirect(found, 303)
        form.code.errors = [_("没有这个验证码的证明，请核对是否抄写有误")]
    return _page(form, BundleForm(formdata=None))


@verify.get("/v/<code>")
@requires(OPEN)
def certificate(code: str) -> ResponseReturnValue:
    """The certificate: what it says, and whether it is one of ours. The QR code on paper leads here."""
    ctx = current()
    found = certificate_by(ctx, code)
    address = public_address(path_to("verification.certificate", code=found.code))
    return render_template(
        "listings/notices/certificate.html",
        certificate=found,
        facts=found.facts,
        notice=found.notice,
        code=shown_code(found.code),
        address=address,
        qr=qr_code(address, _("本证明的验证二维码")),
        overtaken=overtaken(ctx, found.notice),
        words=words,
    )


@verify.post("/verify")
@requires(OPEN)
def bundle() -> ResponseReturnValue:
    """Check an evidence bundle against this site's keys; nothing of it is kept."""
    throttle(current().now, "verify bundle", remote_address(), TRIES, MINUTE)
    form, given = BundleForm(), request.files.get("file")
    if not form.submitted() or given is None or not given.filename:
        form.file.errors = [*form.file.errors, _("选择要核对的文件")]
        return _page(CodeForm(formdata=None), form)
    with tempfile.TemporaryDirectory() as folder:
        arrived = Path(folder) / "bundle.zip"
        given.save(arrived)
        report = verify_bundle(str(arrived), published_policy())
    return _page(CodeForm(formdata=None), form, report)


def _paper_with(ctx: Context, code: str) -> str | None:
    """Where the paper is that bears the code: a certificate of ours, or what other packages issue."""
    try:
        return url_for("verification.certificate", code=certificate_by(ctx, code).code)
    except NotFound:
        found = (find(ctx, code) for find in runtime().registry.paper_finders)
        return next((address for address in found if address is not None), None)


def _page(code: CodeForm, file: BundleForm, report: Report | None = None) -> ResponseReturnValue:
    complained: Form = code if code.errors else file
    return form_page("listings/notices/verify.html", complained, code=code, file=file, report=report)
