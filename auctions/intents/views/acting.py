"""What the acts on an intent have in common: a question on a page of its own, a command, and the way back."""

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from auctions.intents.models import Intent
from auctions.intents.reach import intent_for
from marketplace.core.context import Context
from marketplace.core.errors import Invalid
from marketplace.core.policy import Permission
from marketplace.core.uow import once, unit_of_work
from marketplace.web.context import current, current_actor
from marketplace.web.forms import request_key

Command = Callable[[Context], Intent]


def question(act: str, intent_id: str, right: Permission, states: set[str], form: Any) -> ResponseReturnValue:
    """The page that asks, while the moment is right."""
    intent = intent_for(current(), intent_id, right)
    if intent.state not in states:
        return back(intent_id)
    return shown(act, intent, form)


def carried_out(
    act: str, intent_id: str, right: Permission, form: Any, command: Command, said: str
) -> ResponseReturnValue:
    """Carry it out once; complaints come back beside what was typed."""
    try:
        run(act, command)
    except Invalid as invalid:
        form.complain(invalid)
        return shown(act, intent_for(current(), intent_id, right), form), 422
    flash(said, "success")
    return back(intent_id)


def run(act: str, command: Command) -> None:
    """The command in a unit of work, once for each request key."""
    with unit_of_work(current_actor()) as ctx:
        once(ctx, request_key(), f"intent.{act}", lambda: command(ctx).id)


def shown(act: str, intent: Intent, form: Any, **facts: Any) -> str:
    return render_template(f"auctions/intents/{act}.html", intent=intent, form=form, **facts)


def back(intent_id: str) -> ResponseReturnValue:
    return redirect(url_for("intents.page", intent_id=intent_id), 303)
