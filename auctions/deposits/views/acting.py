"""What the acts on a deposit have in common: a question on a page of its own, a command, and the way back."""

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from auctions.deposits.models import Deposit
from auctions.deposits.reach import deposit_for
from marketplace.core.context import Context
from marketplace.core.errors import Invalid
from marketplace.core.policy import Permission
from marketplace.core.uow import once, unit_of_work
from marketplace.web.context import current, current_actor
from marketplace.web.forms import request_key

Command = Callable[[Context], Deposit]


def question(
    act: str, deposit_id: str, right: Permission, states: frozenset[str], form: Any
) -> ResponseReturnValue:
    """The page that asks, while the moment is right."""
    deposit = deposit_for(current(), deposit_id, right)
    if deposit.state not in states:
        return back(deposit_id)
    return shown(act, deposit, form)


def carried_out(
    act: str, deposit_id: str, right: Permission, form: Any, command: Command, said: str
) -> ResponseReturnValue:
    """Carry it out once; complaints come back beside what was typed."""
    form.submitted()
    if not form.errors:
        try:
            run(act, command)
        except Invalid as invalid:
            form.complain(invalid)
        else:
            flash(said, "success")
            return back(deposit_id)
    return shown(act, deposit_for(current(), deposit_id, right), form), 422


def run(act: str, command: Command) -> None:
    """The command in a unit of work, once for each request key."""
    with unit_of_work(current_actor()) as ctx:
        once(ctx, request_key(), f"deposit.{act}", lambda: command(ctx).id)


def shown(act: str, deposit: Deposit, form: Any, **facts: Any) -> str:
    return render_template(f"auctions/deposits/{act}.html", deposit=deposit, form=form, **facts)


def back(deposit_id: str) -> ResponseReturnValue:
    return redirect(url_for("deposits.page", deposit_id=deposit_id), 303)
