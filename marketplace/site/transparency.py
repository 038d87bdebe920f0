"""The public log: checkpoints, leaves, proofs. Anyone may follow it and check it offline."""

from flask import Blueprint, Response, jsonify, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from listings.achievements.policy import READ as READ_ACHIEVEMENT
from listings.achievements.reach import achievement_for, public_revision
from marketplace.core.db import JSONObject
from marketplace.core.errors import NotFound
from marketplace.core.journal import Entry
from marketplace.core.policy import OPEN
from marketplace.core.runtime import runtime
from marketplace.evidence.bundle import verifier_source
from marketplace.evidence.keys import load_log_key
from marketplace.evidence.queries import event_proof, leaves_between, log_proof
from marketplace.evidence.store import Checkpoint, latest_checkpoint
from marketplace.evidence.trust import site_policy
from marketplace.web.context import current
from marketplace.web.guard import requires
from marketplace.web.operations import Operations

transparency = Blueprint("transparency", __name__)
api = Operations("log")

MOST_LEAVES = 1_000
SHOWN = 20


@transparency.get("/transparency")
@requires(OPEN)
def overview() -> ResponseReturnValue:
    """What the log is, its newest checkpoints, and how to check a proof offline."""
    ctx = current()
    checkpoints = ctx.session.scalars(select(Checkpoint).order_by(Checkpoint.size.desc()).limit(SHOWN)).all()
    return render_template("site/transparency.html", checkpoints=checkpoints, policy=_policy())


@transparency.get("/transparency/policy.txt")
@requires(OPEN)
def policy() -> ResponseReturnValue:
    """The keys to check against. Compare them with a copy from elsewhere: paper, another site."""
    return Response(_policy(), mimetype="text/plain")


@transparency.get("/transparency/zsverify.py")
@requires(OPEN)
def verifier() -> ResponseReturnValue:
    """The offline verifier: one file, standard library only."""
    headers = {"Content-Disposition": 'attachment; filename="zsverify.py"'}
    return Response(verifier_source(), mimetype="text/x-python", headers=headers)


@transparency.get("/achievements/<achievement_id>/proof.json")
@requires(READ_ACHIEVEMENT)
def publication_proof(achievement_id: str) -> ResponseReturnValue:
    """The inclusion proof of the publication now public, for the offline verifier."""
    ctx = current()
    achievement = achievement_for(ctx, achievement_id)
    revision = public_revision(achievement)
    if revision is None:
        raise NotFound
    entries = ctx.session.scalars(
        select(Entry)
        .where(Entry.subject == achievement.id, Entry.kind == "achievement.published")
        .order_by(Entry.n.desc())
    )
    for entry in entries:
        if entry.data.get("revision") == revision.n:
            response = jsonify(event_proof(ctx.session, entry))
            name = f"{achievement.number}-{revision.n}.proof.json"
            response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
            return response
    raise NotFound


@api.add("GET", "/log/checkpoint", OPEN, "The newest signed checkpoint", media="text/plain")
def log_checkpoint() -> Response:
    newest = latest_checkpoint(current().session)
    if newest is None:
        raise NotFound
    return Response(newest.note, mimetype="text/plain")


@api.add(
    "GET",
    "/log/entries",
    OPEN,
    "Commitments of the leaves [start, end), at most 1000",
    media="application/json",
)
def log_entries() -> Response:
    start = max(0, request.args.get("start", 0, type=int))
    end = min(request.args.get("end", start + MOST_LEAVES, type=int), start + MOST_LEAVES)
    return jsonify(start=start, entries=leaves_between(current().session, start, end))


@api.add(
    "GET", "/log/proof/<int:index>", OPEN, "Inclusion proof of a leaf (tlog-proof@v1)", media="text/plain"
)
def log_inclusion(index: int) -> Response:
    return Response(log_proof(current().session, index), mimetype="text/plain")


@api.add(
    "GET",
    "/changes",
    OPEN,
    "Gap-free feed of public facts: pass the last position as `after`",
    media="application/json",
)
def changes() -> Response:
    """Public facts only; positions of others are skipped, and `next` goes on behind everything looked at."""
    ctx = current()
    after = request.args.get("after", -1, type=int)
    looked = ctx.session.scalars(
        select(Entry).where(Entry.position > after).order_by(Entry.position).limit(MOST_LEAVES)
    ).all()
    items: list[JSONObject] = [
        {"position": e.position, "kind": e.kind, "subject": e.subject, "at": e.at.isoformat(), "data": e.data}
        for e in looked
        if e.kind in PUBLIC_KINDS
    ]
    return jsonify(items=items, next=looked[-1].position if looked else after)


#: Kinds of entries whose whole content is public.
PUBLIC_KINDS = frozenset({"achievement.published", "achievement.withdrawn", "achievement.taken_down"})


def _policy() -> str:
    settings = runtime().settings
    return site_policy(settings.data, load_log_key(settings.data, settings.log_origin))
