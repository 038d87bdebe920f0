"""The transparency page and the files needed to check a proof offline."""

from flask import Blueprint, Response, jsonify, render_template
from flask.typing import ResponseReturnValue

from listings.achievements.policy import READ
from marketplace.core.policy import OPEN
from marketplace.evidence.bundle import program_source, verifier_source
from marketplace.evidence.checkpoints import tree_head_of
from marketplace.evidence.notes import encode
from marketplace.evidence.queries import event_proof
from marketplace.evidence.stamps import latest_stamp
from marketplace.evidence.trust import published_policy
from marketplace.site.transparency.queries import (
    fingerprint,
    newest_checkpoints,
    publication_of,
)
from marketplace.web.context import current
from marketplace.web.guard import requires

transparency = Blueprint("transparency", __name__)

VERIFIER = "zsverify.py"


@transparency.get("/transparency")
@requires(OPEN)
def overview() -> ResponseReturnValue:
    """What the log proves and what not, its newest checkpoints, and how to check a proof offline."""
    policy = published_policy()
    checkpoints = newest_checkpoints(current())
    return render_template(
        "site/transparency.html",
        checkpoints=[(one, encode(tree_head_of(one.note).root)) for one in checkpoints],
        policy=policy,
        fingerprint=fingerprint(policy),
        verifier=VERIFIER,
        stamp=latest_stamp(current().session),
    )


@transparency.get("/transparency/policy.txt")
@requires(OPEN)
def policy() -> ResponseReturnValue:
    """The keys to check against. Compare them with a copy from elsewhere: paper, another site."""
    return Response(published_policy(), mimetype="text/plain")


@transparency.get(f"/transparency/{VERIFIER}")
@requires(OPEN)
def verifier() -> ResponseReturnValue:
    """The offline verifier: one file, standard library only."""
    headers = {"Content-Disposition": f'attachment; filename="{VERIFIER}"'}
    return Response(verifier_source(), mimetype="text/x-python", headers=headers)


@transparency.get("/transparency/<any('witness.py', 'watch.py'):name>")
@requires(OPEN)
def program(name: str) -> ResponseReturnValue:
    """The program by which another organisation witnesses the log, or watches the pages of notices: one file each."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(program_source(name), mimetype="text/x-python", headers=headers)


@transparency.get("/achievements/<achievement_id>/proof.json")
@requires(READ)
def publication_proof(achievement_id: str) -> ResponseReturnValue:
    """The inclusion proof of the publication now public, for the offline verifier."""
    ctx = current()
    entry = publication_of(ctx, achievement_id)
    response = jsonify(event_proof(ctx.session, entry))
    name = f"{achievement_id}-{entry.data['revision']}.proof.json"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
