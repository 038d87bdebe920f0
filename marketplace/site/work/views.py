"""The workbench (我的待办)."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from marketplace.core.policy import ACCOUNT
from marketplace.site.work.places import places
from marketplace.site.work.queries import overdue, tasks
from marketplace.web.context import current
from marketplace.web.guard import requires

work = Blueprint("work", __name__)


@work.get("/work")
@requires(ACCOUNT)
def page() -> ResponseReturnValue:
    ctx = current()
    listed = tasks(ctx)
    return render_template("site/work.html", tasks=listed, overdue=overdue(listed), places=list(places(ctx)))
