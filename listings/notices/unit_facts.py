"""What a notice says of the unit's decision and of its rules, for every source."""

from listings.decisions.models import Decision
from listings.notices.sources import DecisionFacts, RulesFacts
from listings.unit_rules.content import from_json
from listings.unit_rules.models import UnitRules
from marketplace.core.clock import local_date


def decision_facts(decision: Decision | None) -> DecisionFacts | None:
    """The facts of a recorded decision."""
    if decision is None:
        return None
    return DecisionFacts(
        decision.id, decision.resolution, decision.held_on, str(decision.record["body"]), decision.minutes
    )


def decision_words(decision: Decision) -> str:
    """Body, day and resolution."""
    return f"{decision.record['body']}，{decision.held_on.isoformat()}，{decision.resolution}"


def rules_facts(rules: UnitRules | None) -> RulesFacts | None:
    """The facts of published rules."""
    if rules is None or rules.published_at is None:
        return None
    content = from_json(rules.content)
    return RulesFacts(
        rules.id,
        local_date(rules.published_at),
        rules.digest,
        content.objection_procedure,
        content.notice_url,
    )
