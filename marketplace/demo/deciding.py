"""How the demonstration's units decide: rules in force, and plans drafted, submitted and decided by different people.

Dates in the data are days before the moment they are entered at, so that the story holds whenever it is told.
"""

from datetime import timedelta

from listings.decisions.record import APPROVED, DecisionRecord, Minutes, Recusal
from listings.plans.content import DILIGENCE
from listings.plans.drafting import create_plan, save_plan
from listings.plans.services import decide_plan, submit_plan
from listings.unit_rules.content import RulesContent
from listings.unit_rules.services import publish_rules, save_rules
from marketplace.core.clock import local_date
from marketplace.core.context import Actor, Context
from marketplace.core.db import JSONObject
from marketplace.core.uow import unit_of_work
from marketplace.demo.papers import paper
from marketplace.demo.reading import Row

_COPIED = ("title", "document_number", "consultation", "objection_procedure", "notice_url", "related_route")
_PLAN_TEXTS = (
    *("mode", "pricing_method", "price_fen", "price_bases", "price_basis", "payment_terms"),
    *("buyer_search", "alternatives", "risks", "distribution", "related"),
)


def put_in_force(actor: Actor, row: Row) -> None:
    """Publish a row of `unit_rules` for the actor's unit."""
    with unit_of_work(actor) as ctx:
        changes: JSONObject = {
            **{name: row[name] for name in _COPIED},
            "adopted_on": _ago(ctx, row["adopted_days_ago"]),
            "consulted_on": _ago(ctx, row["consulted_days_ago"]),
            "tiers": [{"up_to_fen": bound, "body": body} for bound, body in row["tiers"]],
            "grant_share_min_bp": row["grant_share_min_bp"],
        }
        if unknown := set(changes) - set(RulesContent.__annotations__):
            raise ValueError(f"no fields of rules: {sorted(unknown)}")
        save_rules(ctx, changes)
        ctx.session.flush()
        publish_rules(ctx)


def draft_plan(author: Actor, achievement_id: str, row: Row, buyer: tuple[str, str] | None) -> str:
    """A row of `plans` as a draft for a published achievement; the plan's id.

    `buyer`: name and credit code; None where the buyer is looked for in public.
    """
    with unit_of_work(author) as ctx:
        plan_id = create_plan(ctx, achievement_id).id
        ctx.session.flush()
        save_plan(ctx, plan_id, _content(ctx, row["content"], buyer))
        return plan_id


def put_before_the_unit(submitter: Actor, plan_id: str) -> None:
    with unit_of_work(submitter) as ctx:
        submit_plan(ctx, plan_id)


def record_approval(clerk: Actor, plan_id: str, row: Row) -> None:
    """The unit met today and approved, as the row's `decision` says."""
    with unit_of_work(clerk) as ctx:
        decide_plan(ctx, plan_id, decision_record(ctx, row["decision"]))


def _content(ctx: Context, row: Row, buyer: tuple[str, str] | None) -> JSONObject:
    name, code = buyer or ("", "")
    notes = row["notes"]
    return {
        **{text: row[text] for text in _PLAN_TEXTS},
        "buyer": {"kind": "named" if buyer else "public", "name": name, "credit_code": code},
        "checks": [{"code": point, "done": True, "note": notes.get(point, "")} for point in DILIGENCE],
        "completers": [
            {"name": person, "signed_on": _ago(ctx, days), "document": f"知情同意书（{person}）"}
            for person, days in row["completers"]
        ],
    }


def decision_record(ctx: Context, row: Row) -> DecisionRecord:
    """A meeting of today, that approved."""
    in_favour, against, abstaining = row["votes"]
    return DecisionRecord(
        body=row["body"],
        held_on=local_date(ctx.now),
        agenda_item=row["agenda_item"],
        members=row["members"],
        present=row["present"],
        quorum=row["quorum"],
        recusals=tuple(Recusal(name, reason) for name, reason in row["recusals"]),
        votes_for=in_favour,
        votes_against=against,
        votes_abstain=abstaining,
        result=APPROVED,
        resolution=row["resolution"],
        minutes=_minutes(row["resolution"]),
    )


def _minutes(resolution: str) -> Minutes:
    kept = paper(f"会议纪要 {resolution}.pdf", "Minutes of a meeting.")
    return Minutes(kept.digest, kept.name, kept.media, kept.size)


def _ago(ctx: Context, days: int) -> str:
    """An ISO date that many days before today, in Beijing."""
    return (local_date(ctx.now) - timedelta(days=days)).isoformat()
