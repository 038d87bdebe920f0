"""Commands about decisions: take one down, open its minutes."""

from listings.decisions.models import Decision
from listings.decisions.policy import READ_MINUTES
from listings.decisions.queries import decision_of
from listings.decisions.record import DecisionRecord, to_json
from listings.decisions.rules import complaints
from listings.documents import digest_of
from marketplace.core.clock import local_date
from marketplace.core.context import Context
from marketplace.core.errors import Invalid
from marketplace.core.ids import new_id
from marketplace.core.journal import record as note


def record_decision(
    ctx: Context, subject_kind: str, subject: str, holder_id: str, zone_id: str, record: DecisionRecord
) -> Decision:
    """Take a decision down, inside the unit of work that acts on it; the caller has checked who may.

    Raises Invalid with complaints named after the record's fields. The journal gets digests, date, result and the
    number of the resolution; names and counts stay here.
    """
    errors = list(complaints(record, local_date(ctx.now)))
    if errors:
        raise Invalid(errors)
    if record.minutes is None or record.held_on is None or ctx.actor.user_id is None:
        raise ValueError("a person records a dated decision with minutes")
    document = to_json(record)
    made = Decision(
        id=new_id("dec", ctx.now),
        subject_kind=subject_kind,
        subject=subject,
        holder_id=holder_id,
        zone_id=zone_id,
        record=document,
        digest=digest_of(document),
        minutes=record.minutes.digest,
        resolution=record.resolution.strip(),
        held_on=record.held_on,
        result=record.result,
        recorded_by=ctx.actor.user_id,
        recorded_at=ctx.now,
    )
    ctx.session.add(made)
    ctx.session.flush()  # what is decided about refers to it
    note(
        ctx,
        "decision.recorded",
        made.id,
        {
            "subject_kind": subject_kind,
            "subject": subject,
            "holder": holder_id,
            "held_on": made.held_on.isoformat(),
            "result": made.result,
            "resolution": made.resolution,
            "record": made.digest,
            "minutes": made.minutes,
        },
    )
    return made


def view_minutes(ctx: Context, decision_id: str) -> Decision:
    """Open the minutes; every look is journalled. Raises NotFound or Forbidden."""
    decision = decision_of(ctx, decision_id, READ_MINUTES)
    note(
        ctx,
        "decision.minutes_viewed",
        decision.id,
        {"organisation": ctx.actor.org_id, "minutes": decision.minutes},
    )
    return decision
