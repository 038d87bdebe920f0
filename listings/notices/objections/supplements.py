"""An objector adds evidence while the objection is open: kept as it came, journalled by digest, with a receipt."""

import hashlib
from collections.abc import Sequence

import rfc8785

from listings.notices.clockwork import catch_up
from listings.notices.objections.filing import MOST_FILES, followed, kept_json, receipt_for
from listings.notices.objections.models import STOPPING, Objection, Supplement
from marketplace.accounts.checks import Checks
from marketplace.core.context import Context
from marketplace.core.db import JSONObject
from marketplace.core.errors import Conflict
from marketplace.core.i18n import lazy_gettext as _l
from marketplace.core.journal import record
from marketplace.core.uploads.keeping import Kept

MOST_TIMES = 10
KIND = "notice.objection_supplemented"


def supplement(ctx: Context, objection_id: str, key: str, files: Sequence[Kept]) -> Supplement:
    """Add files to an objection that waits for a decision. Raises NotFound, Invalid, Conflict once it is decided."""
    objection = followed(ctx, objection_id, key)
    catch_up(ctx, objection.notice)
    if not may_supplement(objection):
        raise Conflict(_l("异议已经作出决定，或补充次数已满，不能再补充证据"), code="wrong_state")
    _check(files)
    made = Supplement(
        objection_id=objection.id,
        n=len(objection.supplements) + 1,
        at=ctx.now,
        digest=_digest(objection, files),
        files=kept_json(files),
    )
    objection.supplements.append(made)
    record(ctx, KIND, objection.notice_id, {"objection": objection.number, "digest": made.digest})
    made.receipt = receipt_for(ctx, objection, KIND, made.digest)
    return made


def may_supplement(objection: Objection) -> bool:
    """Is it open, and has it not been added to too often?"""
    return objection.state in STOPPING and len(objection.supplements) < MOST_TIMES


def _check(files: Sequence[Kept]) -> None:
    checks = Checks()
    if not files:
        checks.complain("files", "missing", _l("选择要补充的文件"))
    if len(files) > MOST_FILES:
        checks.complain("files", "too_many", _l("最多 %(most)s 个文件", most=MOST_FILES))
    checks.settle()


def _digest(objection: Objection, files: Sequence[Kept]) -> str:
    """Bound with the salt of the statement, so that nobody can find out a file by trying."""
    added: JSONObject = {
        "salt": objection.statement.salt,
        "objection": objection.number,
        "n": len(objection.supplements) + 1,
        "files": [file.digest for file in files],
    }
    return hashlib.sha256(rfc8785.dumps(added)).hexdigest()
